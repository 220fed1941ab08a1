"""What everybody calls a kind is a kind: of a body, of a proposed block.

No trigger, index or view names the columns; both databases rename them in place.

Revision ID: core0024
Revises: core0023
"""

from alembic import op

revision = "core0024"
down_revision = "core0023"
branch_labels = None
depends_on = None

TABLES = ("body", "block_proposal")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN form TO kind")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN kind TO form")
