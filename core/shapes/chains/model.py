"""Tables of approvals: one of chains, one of decisions for whatever is approved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.kernel.codes import ActKind
from core.kernel.sealing.forms import Form
from core.kernel.sealing.rows import seals
from core.law.russian import Code
from core.shapes.chains.rules import Ground


class ChainState(Code):
    """Where an approval stands."""

    RUNNING = "running", "идёт"
    APPROVED = "approved", "завершено"
    REFUSED = "refused", "отказано"
    STOPPED = "stopped", "прекращено"


class ChainRecord(Base):
    """The approval of a subject, by the law of the local day `law_on` when it began.

    `steps` are that law (`Chain.frozen`) and `version` a hash of what is approved: both are NULL
    for what began before they were stored, until it is touched. `edition` is for information.
    """

    __tablename__ = "chain"
    __table_args__ = (UniqueConstraint("subject", "subject_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    subject: Mapped[str]
    subject_id: Mapped[int] = mapped_column(Id)
    version: Mapped[str | None]
    law_on: Mapped[date | None]
    steps: Mapped[list[Any] | None]
    edition: Mapped[str | None]
    state: Mapped[str]
    begun_at: Mapped[datetime]


class DecisionRecord(Base):
    """What one party of one step decided, when, by which clause and on what ground.

    `party` and `role` are those of that day, `seat` the party's place in the step. A ground has
    its kind, number and date; `ground_text` is what an older product kept and nobody can read
    apart. The subject stands here too, so that decisions are read without their chain.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("chain_id", "step", "seat"),
        Index("ix_decision_subject", "subject", "subject_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    chain_id: Mapped[int] = mapped_column(ForeignKey("chain.id"))
    subject: Mapped[str]
    subject_id: Mapped[int] = mapped_column(Id)
    step: Mapped[str]
    deed: Mapped[str]
    seat: Mapped[int]
    party: Mapped[str]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    role: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    on_behalf_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    in_person: Mapped[bool]
    ground_kind: Mapped[str | None]
    ground_number: Mapped[str | None]
    ground_date: Mapped[date | None]
    ground_text: Mapped[str | None]
    agreed: Mapped[bool]
    reason: Mapped[str | None]
    clause: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    version: Mapped[str | None]
    seal: Mapped[bytes | None]
    salts: Mapped[bytes | None]

    @property
    def ground(self) -> str | None:
        """The ground as people read it."""
        if self.ground_kind is None or self.ground_number is None or self.ground_date is None:
            return self.ground_text
        return Ground(ActKind(self.ground_kind), self.ground_number, self.ground_date).text


DECISION_FORM = Form(
    "decision",
    (
        "chain_id", "subject", "subject_id", "step", "deed", "seat", "party", "body_id", "role",
        "person_id", "on_behalf_id", "in_person", "ground_kind", "ground_number", "ground_date",
        "ground_text", "agreed", "reason", "clause", "actor", "at", "version",
    ),
)  # fmt: skip
seals(DecisionRecord, DECISION_FORM)
