"""Packages of evidence as they were handed out; only added to.

Revision ID: core0047
Revises: core0046
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import MOMENT, TEXT, optional, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0047"
down_revision = "core0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_package",
        row_id(),
        *required(TEXT, "subject", "recipient", "ground"),
        *required(sa.String(64), "digest"),
        *required(sa.LargeBinary(), "content"),
        *optional(MOMENT, "signed_at"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_evidence_package_subject", "evidence_package", ["subject"])
    execute("core0047")


def downgrade() -> None:
    if not sqlite():
        drop_trigger("evidence_package_refuse_change", "evidence_package")
    op.drop_table("evidence_package")
