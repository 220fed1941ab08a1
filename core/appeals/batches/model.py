"""The tables of batches: one step with many cases, and what came of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class BatchState(Code):
    """Where a batch stands."""

    PREPARED = "prepared", "подготовлен: ещё ничего не сделано"
    RUNNING = "running", "выполняется"
    DONE = "done", "выполнен"


class RowState(Code):
    """What came of one case."""

    WAITING = "waiting", "ждёт своей очереди"
    DONE = "done", "сделано"
    REFUSED = "refused", "отказано"


class Batch(Base):
    """Somebody (`actor`: a token's subject) takes one step with many cases.

    `given` is what he said with the step: it is kept until the last case has had its turn, for each
    case has it in its ledger by then. `missing` is how many of those that he named he may not see.
    """

    __tablename__ = "batch"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    actor: Mapped[str] = mapped_column(String(255), index=True)
    step: Mapped[str]
    state: Mapped[str]
    missing: Mapped[int]
    given: Mapped[dict[str, Any] | None]
    prepared_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class BatchRow(Base):
    """One case of a batch, as it stood when the batch was prepared (`version`).

    Refused it has the code, the words and the clause (its reference) of the refusal.
    """

    __tablename__ = "batch_row"
    __table_args__ = (
        UniqueConstraint("batch_id", "appeal_id"),
        Index("ix_batch_row_batch_id", "batch_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    version: Mapped[int]
    state: Mapped[str]
    code: Mapped[str | None]
    text: Mapped[str | None]
    clause: Mapped[str | None]
    ended_at: Mapped[datetime | None]
