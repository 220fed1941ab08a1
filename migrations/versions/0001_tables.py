"""Tables of core.

Revision ID: core0001
Revises: -
"""

import sqlalchemy as sa
from alembic import op

revision = "core0001"
down_revision = None
branch_labels = ("core",)
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT, NUMBER, DAY, FLAG = sa.String(), sa.Integer(), sa.Date(), sa.Boolean()
TABLES = (
    "body", "body_theme", "person", "appointment", "counter", "import_run", "incident", "job",
    "journal", "applicant", "cluster", "appeal", "ledger", "answer", "notice",
    "duplicate_proposal", "escalation", "survey", "dispute",
)  # fmt: skip


def upgrade() -> None:
    _directory()
    _machinery()
    _cases()
    _records()
    _follow_up()
    _case_indexes()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def row_id() -> sa.Column:
    return sa.Column("id", ID, primary_key=True)


def required(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def optional(kind: sa.types.TypeEngine, *names: str) -> list[sa.Column]:
    return [sa.Column(name, kind) for name in names]


def references(table: str, *names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, ID, sa.ForeignKey(f"{table}.id"), nullable=nullable) for name in names]


def _directory() -> None:
    """Bodies, people and what they are appointed to."""
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
    op.create_table(
        "person",
        row_id(),
        *required(TEXT, "subject", "name"),
        *optional(DAY, "dismissed"),
        sa.UniqueConstraint("subject"),
    )
    op.create_table(
        "appointment",
        row_id(),
        *references("person", "person_id"),
        *required(TEXT, "role", "ground"),
        *references("body", "body_id", nullable=True),
        *required(sa.JSON(), "blocks", "municipalities"),
        *required(DAY, "since"),
        *optional(DAY, "until"),
    )
    op.create_index("ix_appointment_person_id", "appointment", ["person_id", "since"])
    op.create_index("ix_appointment_role", "appointment", ["role"])


def _machinery() -> None:
    """What the centre itself runs on."""
    op.create_table("counter", sa.Column("key", TEXT, primary_key=True), *required(NUMBER, "value"))
    op.create_table(
        "import_run",
        row_id(),
        *required(sa.String(64), "fingerprint"),
        *required(NUMBER, "position", "added", "known", "differing", "rejected", "routed"),
        *required(MOMENT, "started_at"),
        *optional(MOMENT, "finished_at"),
        sa.UniqueConstraint("fingerprint"),
    )
    op.create_table(
        "incident",
        row_id(),
        *required(TEXT, "key", "text"),
        *required(MOMENT, "first_at", "last_at"),
        *required(NUMBER, "times"),
        *optional(MOMENT, "resolved_at"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "job",
        row_id(),
        *required(TEXT, "name", "state"),
        *required(sa.JSON(), "payload"),
        *optional(TEXT, "ticket", "error"),
        *required(NUMBER, "attempts"),
        *required(MOMENT, "queued_at", "run_at"),
        *optional(MOMENT, "leased_until", "finished_at"),
        sa.UniqueConstraint("ticket"),
    )
    op.create_index("ix_job_state_run_at", "job", ["state", "run_at"])
    op.create_table(
        "journal",
        row_id(),
        *required(MOMENT, "at"),
        *required(TEXT, "actor", "name", "subject"),
        *optional(TEXT, "cause"),
        *required(sa.JSON(), "before", "after"),
    )
    op.create_index("ix_journal_subject", "journal", ["subject", "id"])


def _cases() -> None:
    """The case, its applicant and its cluster."""
    op.create_table(
        "applicant", row_id(), *required(sa.LargeBinary(), "sealed"), *required(MOMENT, "sealed_at")
    )
    op.create_table(
        "cluster",
        row_id(),
        *required(MOMENT, "opened_at"),
        *optional(TEXT, "theme", "municipality"),
    )
    op.create_table(
        "appeal",
        row_id(),
        *required(
            TEXT,
            "number",
            "channel",
            "external_id",
            "regime",
            "text",
            "terms",
            "state",
            "applicant_kind",
            "residence",
        ),
        *required(sa.String(64), "digest"),
        *optional(
            TEXT, "topic", "theme", "block", "municipality", "address", "outcome", "due_rule"
        ),
        *required(FLAG, "significant", "in_region_view", "in_federal_view"),
        *optional(sa.Double(), "latitude", "longitude"),
        *references(
            "body",
            "addressee_id",
            "complained_body_id",
            "body_id",
            "previous_body_id",
            nullable=True,
        ),
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


def _records() -> None:
    """What was done in a case."""
    op.create_table(
        "ledger",
        row_id(),
        *references("appeal", "appeal_id"),
        *required(NUMBER, "seq"),
        *required(TEXT, "fact", "actor"),
        *required(MOMENT, "at", "recorded_at"),
        *optional(TEXT, "body", "clause", "reason"),
        *required(sa.JSON(), "data"),
        sa.UniqueConstraint("appeal_id", "seq"),
    )
    op.create_table(
        "answer",
        row_id(),
        *references("appeal", "appeal_id"),
        *references("body", "body_id", nullable=True),
        *required(TEXT, "author", "text", "outcome"),
        *optional(TEXT, "norm"),
        *optional(DAY, "plan_date"),
        *required(sa.JSON(), "evidence"),
        *required(MOMENT, "sent_at"),
        *required(FLAG, "late"),
    )
    op.create_index("ix_answer_appeal_id", "answer", ["appeal_id"])
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


def _follow_up() -> None:
    """What a case gives rise to."""
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


def _case_indexes() -> None:
    """The orders and filters in which cases are read."""
    op.create_index("ix_appeal_block", "appeal", ["block"])
    op.create_index("ix_appeal_body_id", "appeal", ["body_id", "received_at"])
    op.create_index("ix_appeal_cluster_id", "appeal", ["cluster_id"])
    op.create_index("ix_appeal_due_at", "appeal", ["due_at", "id"])
    op.create_index("ix_appeal_municipality", "appeal", ["municipality", "received_at"])
    op.create_index("ix_appeal_received_at", "appeal", ["received_at", "id"])
    op.create_index("ix_appeal_state", "appeal", ["state", "due_at"])
    op.create_index("ix_appeal_theme", "appeal", ["theme", "received_at"])
