"""Webhooks: receivers, their messages, each attempt to deliver one.

Revision ID: core0056
Revises: core0055
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import JSON, MOMENT, NUMBER, TEXT, optional, references, required, row_id

revision = "core0056"
down_revision = "core0055"
branch_labels = None
depends_on = None

BYTES = sa.LargeBinary()


def upgrade() -> None:
    op.create_table(
        "webhook",
        row_id(),
        *required(sa.String(2_000), "url"),
        *required(sa.String(255), "subject"),
        *required(JSON, "events"),
        *required(TEXT, "state"),
        *optional(TEXT, "reason"),
        *required(BYTES, "sealed_key"),
        *optional(BYTES, "sealed_former"),
        *optional(MOMENT, "former_until"),
        *required(NUMBER, "failures"),
        *optional(MOMENT, "failing_since", "next_at", "leased_until"),
        *required(MOMENT, "registered_at"),
        *optional(MOMENT, "disabled_at"),
    )
    op.create_table(
        "webhook_message",
        row_id(),
        *references("webhook", "webhook_id"),
        *required(sa.String(64), "number"),
        *required(TEXT, "name", "subject", "payload", "state"),
        *required(NUMBER, "attempts"),
        *required(MOMENT, "at", "next_at"),
        *optional(MOMENT, "done_at"),
        sa.UniqueConstraint("number"),
    )
    turn = ["webhook_id", "state", "subject", "id"]
    op.create_index("ix_webhook_message_turn", "webhook_message", turn)
    op.create_index("ix_webhook_message_done_at", "webhook_message", ["done_at"])
    op.create_table(
        "webhook_attempt",
        row_id(),
        *references("webhook_message", "message_id"),
        *required(MOMENT, "at"),
        *optional(NUMBER, "status"),
        *optional(TEXT, "fault"),
        *required(NUMBER, "milliseconds"),
    )
    op.create_index("ix_webhook_attempt_message_id", "webhook_attempt", ["message_id"])


def downgrade() -> None:
    op.drop_table("webhook_attempt")
    op.drop_table("webhook_message")
    op.drop_table("webhook")
