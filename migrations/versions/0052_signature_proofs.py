"""What proves a detached signature, and its timestamps; only added to.

Revision ID: core0052
Revises: core0051
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, NUMBER, TEXT, references, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0052"
down_revision = "core0051"
branch_labels = None
depends_on = None

BYTES = sa.LargeBinary()
TABLES = ("signature_stamp", "signature_part")


def upgrade() -> None:
    op.create_table(
        "signature_part",
        row_id(),
        *references("document_signature", "signature_id"),
        *required(TEXT, "name"),
        *required(BYTES, "content"),
        sa.UniqueConstraint("signature_id", "name"),
    )
    op.create_table(
        "signature_stamp",
        row_id(),
        *references("document_signature", "signature_id"),
        *required(NUMBER, "number"),
        *required(BYTES, "answer"),
        *required(MOMENT, "seen_at", "ends_at"),
        sa.UniqueConstraint("signature_id", "number"),
    )
    op.create_index("ix_signature_stamp_ends_at", "signature_stamp", ["ends_at"])
    execute("core0052")


def downgrade() -> None:
    for table in TABLES:
        if not sqlite():
            drop_trigger(f"{table}_refuse_change", table)
        op.drop_table(table)
