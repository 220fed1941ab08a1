"""Analysis of appeals: how many, how late, how well solved and liked, by any dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_

from core.access import Actor, require
from core.acts import RU_1844
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter, counts, matching, visible
from core.errors import Refusal, RefusalCode
from core.rules.roles import Permission
from core.serves import serves
from core.work import Work

MOST_DIMENSIONS = 4
MOST_GROUPS = 5_000


class Dimension(StrEnum):
    """Columns of an appeal by which it is counted."""

    STATE = "state"
    OUTCOME = "outcome"
    BLOCK = "block"
    THEME = "theme"
    BODY = "body_id"
    MUNICIPALITY = "municipality"
    CHANNEL = "channel"
    REGIME = "regime"
    DUE_RULE = "due_rule"


@dataclass(frozen=True, slots=True)
class Figures:
    """One group and its figures; `values` follow the dimensions asked for.

    `overdue` came late or is past its deadline; `reworked` went back into work after a dispute;
    `marks` applicants gave marks of 1..5, which sum up to `mark_sum`.
    """

    values: tuple[str | int | None, ...]
    total: int
    overdue: int
    answered: int
    solved: int
    reworked: int
    marks: int
    mark_sum: int

    @property
    def mean_mark(self) -> float | None:
        """The mean mark; None while nobody gave one."""
        return self.mark_sum / self.marks if self.marks else None


@serves(
    RU_1844.cite("4.а.1"),
    RU_1844.cite("4.а.3"),
    RU_1844.cite("10.г.4.1"),
    RU_1844.cite("2.heat-map.2"),
)
async def analyse(
    work: Work, by: Sequence[Dimension], criteria: AppealFilter | None = None
) -> list[Figures]:
    """Count what the actor may see and the filter fits, large groups first. Needs READ_APPEALS."""
    require(work.actor, Permission.READ_APPEALS)
    dialect = work.session.get_bind().dialect.name
    query = tally(work.actor, work.now, dialect, by, criteria or AppealFilter())
    return figures_of((await work.session.execute(query)).all())


def tally(
    actor: Actor, now: datetime, dialect: str, by: Sequence[Dimension], criteria: AppealFilter
) -> Select[Any]:
    """The statement behind `analyse`, for `figures_of`."""
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        text = f"Группировать можно не более чем по {MOST_DIMENSIONS} разным признакам"
        raise Refusal(RefusalCode.INVALID, text)
    wanted = and_(visible(actor), matching(criteria, now, dialect))
    columns = [getattr(Appeal, dimension) for dimension in by]
    return counts(columns, wanted, now).limit(MOST_GROUPS + 1)


def figures_of(rows: Sequence[Any]) -> list[Figures]:
    """The figures in the rows of `tally`; too many groups are refused."""
    if len(rows) > MOST_GROUPS:
        raise Refusal(RefusalCode.TOO_MUCH, f"Групп больше {MOST_GROUPS}: сузьте отбор")
    return [Figures(tuple(row[7:]), *row[:7]) for row in rows]
