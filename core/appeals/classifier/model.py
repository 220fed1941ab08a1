"""Rows of the region's classifier, as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.appeals.rules.stage_terms import CATEGORY, StageTerm, row_clause
from core.db.database import Base, Id
from core.law.act import Clause
from core.shapes.deadlines.rules.units import Season
from core.shapes.registers.model import Dated


class Category(Dated, Base):
    """One row of an annex, while it holds; a later load ends it, and it is kept.

    `row` is its number as the annex prints it. `object`, `name` and `cause` are what the problem is
    with, what it is and why; `first_day` and `last_day` of its season are month * 100 + day.
    `stages` are terms as `StageTerm.stored`; `evidence` kinds of what proves it solved; `body_id`
    who is proposed to act.
    """

    __tablename__ = "category"
    __table_args__ = (Index("ix_category_key", "key", "since"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str]
    act: Mapped[str]
    annex: Mapped[str]
    row: Mapped[str]
    object: Mapped[str]
    name: Mapped[str]
    cause: Mapped[str | None]
    theme: Mapped[str | None]
    municipality: Mapped[str | None]
    first_day: Mapped[int | None]
    last_day: Mapped[int | None]
    stages: Mapped[list[Any]]
    evidence: Mapped[list[Any]]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    since: Mapped[date] = mapped_column()

    @property
    def season(self) -> Season | None:
        """When in the year it is offered; None is always."""
        if self.first_day is None or self.last_day is None:
            return None
        month, day = divmod(self.first_day, 100)
        last_month, last_day = divmod(self.last_day, 100)
        return Season((month, day), (last_month, last_day))

    @property
    def terms(self) -> tuple[StageTerm, ...]:
        """What it gives for stages of work."""
        return StageTerm.read(self.stages)

    @property
    def title(self) -> str:
        """How it is cited: the act, its annex and the row."""
        return ", ".join(filter(None, (self.act, self.annex, f"строка {self.row}")))

    @property
    def words(self) -> str:
        """The whole of it in words."""
        return " — ".join(filter(None, (self.object, self.name, self.cause)))

    @property
    def place(self) -> str:
        """The key with the first day: by it a decision names the row."""
        return f"{self.key}@{self.since.isoformat()}"

    @property
    def clause(self) -> Clause:
        """The row as the ground of what it decides."""
        return row_clause(self.place, self.title, self.words)

    @property
    def said(self) -> dict[str, Any]:
        """What a fact of a case keeps of it; no row of the classifier is needed to read it."""
        told = {"key": self.key, "row": self.place, "title": self.title, "name": self.words}
        return {CATEGORY: {**told, "stages": self.stages, "evidence": self.evidence}}

    def in_season(self, on: date) -> bool:
        """Whether it is offered on a local day of the region."""
        return self.season is None or self.season.holds(on)
