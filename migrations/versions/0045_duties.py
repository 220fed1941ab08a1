"""Obligations with their feeds, requests of materials, dealings with partners, summaries.

Revision ID: core0045
Revises: core0041
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, FLAG, ID, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id

revision = "core0045"
down_revision = "core0041"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
TABLES = (
    "summary_case", "summary", "partner_dealing", "material_request", "feed_entry", "feed_token",
    "obligation_decision", "obligation",
)  # fmt: skip


def upgrade() -> None:
    _create_obligations()
    _create_feeds()
    _create_requests()
    _create_summaries()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _create_obligations() -> None:
    op.create_table(
        "obligation",
        row_id(),
        *required(TEXT, "key", "block"),
        *required(DAY, "start", "end"),
        *optional(TEXT, "period"),
        *required(TEXT, "name", "owner", "clause"),
        *optional(TEXT, "ground", "document"),
        *required(FLAG, "advised"),
        *required(DAY, "due", "closes"),
        *required(MOMENT, "due_at", "closes_at"),
        *references("document", "document_id", nullable=True),
        *optional(TEXT, "proof"),
        *optional(MOMENT, "done_at"),
        *optional(DAY, "reminded_on"),
        *optional(MOMENT, "breached_at"),
        *required(JSON, "answering"),
        *optional(MOMENT, "dropped_at"),
        *required(MOMENT, "noted_at"),
        sa.UniqueConstraint("key", "block", "start"),
    )
    for column in ("document", "document_id", "due_at"):
        op.create_index(f"ix_obligation_{column}", "obligation", [column])
    op.create_table(
        "obligation_decision",
        row_id(),
        *required(TEXT, "key"),
        *optional(TEXT, "name", "owner", "period", "document"),
        *optional(NUMBER, "within"),
        *required(TEXT, "clause", "ground"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_obligation_decision_key", "obligation_decision", ["key"])


def _create_feeds() -> None:
    op.create_table(
        "feed_token",
        row_id(),
        *references("person", "person_id"),
        *required(DIGEST, "digest"),
        *required(MOMENT, "issued_at"),
        *optional(MOMENT, "revoked_at"),
        sa.UniqueConstraint("person_id"),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "feed_entry",
        row_id(),
        *references("person", "person_id"),
        *references("obligation", "obligation_id"),
        *required(NUMBER, "sequence"),
        *required(TEXT, "said"),
        *required(FLAG, "cancelled"),
        *required(MOMENT, "changed_at"),
        sa.UniqueConstraint("person_id", "obligation_id"),
    )


def _create_requests() -> None:
    op.create_table(
        "material_request",
        row_id(),
        *required(TEXT, "asker", "addressee"),
        *references("body", "body_id", nullable=True),
        *required(TEXT, "text", "clause"),
        *optional(TEXT, "letter"),
        *required(FLAG, "advised"),
        *references("appeal", "appeal_id", nullable=True),
        *optional(NUMBER, "inquiry"),
        *required(TEXT, "state", "asked_by"),
        *required(MOMENT, "asked_at"),
        *optional(MOMENT, "due_at"),
        *optional(TEXT, "reply", "norm", "replied_by"),
        *optional(MOMENT, "replied_at"),
        *optional(DAY, "reminded_on"),
        *optional(MOMENT, "breached_at"),
    )
    for column in ("body_id", "state", "appeal_id"):
        op.create_index(f"ix_material_request_{column}", "material_request", [column])
    op.create_table(
        "partner_dealing",
        row_id(),
        *required(TEXT, "partner", "form", "title", "text"),
        *optional(TEXT, "direction"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
        *required(JSON, "participants"),
        *references("document", "document_id", nullable=True),
        *required(TEXT, "clause", "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_partner_dealing_partner", "partner_dealing", ["partner"])


def _create_summaries() -> None:
    op.create_table(
        "summary",
        row_id(),
        *required(TEXT, "kind"),
        *optional(TEXT, "block"),
        *required(DAY, "start", "end"),
        *required(JSON, "figures"),
        *references("document", "document_id", nullable=True),
        *required(TEXT, "actor"),
        *required(MOMENT, "taken_at"),
    )
    op.create_index("ix_summary_kind", "summary", ["kind"])
    op.create_index("ix_summary_document_id", "summary", ["document_id"])
    op.create_table(
        "summary_case",
        row_id(),
        *references("summary", "summary_id"),
        *required(TEXT, "stretch"),
        sa.Column("appeal_id", ID, sa.ForeignKey("appeal.id"), nullable=False),
        *optional(TEXT, "channel", "theme", "block"),
        sa.Column("body_id", ID, sa.ForeignKey("body.id")),
        *required(TEXT, "charge", "state"),
        *required(FLAG, "answered", "late", "solved"),
    )
    op.create_index("ix_summary_case_summary_id", "summary_case", ["summary_id", "stretch"])
