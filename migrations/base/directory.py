"""Bodies, people, what they are appointed to, and the blocks that they come to answer for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, FLAG, JSON, MOMENT, TEXT
from migrations.columns import optional, references, required, row_id

TABLES = (
    "body", "body_theme", "position", "person", "appointment", "appointment_record", "delegation",
    "replacement", "block_proposal", "block_record", "involved", "duties_record",
)  # fmt: skip


def create() -> None:
    """Create them; before those of cases, which refer to bodies."""
    _bodies()
    _people()
    _appointments()
    _replacements()
    _blocks()
    _others()


def _bodies() -> None:
    op.create_table(
        "body",
        row_id(),
        *required(TEXT, "key", "name", "form"),
        *references("body", "parent_id", "successor_id", nullable=True),
        *optional(TEXT, "municipality"),
        *optional(DAY, "opened", "closed"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_body_municipality", "body", ["municipality"])
    op.create_index("ix_body_parent_id", "body", ["parent_id"])
    op.create_table(
        "body_theme",
        row_id(),
        *references("body", "body_id"),
        *required(TEXT, "theme"),
        *required(FLAG, "default"),
        *optional(DAY, "since", "until"),
        sa.UniqueConstraint("body_id", "theme", "since"),
    )
    op.create_index("ix_body_theme_theme", "body_theme", ["theme"])


def _people() -> None:
    op.create_table(
        "position",
        row_id(),
        *references("body", "body_id", nullable=True),
        *required(TEXT, "name", "rank"),
        sa.UniqueConstraint("body_id", "name"),
    )
    op.create_table(
        "person",
        row_id(),
        *required(TEXT, "subject", "name"),
        *optional(DAY, "dismissed"),
        *references("position", "position_id", nullable=True),
        sa.UniqueConstraint("subject"),
    )


def _appointments() -> None:
    op.create_table(
        "appointment",
        row_id(),
        *references("person", "person_id"),
        *required(TEXT, "role", "ground"),
        *references("body", "body_id", nullable=True),
        *required(JSON, "blocks", "municipalities"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
        sa.Column("state", TEXT, nullable=False, server_default="in_force"),
        *references("position", "position_id", nullable=True),
        *optional(TEXT, "direction", "powers"),
    )
    op.create_index("ix_appointment_role", "appointment", ["role"])
    op.create_index("ix_appointment_person_id", "appointment", ["person_id", "since"])
    op.create_table(
        "appointment_record",
        row_id(),
        *references("appointment", "appointment_id"),
        *required(TEXT, "step", "by"),
        *references("body", "body_id", nullable=True),
        *required(TEXT, "clause"),
        *optional(TEXT, "ground"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
    )
    op.create_index(
        "ix_appointment_record_appointment_id", "appointment_record", ["appointment_id"]
    )
    op.create_table(
        "delegation",
        row_id(),
        *references("appointment", "appointment_id"),
        *references("person", "person_id"),
        *required(DAY, "since", "until"),
        *required(TEXT, "reason"),
    )
    op.create_index("ix_delegation_person_id", "delegation", ["person_id"])


def _replacements() -> None:
    op.create_table(
        "replacement",
        row_id(),
        *references("appointment", "appointment_id"),
        *required(TEXT, "block", "trigger", "clause"),
        *required(MOMENT, "received_at", "due_at"),
        *optional(MOMENT, "proposed_at"),
        *references("appointment", "candidate_id", nullable=True),
        *optional(DAY, "reminded_on"),
        *optional(MOMENT, "breached_at"),
        sa.UniqueConstraint("appointment_id", "block", "trigger"),
    )
    op.create_index("ix_replacement_due_at", "replacement", ["due_at"])


def _blocks() -> None:
    op.create_table(
        "block_proposal",
        row_id(),
        *required(TEXT, "key", "name", "form"),
        *required(JSON, "themes"),
        *required(FLAG, "significant", "widens"),
        *required(TEXT, "reason", "state"),
        *required(MOMENT, "proposed_at"),
        *optional(TEXT, "clause"),
        *optional(DAY, "since"),
    )
    op.create_index("ix_block_proposal_key", "block_proposal", ["key"])
    op.create_index("ix_block_proposal_state", "block_proposal", ["state"])
    op.create_table(
        "block_record",
        row_id(),
        *references("block_proposal", "proposal_id"),
        *required(TEXT, "step", "by", "clause"),
        *optional(TEXT, "ground"),
        *required(TEXT, "actor"),
        *required(MOMENT, "at"),
        sa.UniqueConstraint("proposal_id", "step"),
    )


def _others() -> None:
    op.create_table(
        "involved",
        row_id(),
        *references("body", "body_id"),
        *required(TEXT, "representative", "purpose"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
        *required(TEXT, "clause"),
        *references("person", "by_person_id", nullable=True),
    )
    op.create_table(
        "duties_record",
        row_id(),
        *required(TEXT, "ground", "agreed"),
        *required(DAY, "since"),
        *required(TEXT, "clause"),
    )
