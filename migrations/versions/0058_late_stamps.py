"""Until when a timestamp that was not to be had at signing can still be taken.

Revision ID: core0058
Revises: core0056
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT

revision = "core0058"
down_revision = "core0056"
branch_labels = None
depends_on = None

INDEX = "ix_document_signature_stamp_by"


def upgrade() -> None:
    op.add_column("document_signature", sa.Column("stamp_by", MOMENT))
    op.create_index(INDEX, "document_signature", ["stamp_by"])


def downgrade() -> None:
    op.drop_index(INDEX, "document_signature")
    op.drop_column("document_signature", "stamp_by")
