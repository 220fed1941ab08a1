"""A municipal centre has a record for each state it was in; what stands now is the latest.

Revision ID: municipal_0002
Revises: municipal_0001
"""

import sqlalchemy as sa
from alembic import op

revision = "municipal_0002"
down_revision = "municipal_0001"
branch_labels = None
depends_on = None

TABLE, UNIQUE = "municipal_centre", "uq_municipal_centre_municipality"


def upgrade() -> None:
    with op.batch_alter_table(TABLE) as table:
        table.drop_constraint(op.f(UNIQUE), type_="unique")
        table.add_column(sa.Column("until", sa.Date(), nullable=True))
        table.create_index(op.f("ix_municipal_centre_municipality"), ["municipality"])


def downgrade() -> None:
    op.execute("DELETE FROM municipal_centre WHERE until IS NOT NULL")
    with op.batch_alter_table(TABLE) as table:
        table.drop_index(op.f("ix_municipal_centre_municipality"))
        table.drop_column("until")
        table.create_unique_constraint(op.f(UNIQUE), ["municipality"])
