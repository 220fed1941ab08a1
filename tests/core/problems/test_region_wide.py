"""A problem of the whole region has no other place to stand beside: its other themes do."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import cast

import pytest

from core.problems.causes import set_cause
from core.problems.closing import close_problem
from core.problems.effect import Beside
from core.problems.listing import NewProblem, list_problem
from core.problems.model import Method, Problem, ProblemState
from core.problems.roadmap import carry_out, declare_drop, plan_measure
from core.problems.rules import Projects, Source
from tests.core.problems.conftest import OTHER, PLACE, Desk
from tests.core.problems.test_life import BEFORE, DUE, WHYS, state, told

pytestmark = pytest.mark.bare_rows


async def test_what_the_whole_region_has_stands_beside_its_other_themes(desk: Desk) -> None:
    project, indicator = Projects.NATIONAL, "Доля дорог в нормативе"
    new = NewProblem("Ямы", "roads", "2026-02", None, Source.PROGRAMMES, None, project, indicator)
    number = cast(Problem, await desk.does(lambda work: list_problem(work, new))).id
    await desk.does(lambda work: set_cause(work, number, Method.WHYS, WHYS))
    await desk.does(lambda w: plan_measure(w, number, "Договор", DUE, desk.official))
    await desk.does(lambda work: declare_drop(work, number, 30))
    await desk.does(lambda work: carry_out(work, number, 1, date(2026, 3, 10), "Договор № 4"))
    desk.clock.at(2026, 7, 2)
    later = {date(2026, month, 15): 2 for month in (4, 5, 6)}
    await desk.cases.spread({**BEFORE, date(2026, 4, 15): 3}, municipality=PLACE)
    for theme in ("housing", "health"):
        await desk.cases.spread({**BEFORE, **later}, municipality=OTHER, theme=theme)
    await desk.folded()
    found = await told(desk, number)
    assert found is not None
    assert found.effect is not None
    assert (found.effect.after, found.same) == (3, Beside(Fraction(2), Fraction(1)))
    assert found.other_themes == Beside(Fraction(4), Fraction(4))
    assert found.neighbours == Beside(Fraction(0), Fraction(0))
    await desk.does(lambda work: close_problem(work, number))
    assert await state(desk, number) == ProblemState.CLOSED
