"""Of which official an appeal complains.

Nobody was named until now, so old appeals name nobody.

Revision ID: core0020
Revises: core0015
"""

from alembic import op

revision = "core0020"
down_revision = "core0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    kind = "INTEGER" if sqlite else "BIGINT"
    op.execute(f"ALTER TABLE appeal ADD COLUMN complained_person_id {kind} REFERENCES person (id)")


def downgrade() -> None:
    op.drop_column("appeal", "complained_person_id")
