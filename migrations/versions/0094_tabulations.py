"""Tables of figures that are ordered as files and made by a job.

Revision ID: core0094
Revises: core0090
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, NUMBER, TEXT, optional, required, row_id

revision = "core0094"
down_revision = "core0090"
branch_labels = None
depends_on = None

TABLE = "tabulation"


def upgrade() -> None:
    op.create_table(
        TABLE,
        row_id(),
        *required(sa.String(255), "actor"),
        *required(TEXT, "state", "kind"),
        *optional(TEXT, "fingerprint"),
        *required(NUMBER, "done", "total"),
        *optional(TEXT, "code", "text", "clause"),
        *required(MOMENT, "ordered_at"),
        *optional(MOMENT, "finished_at"),
        *required(MOMENT, "expires_at"),
        *optional(sa.LargeBinary(), "sealed"),
        sa.UniqueConstraint("actor", "fingerprint"),
    )
    op.create_index("ix_tabulation_expires_at", TABLE, ["state", "expires_at"])


def downgrade() -> None:
    op.drop_table(TABLE)
