"""What each act says of causes, conflicts and the picture, done in its own region."""

from __future__ import annotations

from datetime import date

import pytest

from core.directory.model import Body
from core.kernel.access import system
from core.kernel.rules.passport import Municipality
from core.problems.causes import set_cause
from core.problems.heat import heat_map
from core.problems.listing import NewProblem, list_problem
from core.problems.model import Method, ProblemState, SightingKind
from core.problems.period import period_as
from core.problems.picture import picture
from core.problems.roadmap import plan_measure
from core.problems.sightings import NewSighting, analyse_sighting, record_sighting
from tests.conftest import OpenRegion
from tests.core.problems.conftest import opened
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
MONDAY, DUE = date(2026, 3, 2), date(2026, 4, 1)
CLAUSES = {
    "murmansk": ("2.2", "2.2.1", "2.2.2", "2.2.4", "3.1.1.3"),
    "kursk": ("pol.2.2.1", "pol.2.2.3", "pol.4.2.1.3", "pol.4.3.2"),
    "mari_el": ("pol.8.1", "pol.8.3", "pol.9.5"),
    "chelyabinsk": ("pol.4.2", "pol.4.2.1", "pol.4.2.2", "pol.4.2.4", "pol.13.1.3"),
}
ACTS = {
    "murmansk": "murmansk.513",
    "kursk": "kursk.958",
    "mari_el": "mari-el.335",
    "chelyabinsk": "chelyabinsk.641",
}


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(
            code, marks=[pytest.mark.clause(f"{ACTS[code]}/{one}") for one in CLAUSES[code]]
        )
        for code in CLAUSES
    ],
)
async def test_the_act_is_carried_out(
    open_test_region: OpenRegion, clock: FrozenClock, code: str
) -> None:
    desk = await opened(await open_test_region(code), clock)
    place = desk.region.rules.all(Municipality, MONDAY)[0].key
    await desk.cases.received(3, on=MONDAY, municipality=place)
    async with desk.region.work(system()) as work:
        body = await work.session.get_one(Body, 1)
        problem = await list_problem(work, NewProblem("Ямы", "roads", "2026-W10", place))
        cause = await set_cause(work, problem.id, Method.WHYS, ("Не чинят", "Нет договора"))
        measure = await plan_measure(work, problem.id, "Договор", DUE, desk.official)
        vote = NewSighting(SightingKind.VOTE, MONDAY, "За 10 из 12")
        error = NewSighting(SightingKind.ERROR, MONDAY, "Не тот ответ", body=body.key)
        await record_sighting(work, vote)
        row = await record_sighting(work, error)
        await analyse_sighting(work, row.id, "Шаблон", "Исправить")
    assert (problem.state, cause.root, measure.due) == (ProblemState.CAUSED, "Нет договора", DUE)
    assert problem.clause.startswith(ACTS[code])
    async with desk.region.reading(system()) as work:
        found = await picture(work, period_as("2026-W10"))
        told = await heat_map(work, period_as("2026-W10"))
    assert [one.text for one in found.votes] == [vote.text]
    assert [(one.text, one.conclusion) for one in found.communication] == [
        (error.text, "Исправить")
    ]
    assert [one.id for one in found.open_problems] == [problem.id]
    assert sum(one.cases for one in found.work) == 3
    assert [(one.theme, one.municipality, one.cases) for one in told.cells if one.cases] == [
        ("roads", place, 3)
    ]
