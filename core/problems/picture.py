"""The picture of problems of a period: four sources side by side, and what follows for polls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.appeals.figures.subject import Dimension
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import Row, table
from core.appeals.queries import AppealFilter
from core.directory.bodies import load_bodies
from core.kernel.acts.federal import RU_1844
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period, midnight
from core.problems.heat import HeatCell, heat_map
from core.problems.model import Problem, ProblemState, Sighting, SightingKind
from core.problems.queries import problems
from core.problems.sightings import OF_COMMUNICATION, sightings

PEOPLE = frozenset({SightingKind.VOTE, SightingKind.DISCUSSION})
ASKED = timedelta(days=365)
"""What people were asked within a year is not proposed again."""

MOST = 30


@dataclass(frozen=True, slots=True)
class BodyWork:
    """How a body has worked on what it got: cases, and how many late or overdue."""

    body: str | None
    cases: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What stands out, by the body whose function the theme is there."""

    body: str | None
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands out of appeals, the votes, the work of bodies, conflicts and errors."""

    period: Period
    duties: tuple[Duty, ...]
    votes: tuple[Sighting, ...]
    work: tuple[BodyWork, ...]
    communication: tuple[Sighting, ...]
    open_problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question proposed for a poll: where and about what, with what it rests on."""

    cell: HeatCell
    problem: Problem | None


@serves(RU_1844.cite("4.б"), RU_1844.cite("2.heat-map.4"), RU_1844.cite("2.heat-map.5"))
async def picture(work: Work, period: Period) -> Picture:
    """Of what the reader may see, received on the period's days. Needs READ_APPEALS."""
    told = await heat_map(work, period)
    out = [cell for cell in told.cells if cell.surprise.out]
    return Picture(
        period,
        await _by_duties(work, out),
        tuple(await sightings(work, period.start, period.end, PEOPLE)),
        await _work_of_bodies(work, period),
        tuple(await sightings(work, period.start, period.end, OF_COMMUNICATION)),
        tuple(one for one in await problems(work) if one.state != ProblemState.CLOSED),
    )


@serves(RU_1844.cite("2.heat-map.6"))
async def poll_priorities(work: Work, period: Period) -> list[Question]:
    """Questions to put to people, the most surprising first, MOST at the most.

    They are the problem points of the map about which nobody has voted there within a year. Needs
    READ_APPEALS.
    """
    told = await heat_map(work, period)
    voted = await sightings(work, work.today - ASKED, kinds=PEOPLE)
    asked = {(one.theme, one.municipality) for one in voted}
    known = {
        (one.theme, one.municipality): one
        for one in await problems(work)
        if one.state != ProblemState.CLOSED
    }
    points = (cell for cell in told.cells if cell.surprise.out)
    free = [c for c in points if not {(c.theme, c.municipality), (c.theme, None)} & asked]
    return [Question(c, known.get((c.theme or "", c.municipality))) for c in free[:MOST]]


async def _by_duties(work: Work, cells: Sequence[HeatCell]) -> tuple[Duty, ...]:
    """By the first owner of the theme today; what nobody owns stands last."""
    bodies = await load_bodies(work.session)
    found: dict[str | None, list[HeatCell]] = {}
    for cell in cells:
        owners = bodies.owners(cell.theme, work.rules, work.today, cell.municipality)
        found.setdefault(next(iter(owners), None), []).append(cell)
    ordered = sorted(found.items(), key=lambda pair: (pair[0] is None, -len(pair[1])))
    return tuple(Duty(body, tuple(some)) for body, some in ordered)


async def _work_of_bodies(work: Work, period: Period) -> tuple[BodyWork, ...]:
    until = min(period.end, work.today)
    criteria = AppealFilter(
        received_from=midnight(period.start, work.zone),
        received_before=midnight(until, work.zone),
    )
    by = (Dimension.BODY,)
    total = await table(work, Statistic.COUNT, by, criteria)
    late = _by_body(await table(work, Statistic.OVERDUE, by, criteria))
    found = (
        BodyWork(row.values[0], row.cell.cases or 0, late.get(row.values[0], 0)) for row in total
    )
    return tuple(sorted(found, key=lambda one: (-one.overdue, -one.cases)))[:MOST]


def _by_body(rows: Sequence[Row]) -> Mapping[str | None, int]:
    return {row.values[0]: int(row.cell.value or 0) for row in rows}
