"""The list of regional problems: each with its source, by the region's own sources alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from core.directory.rules.bodies import Theme
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Municipality
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.periods import Period
from core.problems.categories import check_category
from core.problems.heat import heat_map
from core.problems.joining import join_cell, join_like
from core.problems.ledger import noted, require_keeper
from core.problems.model import Problem, ProblemState
from core.problems.period import period_as
from core.problems.rules import ProblemSource, Projects, Source

LIST = RU_1844.cite("15")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class NewProblem:
    """A problem to be listed. By the heat map: the period of the cell that shows it.

    By programmes: whose `project`, and the `indicator` as it is called there. `like` is the number
    of an appeal whose group of like ones belongs to it.
    """

    title: str
    theme: str
    period: str
    municipality: str | None = None
    source: Source = Source.HEAT_MAP
    category: str | None = None
    project: Projects | None = None
    indicator: str | None = None
    like: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A problem as a source shows it: where it was chosen, and what the source had."""

    source: ProblemSource
    title: str
    theme: str
    municipality: str | None
    category: str | None
    period: Period
    evidence: Mapping[str, Any] = field(default_factory=dict)


@serves(LIST)
async def list_problem(work: Work, new: NewProblem) -> Problem:
    """Enter a problem by one of the region's sources, with the cases that the source counted.

    Needs MANAGE_INDICATORS everywhere. Refuses NOT_PROVIDED where the act has no such source,
    EVIDENCE_REQUIRED where the source does not show it, KIND_NOT_ALLOWED for projects that the act
    does not name, DUPLICATE_DIFFERS while the same stands open.
    """
    require_keeper(work)
    source = source_of(work, new.source)
    period = period_as(new.period)
    _check_place(work, source, new)
    evidence = (
        await _cell(work, source, new, period)
        if new.source is Source.HEAT_MAP
        else _indicator(source, new)
    )
    place = (new.theme, new.municipality, new.category)
    row = await entered(work, Found(source, new.title, *place, period, evidence))
    if new.source is Source.HEAT_MAP:
        await join_cell(work, row)
    if new.like is not None:
        await join_like(work, row, new.like)
    return row


def source_of(work: Work, source: Source, *, imported: bool = False) -> ProblemSource:
    """The region's rule of this source today; what its act does not name is refused by its act."""
    every = work.rules.all(ProblemSource, work.today)
    for rule in every:
        if rule.source is source and (rule.imported or not imported):
            return rule
    first = next(one for one in every if one.source is Source.HEAT_MAP)
    names = "; ".join(one.name for one in every)
    text = f"Перечень региональных проблем формируется только по источникам акта: {names}"
    raise Refusal(RefusalCode.NOT_PROVIDED, text, first.clause)


async def entered(work: Work, found: Found) -> Problem:
    """The problem in the list, with its first step; DUPLICATE_DIFFERS while the same is open."""
    clause = found.source.clause
    title = reasoned(found.title, clause, "название проблемы")
    if len(title) > LONGEST:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, f"Название длиннее {LONGEST} знаков", clause)
    await check_category(work, found.theme, found.category)
    if await same_open(work, found.theme, found.municipality, title) is not None:
        text = "Такая проблема уже в перечне и не закрыта"
        raise Refusal(RefusalCode.DUPLICATE_DIFFERS, text, clause)
    row = Problem(
        title=title,
        theme=found.theme,
        municipality=found.municipality,
        category=found.category,
        source=found.source.source,
        label=found.source.name,
        evidence=dict(found.evidence),
        clause=clause.ref,
        chosen_since=found.period.start,
        chosen_until=found.period.end,
        state=ProblemState.LISTED,
        opened_by=work.actor.subject,
        opened_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    await noted(work, row, "listed", f"Внесена в перечень: {found.source.name}", clause)
    return row


async def same_open(work: Work, theme: str, municipality: str | None, title: str) -> Problem | None:
    """The problem of this name and place that is not closed."""
    query = select(Problem).where(
        Problem.theme == theme,
        Problem.title == title,
        Problem.municipality.is_not_distinct_from(municipality),
        Problem.state != ProblemState.CLOSED,
    )
    found: Problem | None = await work.session.scalar(query.limit(1))
    return found


def _check_place(work: Work, source: ProblemSource, new: NewProblem) -> None:
    known_theme(work, new.theme, work.today)
    if new.municipality is not None:
        known_place(work, new.municipality, work.today)
    elif new.source is Source.HEAT_MAP:
        text = "Тепловая карта показывает проблему в муниципальном образовании: назовите его"
        raise Refusal(RefusalCode.UNKNOWN_MUNICIPALITY, text, source.clause)


def known_theme(work: Work, key: str, on: date) -> None:
    """Refuse UNKNOWN_THEME."""
    if work.rules.find(Theme, key, on) is None:
        raise Refusal(RefusalCode.UNKNOWN_THEME, f"Тематики «{key[:40]}» в регионе нет", LIST)


def known_place(work: Work, key: str, on: date) -> None:
    """Refuse UNKNOWN_MUNICIPALITY."""
    if work.rules.find(Municipality, key, on) is None:
        text = f"Муниципального образования «{key[:40]}» нет"
        raise Refusal(RefusalCode.UNKNOWN_MUNICIPALITY, text, LIST)


async def _cell(
    work: Work, source: ProblemSource, new: NewProblem, period: Period
) -> dict[str, Any]:
    """What the heat map says of the place; EVIDENCE_REQUIRED where it has no case there."""
    told = await heat_map(work, period)
    here = (new.theme, new.municipality)
    cell = next((one for one in told.cells if (one.theme, one.municipality) == here), None)
    if cell is None or not cell.cases:
        text = "Тепловая карта этого периода здесь по этой тематике обращений не показывает"
        raise Refusal(RefusalCode.EVIDENCE_REQUIRED, text, source.clause)
    return {
        "period": new.period,
        "cases": cell.cases,
        "expected": cell.surprise.expected,
        "share": cell.surprise.share,
        "unexpected": cell.surprise.out,
    }


def _indicator(source: ProblemSource, new: NewProblem) -> dict[str, Any]:
    """Which indicator of which programme shows it, under which decree."""
    if new.project is None or not (new.indicator or "").strip():
        text = "Назовите программу или проект и показатель, по которому видна проблема"
        raise Refusal(RefusalCode.EVIDENCE_REQUIRED, text, source.clause)
    if new.project not in source.projects:
        text = f"Акт региона не относит к источникам: {new.project.label}"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, source.clause)
    decree_of = source.decree_of.isoformat() if source.decree_of else None
    return {
        "project": new.project,
        "indicator": reasoned(new.indicator or "", source.clause, "показатель программы"),
        "decree": source.decree,
        "decreeOf": decree_of,
    }
