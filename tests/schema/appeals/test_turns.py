"""Whose responsibility a case is and whose step it waits for: looked for and counted alike."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.model import Appeal
from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.kernel.access import system
from tests.fixtures.actors import appoint
from tests.schema.appeals.test_finding import ALL, cases, listed
from tests.schema.appeals.test_steps import step
from tests.schema.conftest import Api

__all__ = ["cases"]


async def test_foreign_are_cases_of_foreign_bodies_and_those_beyond_the_view_of_the_region(
    api: Api, cases: dict[str, str]
) -> None:
    counts = "query($f: AppealFilter) { appealCounts(by: [], filter: $f) { total } }"

    async def foreign() -> list[str]:
        found = await listed(api, charge=["FOREIGN"])
        (counted,) = (await api.data(counts, "curator", f={"charge": ["FOREIGN"]}))["appealCounts"]
        assert (counted["total"] or 0) == len(found)
        return found

    async with api.region.work(system()) as work:
        firm = (await work.session.scalars(select(Appeal).filter_by(external_id="firm"))).one()
        firm.in_region_view = False
    assert await foreign() == ["firm"]
    async with api.region.work(system()) as work:
        body = (await work.session.scalars(select(Body).filter_by(key="ministry"))).one()
        body.kind = BodyKind.FUND
    assert await foreign() == ["fresh", "answered", "firm"]


async def test_whose_turn_it_is(api: Api, cases: dict[str, str]) -> None:
    """What a role may do besides, as withdraw or prolong, makes no case wait for it."""
    await step(api, "body-official", "acceptAppeal", "StepInput", id=cases["fresh"])
    async with api.region.work(system()) as work:
        await appoint(work, "operator", subject="demo-operator")
    turns = {
        "operator": [], "coordinator": ["queued"], "curator": ["queued"],
        "body-official": ["fresh", "firm"], "body-head": ["fresh", "firm"],
    }  # fmt: skip

    async def waiting(role: str, said: bool = True) -> list[str]:
        given = {"filter": {"awaitsMe": said}, "order": "NUMBER"}
        page = (await api.data(ALL, role, **given))["appeals"]
        names = [node["externalId"] for node in page["nodes"]]
        assert page["totalCount"] == len(names)
        return names

    for role, expected in turns.items():
        assert await waiting(role) == expected, role
    assert await waiting("curator", said=False) == ["fresh", "answered", "firm"]
    draft = {"id": cases["fresh"], "text": "Яму засыплют.", "outcome": "EXPLAINED"}
    await step(api, "body-official", "answerAppeal", "AnswerInput", **draft)
    assert await waiting("coordinator") == ["fresh", "queued"]  # there is a draft to check
