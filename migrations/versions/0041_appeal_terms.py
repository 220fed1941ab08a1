"""Terms beside that of the answer; a warning says of which term it is. Old cases are judged anew.

Revision ID: core0041
Revises: core0040
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import FLAG, MOMENT, NUMBER, TEXT, optional, references, required, row_id

revision = "core0041"
down_revision = "core0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appeal_term",
        row_id(),
        *references("appeal", "appeal_id"),
        *required(TEXT, "rule"),
        *required(NUMBER, "ordinal"),
        *required(TEXT, "name", "clause"),
        *required(MOMENT, "due_at"),
        *required(FLAG, "running"),
        *optional(MOMENT, "breached_at"),
        sa.UniqueConstraint("appeal_id", "rule", "ordinal"),
    )
    runs = sa.text("running = true")
    name, columns = "ix_appeal_term_running", ["due_at", "id"]
    op.create_index(name, "appeal_term", columns, sqlite_where=runs, postgresql_where=runs)
    op.add_column("escalation", sa.Column("term", TEXT))


def downgrade() -> None:
    op.drop_column("escalation", "term")
    op.drop_table("appeal_term")
