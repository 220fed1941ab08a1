"""Attachments: what is known of each, and the sealed files that it consists of.

Revision ID: core0032
Revises: core0031
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ID, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id

revision = "core0032"
down_revision = "core0031"
branch_labels = None
depends_on = None

SEALED = sa.LargeBinary()


def upgrade() -> None:
    op.create_table(
        "attachment",
        row_id(),
        *required(TEXT, "owner_kind"),
        *required(ID, "owner_id"),
        *required(TEXT, "origin", "name", "given_name", "kind"),
        *required(ID, "size"),
        *optional(TEXT, "hold"),
        *required(TEXT, "state"),
        *optional(TEXT, "unchecked"),
        *optional(MOMENT, "scanned_at", "scan_at"),
        *required(NUMBER, "scans"),
        *required(TEXT, "copy_state"),
        *required(MOMENT, "added_at"),
        *required(TEXT, "added_by"),
        *optional(MOMENT, "erased_at"),
        *optional(SEALED, "sealed", "sealed_place"),
    )
    op.create_index("ix_attachment_owner", "attachment", ["owner_kind", "owner_id", "id"])
    op.create_index("ix_attachment_scan_at", "attachment", ["scan_at", "id"])
    op.create_index("ix_attachment_copy_state", "attachment", ["copy_state", "id"])
    op.create_table(
        "attachment_file",
        row_id(),
        *references("attachment", "attachment_id"),
        *required(TEXT, "form"),
        *required(TEXT, "file"),
        *required(TEXT, "kind"),
        *required(ID, "size"),
        *required(SEALED, "sealed"),
        sa.UniqueConstraint("attachment_id", "form"),
        sa.UniqueConstraint("file"),
    )


    op.add_column("answer", sa.Column("attachments", JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("answer", "attachments")
    op.drop_table("attachment_file")
    op.drop_table("attachment")
