"""Of which official an appeal complains, and of which one it is a copy.

Nobody was named until now and nothing copied, so old appeals say neither.

Revision ID: core0020
Revises: core0019
"""

import sqlalchemy as sa
from alembic import op

revision = "core0020"
down_revision = "core0019"
branch_labels = None
depends_on = None

COPIES = "ix_appeal_copy_of_id"


def upgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    kind = "INTEGER" if sqlite else "BIGINT"
    for column, table in (("complained_person_id", "person"), ("copy_of_id", "appeal")):
        op.execute(f"ALTER TABLE appeal ADD COLUMN {column} {kind} REFERENCES {table} (id)")
    copies = sa.text("copy_of_id IS NOT NULL")
    op.create_index(
        COPIES, "appeal", ["copy_of_id"], sqlite_where=copies, postgresql_where=copies
    )


def downgrade() -> None:
    op.drop_index(COPIES, "appeal")
    op.drop_column("appeal", "copy_of_id")
    op.drop_column("appeal", "complained_person_id")
