"""Who may answer for a measure is offered just as he is taken."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import select

from core.directory.model import Body, Person
from core.kernel.access import system
from core.kernel.work import Work
from core.problems.causes import set_cause
from core.problems.model import Method
from core.problems.roadmap import officials, plan_measure
from tests.core.problems.conftest import Desk
from tests.core.problems.test_life import CONTENTS, DUE, WHYS, listed
from tests.fixtures.actors import appoint

pytestmark = pytest.mark.bare_rows


async def planned(work: Work, number: int, person: int) -> object:
    return await plan_measure(work, number, "Договор", DUE, person)


@pytest.mark.clause(CONTENTS)
async def test_only_who_may_answer_is_offered(desk: Desk) -> None:
    number = await listed(desk)
    await desk.does(lambda work: set_cause(work, number, Method.WHYS, WHYS))
    async with desk.region.work(system()) as work:
        query = select(Body.id).where(Body.key == "check-body")
        appointed = await appoint(work, "body-official", body_id=await work.session.scalar(query))
    async with desk.region.reading(desk.head) as work:
        offered = {one.id for one in await officials(work)}
        everybody = {*await work.session.scalars(select(Person.id))}
    assert {desk.official, appointed.person_id} <= offered
    assert desk.outsider in everybody - offered
    for person in sorted(everybody):
        plan = partial(planned, number=number, person=person)
        if person in offered:
            await desk.does(plan)
        else:
            assert await desk.refused(plan) == ("OUTSIDE_POOL", CONTENTS)
