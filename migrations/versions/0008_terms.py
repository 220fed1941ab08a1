"""The words of an appeal are indexed as they are kept: as lemmas, not parsed as text once more.

The parser is work that search does not need, and it may see other words than ours.
Building the index anew reads every appeal once; the table cannot be written to meanwhile.

Revision ID: core0008
Revises: core0007
"""

from alembic import op

revision = "core0008"
down_revision = "core0007"
branch_labels = None
depends_on = None

DROP = "DROP INDEX ix_appeal_terms"
CREATE = "CREATE INDEX ix_appeal_terms ON appeal USING gin ({words})"
AS_KEPT = "array_to_tsvector(string_to_array(terms, ' '))"
PARSED = "to_tsvector('simple', terms)"


def upgrade() -> None:
    _index(AS_KEPT)


def downgrade() -> None:
    _index(PARSED)


def _index(words: str) -> None:
    if op.get_context().dialect.name != "sqlite":
        op.execute(DROP)
        op.execute(CREATE.format(words=words))
