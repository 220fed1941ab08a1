"""Documents of the centre: drafts, frozen versions, receipts, letters, signatures, chains.

What was frozen is only added to.

Revision ID: core0038
Revises: core0037
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, ID, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id
from migrations.texts import drop_trigger, execute, sqlite

revision = "core0038"
down_revision = "core0037"
branch_labels = None
depends_on = None

DIGEST, BYTES = sa.String(64), sa.LargeBinary()
FROZEN = ("document_version", "document_receipt", "document_letter", "document_signature")
TABLES = (
    "document_chain", "document_signature", "document_letter", "document_receipt",
    "document_version", "document",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "document",
        row_id(),
        *required(TEXT, "kind", "title"),
        *optional(TEXT, "block"),
        *required(JSON, "fields", "wrote"),
        *required(TEXT, "owner", "state"),
        *optional(ID, "current_id", "in_force_id"),
        *optional(TEXT, "told_edition"),
        *required(MOMENT, "created_at"),
        *required(NUMBER, "revision"),
    )
    for column in ("kind", "state"):
        op.create_index(f"ix_document_{column}", "document", [column])
    op.create_table(
        "document_version",
        row_id(),
        *references("document", "document_id"),
        *required(NUMBER, "number"),
        *required(TEXT, "title"),
        *required(JSON, "fields", "attachments", "wrote"),
        *required(TEXT, "manifest"),
        *required(DIGEST, "digest"),
        *required(BYTES, "original"),
        *optional(TEXT, "ground"),
        *required(TEXT, "frozen_by"),
        *required(MOMENT, "frozen_at"),
        sa.UniqueConstraint("document_id", "number"),
    )
    op.create_index("ix_version_digest", "document_version", ["digest"])
    _create_proofs()
    op.create_table(
        "document_chain",
        row_id(),
        *required(TEXT, "kind"),
        *required(JSON, "drafters", "steps"),
        *required(TEXT, "ground"),
        *optional(TEXT, "agreed"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_document_chain_kind", "document_chain", ["kind"])
    execute("core0038")


def downgrade() -> None:
    if not sqlite():
        for table in FROZEN:
            drop_trigger(f"{table}_refuse_change", table)
    for table in TABLES:
        op.drop_table(table)


def _create_proofs() -> None:
    """What a step on a version leaves beside the decision itself."""
    op.create_table(
        "document_receipt",
        row_id(),
        *references("document_version", "version_id"),
        *references("decision", "decision_id", nullable=True),
        *required(NUMBER, "year", "seq"),
        *required(TEXT, "number"),
        *required(DAY, "day"),
        *required(DIGEST, "digest"),
        *required(TEXT, "clause", "actor"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("year", "seq"),
    )
    op.create_index("ix_document_receipt_version_id", "document_receipt", ["version_id"])
    op.create_table(
        "document_letter",
        row_id(),
        *references("document_version", "version_id"),
        *required(TEXT, "number"),
        *required(DAY, "dated"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index("ix_document_letter_version_id", "document_letter", ["version_id"])
    op.create_table(
        "document_signature",
        row_id(),
        *references("decision", "decision_id"),
        *required(TEXT, "kind", "provider", "strength"),
        *optional(TEXT, "clause"),
        *optional(BYTES, "detached"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("decision_id"),
    )
