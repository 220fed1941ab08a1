"""Tables of problems: the list, its cases, causes, measures, effects, and what came of each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Id
from core.law.russian import Code


class ProblemState(Code):
    """How far a problem has come."""

    LISTED = "listed", "в перечне"
    CAUSED = "caused", "первопричина установлена"
    PLANNED = "planned", "мероприятия назначены"
    CARRIED_OUT = "carried-out", "мероприятия выполнены, эффект наблюдают"
    CLOSED = "closed", "закрыта: снижение держится"
    REOPENED = "reopened", "возобновлена"


class Method(Code):
    """How a root cause was looked for."""

    WHYS = "whys", "пять «почему»"
    FISHBONE = "fishbone", "схема причин по ветвям"


class Problem(Base):
    """A regional problem; `source` is a key of the law, `label` the source's name of that day.

    `evidence` says what the source had. The days from `chosen_since` up to `chosen_until` are those
    for which it was chosen: no part of any level before. `declared` is the drop in per cent;
    after a return measures are numbered from `done_before` on.
    """

    __tablename__ = "problem"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    title: Mapped[str]
    theme: Mapped[str]
    municipality: Mapped[str | None]
    category: Mapped[str | None]
    source: Mapped[str]
    label: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    clause: Mapped[str]
    chosen_since: Mapped[date]
    chosen_until: Mapped[date]
    state: Mapped[str] = mapped_column(index=True)
    declared: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    carried_on: Mapped[date | None]
    done_before: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]
    opened_by: Mapped[str]
    opened_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ProblemCase(Base):
    """A case is about the problem; `why` says how that is known."""

    __tablename__ = "problem_case"
    __table_args__ = (UniqueConstraint("problem_id", "appeal_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    why: Mapped[str]
    added_at: Mapped[datetime]


class ProblemCause(Base):
    """A root cause as it was found, with its line of reasons; the highest number counts."""

    __tablename__ = "problem_cause"
    __table_args__ = (UniqueConstraint("problem_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    number: Mapped[int]
    method: Mapped[str]
    reasons: Mapped[list[Any]]
    root: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]


class ProblemMeasure(Base):
    """A measure with its last day and its official; `number` in the round of its problem."""

    __tablename__ = "problem_measure"
    __table_args__ = (
        UniqueConstraint("problem_id", "number"),
        Index("ix_problem_measure_due_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    number: Mapped[int]
    text: Mapped[str]
    due: Mapped[date]
    due_at: Mapped[datetime]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    done_on: Mapped[date | None]
    proof: Mapped[str | None]
    reminded_on: Mapped[date | None]
    breached_at: Mapped[datetime | None]


class ProblemStep(Base):
    """What was done about a problem, by whom, with which particulars; only added to."""

    __tablename__ = "problem_step"
    __table_args__ = (Index("ix_problem_step_problem_id", "problem_id", "id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"))
    kind: Mapped[str]
    words: Mapped[str]
    actor: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime]


class ProblemCategory(Base):
    """A category of regional problems in a theme; in force once all of them were adopted."""

    __tablename__ = "problem_category"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    theme: Mapped[str]
    name: Mapped[str]
    label: Mapped[str]
    file: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]
    adopted_at: Mapped[datetime | None]


class SightingKind(Code):
    """What else than appeals the picture of problems is drawn from."""

    CONFLICT = "conflict", "конфликтная ситуация при коммуникации"
    ERROR = "error", "ошибка при коммуникации"
    VOTE = "vote", "итоги голосования"
    DISCUSSION = "discussion", "итоги общественного обсуждения"


class Sighting(Base):
    """A conflict, an error of communication, a vote or a discussion, and what was made of it.

    `body_id` is whose communication it was. Corrected by another record alone.
    """

    __tablename__ = "problem_sighting"
    __table_args__ = (Index("ix_problem_sighting_on", "on"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str]
    on: Mapped[date]
    theme: Mapped[str | None]
    municipality: Mapped[str | None]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeal.id"))
    text: Mapped[str]
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problem.id"))
    actor: Mapped[str]
    at: Mapped[datetime]
    cause: Mapped[str | None]
    conclusion: Mapped[str | None]
    analysed_by: Mapped[str | None]
    analysed_at: Mapped[datetime | None]
