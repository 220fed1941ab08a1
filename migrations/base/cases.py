"""Appeals, what was done in them, and what they give rise to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.columns import DAY, FLAG, ID, JSON, MOMENT, NUMBER, TEXT
from migrations.columns import optional, references, required, row_id

TABLES = (
    "applicant", "cluster", "appeal", "ledger", "answer", "answer_template", "notice",
    "duplicate_proposal", "escalation", "survey", "dispute",
)  # fmt: skip


def create() -> None:
    """Create them; after those of the directory."""
    _appeals()
    _ledger()
    _answers()
    _duplicates()
    _follow_up()


def _appeals() -> None:
    op.create_table(
        "applicant", row_id(), *required(sa.LargeBinary(), "sealed"), *required(MOMENT, "sealed_at")
    )
    op.create_table(
        "cluster",
        row_id(),
        *required(MOMENT, "opened_at"),
        *optional(TEXT, "theme", "municipality"),
    )
    bodies = ("addressee_id", "complained_body_id", "body_id", "previous_body_id")
    op.create_table(
        "appeal",
        row_id(),
        *required(TEXT, "number", "channel", "external_id", "regime", "text", "terms", "state"),
        *required(TEXT, "applicant_kind", "residence"),
        *required(sa.String(64), "digest"),
        *optional(TEXT, "topic", "theme", "block", "municipality", "address"),
        *optional(TEXT, "outcome", "due_rule"),
        *required(FLAG, "significant", "in_region_view", "in_federal_view"),
        *optional(sa.Double(), "latitude", "longitude"),
        *references("body", *bodies, nullable=True),
        *required(MOMENT, "held_since", "received_at"),
        *optional(MOMENT, "registered_at", "due_at", "answered_at", "closed_at"),
        *optional(DAY, "plan_date"),
        *references("applicant", "applicant_id", nullable=True),
        *references("cluster", "cluster_id", nullable=True),
        *required(NUMBER, "prolongations", "prolonged_days", "transfers", "reworks", "version"),
        *optional(NUMBER, "mark"),
        sa.UniqueConstraint("channel", "external_id"),
        sa.UniqueConstraint("number"),
    )


def _ledger() -> None:
    """On PostgreSQL a trigger looks for the appeals of all facts of a statement at once.

    A foreign key would look up, and lock, the appeal of each fact by itself.
    """
    sqlite = op.get_context().dialect.name == "sqlite"
    whose = references("appeal", "appeal_id") if sqlite else required(ID, "appeal_id")
    op.create_table(
        "ledger",
        row_id(),
        *whose,
        *required(NUMBER, "seq"),
        *required(TEXT, "fact", "actor"),
        *required(MOMENT, "at", "recorded_at"),
        *optional(TEXT, "body", "clause", "reason"),
        *required(JSON, "data"),
        sa.UniqueConstraint("appeal_id", "seq"),
    )


def _answers() -> None:
    op.create_table(
        "answer",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("body", "body_id", nullable=True),
        *required(TEXT, "author", "text", "outcome"),
        *optional(TEXT, "norm"),
        *optional(DAY, "plan_date"),
        *required(JSON, "evidence"),
        *required(MOMENT, "sent_at"),
        *required(FLAG, "late"),
    )
    op.create_index("ix_answer_appeal_id", "answer", ["appeal_id"])
    op.create_table(
        "answer_template",
        row_id(),
        *optional(TEXT, "theme"),
        *required(TEXT, "title", "text", "author"),
        *required(MOMENT, "written_at"),
        *optional(MOMENT, "retired_at"),
    )
    op.create_index("ix_answer_template_theme", "answer_template", ["theme"])
    op.create_table(
        "notice",
        row_id(),
        *references("appeal", "appeal_id"),
        *required(TEXT, "channel", "kind", "text"),
        *required(MOMENT, "written_at"),
        *optional(MOMENT, "sent_at"),
    )
    op.create_index("ix_notice_appeal_id", "notice", ["appeal_id"])
    op.create_index("ix_notice_sent_at", "notice", ["sent_at"])


def _duplicates() -> None:
    op.create_table(
        "duplicate_proposal",
        row_id(),
        *references("appeal", "appeal_id", "other_id"),
        *required(NUMBER, "score"),
        *required(TEXT, "reasons"),
        *required(MOMENT, "proposed_at"),
        *optional(MOMENT, "decided_at"),
        *optional(FLAG, "joined"),
        sa.UniqueConstraint("appeal_id", "other_id"),
    )
    op.create_index("ix_duplicate_proposal_other_id", "duplicate_proposal", ["other_id"])


def _follow_up() -> None:
    op.create_table(
        "escalation",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("person", "person_id"),
        *required(TEXT, "step", "clause"),
        *required(NUMBER, "round"),
        *required(MOMENT, "due_at", "raised_at"),
        *required(DAY, "digest_on"),
        sa.UniqueConstraint("appeal_id", "step", "person_id", "round"),
    )
    op.create_index("ix_escalation_person_id", "escalation", ["person_id", "digest_on"])
    op.create_table(
        "survey",
        row_id(),
        *references("appeal", "appeal_id"),
        *required(NUMBER, "closing"),
        *required(MOMENT, "issued_at", "expires_at"),
        *optional(MOMENT, "answered_at"),
        *optional(NUMBER, "mark"),
        *optional(TEXT, "comment"),
        sa.UniqueConstraint("appeal_id", "closing"),
    )
    op.create_table(
        "dispute",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("survey", "survey_id", nullable=True),
        *references("body", "body_id", nullable=True),
        *required(MOMENT, "opened_at"),
        *required(TEXT, "reason"),
        *optional(MOMENT, "judged_at"),
        *optional(TEXT, "judge", "verdict"),
        *optional(FLAG, "upheld"),
    )
    op.create_index("ix_dispute_appeal_id", "dispute", ["appeal_id"])
