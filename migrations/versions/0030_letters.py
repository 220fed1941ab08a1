"""Letters that come by e-mail: their bytes and what they say, sealed.

Revision ID: core0030
Revises: core0029
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import FLAG, ID, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id

revision = "core0030"
down_revision = "core0029"
branch_labels = None
depends_on = None

DIGEST, SEALED = sa.String(64), sa.LargeBinary()
INDEXES = ("digest", "message_mark", "refrain", "appeal_id")


def upgrade() -> None:
    op.create_table(
        "letter",
        row_id(),
        *required(TEXT, "mailbox"),
        *required(ID, "validity", "uid"),
        *required(DIGEST, "digest"),
        *required(NUMBER, "size"),
        *required(FLAG, "whole", "marked"),
        *required(MOMENT, "received_at", "fetched_at"),
        *optional(MOMENT, "read_at"),
        *optional(TEXT, "kind"),
        *optional(DIGEST, "message_mark", "likeness", "refrain"),
        *required(NUMBER, "attachments", "unreadable"),
        *references("letter", "copy_of_id", nullable=True),
        *references("appeal", "appeal_id", nullable=True),
        *optional(TEXT, "found_by"),
        *optional(MOMENT, "due_at"),
        *optional(TEXT, "said"),
        *optional(MOMENT, "said_at"),
        *optional(TEXT, "said_by"),
        *references("appeal", "opened_id", nullable=True),
        sa.UniqueConstraint("mailbox", "validity", "uid"),
    )
    for column in INDEXES:
        op.create_index(f"ix_letter_{column}", "letter", [column])
    for column in ("due_at", "received_at"):
        op.create_index(f"ix_letter_{column}", "letter", [column, "id"])
    op.create_table(
        "letter_piece",
        row_id(),
        *references("letter", "letter_id"),
        *required(NUMBER, "seq"),
        *required(SEALED, "sealed"),
        sa.UniqueConstraint("letter_id", "seq"),
    )
    op.create_table(
        "letter_text",
        row_id(),
        *references("letter", "letter_id"),
        *required(SEALED, "sealed"),
        sa.UniqueConstraint("letter_id"),
    )


def downgrade() -> None:
    for table in ("letter_text", "letter_piece", "letter"):
        op.drop_table(table)
