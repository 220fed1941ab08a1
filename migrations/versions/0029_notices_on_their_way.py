"""How far a notice has come: its state, subject and return address; to whom it goes, sealed.

What was sent counts as handed over for delivery; what waits may leave as before. Every new column
is empty or has a default, so the program of the release before writes its rows as it did.

Revision ID: core0029
Revises: core0028
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, MOMENT, NUMBER, TEXT, optional, references, required, row_id

revision = "core0029"
down_revision = "core0028"
branch_labels = None
depends_on = None

UNIQUE = ("token", "message_id")
MOMENTS = ("send_at", "due_at", "state_at", "leased_until")
TEXTS = ("status", "number", *UNIQUE)
DEFAULTS = (("subject", TEXT, ""), ("state", TEXT, "written"), ("attempts", NUMBER, "0"),
            ("attachments", JSON, "[]"))  # fmt: skip
REFERENCE = "replaced_by_id"


def upgrade() -> None:
    for name, kind, value in DEFAULTS:
        op.add_column("notice", sa.Column(name, kind, nullable=False, server_default=value))
    for column in (*optional(MOMENT, *MOMENTS), *optional(TEXT, *TEXTS)):
        op.add_column("notice", column)
    kind = "INTEGER" if op.get_context().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE notice ADD COLUMN {REFERENCE} {kind} REFERENCES notice (id)")
    op.execute(
        "UPDATE notice SET send_at = written_at, state_at = COALESCE(sent_at, written_at),"
        " state = CASE WHEN sent_at IS NULL THEN 'written' ELSE 'handed' END,"
        " subject = (SELECT 'Уведомление по обращению № ' || appeal.number FROM appeal"
        " WHERE appeal.id = notice.appeal_id)"
    )
    op.create_index("ix_notice_state", "notice", ["state", "send_at", "id"])
    for name in UNIQUE:
        op.create_index(f"ix_notice_{name}", "notice", [name], unique=True)
    op.create_table(
        "recipient",
        row_id(),
        *references("notice", "notice_id"),
        *required(sa.LargeBinary(), "sealed"),
        *required(MOMENT, "sealed_at"),
        sa.UniqueConstraint("notice_id"),
    )


def downgrade() -> None:
    op.drop_table("recipient")
    for name in UNIQUE:
        op.drop_index(f"ix_notice_{name}", "notice")
    op.drop_index("ix_notice_state", "notice")
    for name in (REFERENCE, *MOMENTS, *TEXTS, *(one[0] for one in DEFAULTS)):
        op.drop_column("notice", name)
