"""Forms offer by name what they take, and nothing that the step would always refuse."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, get_named_type
from sqlalchemy import select
from strawberry.utils.str_converters import to_camel_case

from core.appeals.model import LedgerEntry
from core.appeals.rights.documents import add_document
from core.kernel.access import system
from core.kernel.region import Region
from schema.appeals.allowed import takers
from schema.board.actions.things import PAPERS
from schema.board.forms.choosing import BODIES, FILES, NAMED, PERSONS
from schema.board.forms.indicators import PROPOSING
from schema.board.forms.labels import called
from schema.board.pages import case, incoming, problems
from schema.build import build_schema
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken

KEY = re.compile(r"(Ключ|Глобальный номер|Номер (сотрудника|должностного|мероприятия|запроса))")
OURS = frozenset({"id", "corrects"}).union(*(one.hidden for one in PAPERS.values()))
"""What pages fill in themselves."""

CHOSEN = {
    "carryOutProblemMeasure": {"number"},
    "listProblem": {"category"},
    PROPOSING: {"formula", "kind", "owner"},
    "draftDocument": {"block", "key", "kind"},
    "recordDealing": {"partner"},
    "objectToRating": {"subject"},
    "enterRatingFigure": {"criterion", "subject"},
}
"""What the pages of a thing choose from by themselves."""

OF_PAPERS = (
    "submitDocument", "decideDocument", "withdrawDocument", "restartDocument",
    "answerMaterialRequest", "refuseMaterialRequest", "withdrawMaterialRequest",
    "joinProblemCases", "setProblemCause", "planProblemMeasure", "declareProblemDrop",
    "draftProblemRoadmap", "carryOutProblemMeasure", "closeProblem", "reopenProblem",
    "analyseSighting", "signIndicator", "declineIndicator", "setIndicatorTarget",
    "recordIndicatorValue", "advanceIndicatorValue", "proposeIndicator",
    "objectToRating", "answerRatingObjection", "publishTrialRating", "draftRating", "publishRating",
    "correctRating", "moveRatingRelease", "enterRatingFigure", "draftDocument", "requestMaterials",
    "recordDealing", "dissolveGroup",
)  # fmt: skip

BY_NAME = {*BODIES, *PERSONS, *FILES, *NAMED}


def keys_of(kind: GraphQLInputObjectType) -> dict[str, str]:
    """Fields of an input that take a key or a number that no person knows, with what is said."""
    found: dict[str, str] = {}
    for name, one in kind.fields.items():
        inner = get_named_type(one.type)
        if isinstance(inner, GraphQLInputObjectType):
            found |= keys_of(inner)
        elif KEY.match(one.description or ""):
            found[name] = one.description or ""
    return {name: said for name, said in found.items() if name not in OURS}


def options(page: str, field: str) -> dict[str, str]:
    """What a list offers, by what it sends."""
    (found,) = re.findall(rf'<select id="f-{field}"[^>]*>(.*?)</select>', page, re.DOTALL)
    pairs = re.findall(r'<option value="([^"]+)"[^>]*>([^<]*)', found)
    return {key: unescape(name) for key, name in pairs}


def test_no_step_of_a_case_asks_for_a_key(polygon: Region) -> None:
    schema = build_schema(polygon)._schema
    assert schema.mutation_type is not None
    asked: dict[str, set[str]] = {}
    for one in takers(schema):
        kind: Any = get_named_type(schema.mutation_type.fields[one.mutation].args["input"].type)
        keys = keys_of(kind)
        assert [said for said in keys.values() if called(said) == said] == []
        known = BY_NAME | {to_camel_case(name) for name in one.step.choices}
        asked[one.mutation] = keys.keys() - known
    assert {name: left for name, left in asked.items() if left} == {}
    assert len(asked) > 40


def test_no_step_of_a_paper_asks_for_a_key(polygon: Region) -> None:
    schema = build_schema(polygon)._schema
    assert schema.mutation_type is not None
    left: dict[str, set[str]] = {}
    for name in (*OF_PAPERS, *problems.ENTRIES, *incoming.STEPS):
        kind: Any = get_named_type(schema.mutation_type.fields[name].args["input"].type)
        if keys := keys_of(kind).keys() - BY_NAME - CHOSEN.get(name, set()):
            left[name] = keys
    assert left == {}


@pytest.mark.clause("fz59/11.1", "fz59/11.3")
async def test_leaving_unanswered_offers_the_grounds_of_this_case(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    path = f"appeals/{appeal.number}/step/leaveUnanswered"
    offered = options((await visitor.get(path)).text, "outcome")
    assert list(offered) == ["ABUSIVE", "UNREADABLE", "UNCLEAR", "PUBLISHED", "SECRET"]
    shown = (await visitor.get(path)).text
    assert "(для итога «оставлено без ответа: оскорбления или угрозы»)" in shown
    assert 'name="decision"' not in shown, "of a ground that is not his"
    for outcome in offered:
        answer = await visitor.send(path, outcome=outcome)
        assert "нужны доказательства" in answer.text, outcome


async def test_materials_are_ticked_or_withheld_by_their_names(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    async with visitor.region.work(system()) as work:
        await add_document(work, appeal.id, "Схема двора", "вх. 12/1")
        await add_document(work, appeal.id, "Список жильцов", "вх. 12/2")
    await visitor.enter("curator")
    path = f"appeals/{appeal.number}/step/showMaterials"
    page = (await visitor.get(path)).text
    ticks = dict(re.findall(r'name="shown" value="([^"]+)"> ([^<]+)</label>', page))
    assert list(ticks.values()) == ["Схема двора", "Список жильцов"]
    plan, people = ticks
    assert options(page, "material-1") == ticks
    assert re.findall(r'name="(material-\d)"', page) == ["material-1", "material-2"]
    said = {"identifiedBy": "ESIA", "shown": plan}
    refused = await visitor.send(path, **said)
    assert (refused.status_code, "нет его или их два: Список жильцов" in refused.text) == (
        422,
        True,
    )
    assert f'value="{plan}" checked' in refused.text
    withheld = {"material-1": people, "ground-1": "OTHERS_RIGHTS", "reason-1": "Чужие адреса"}
    assert (await visitor.send(path, **said, **withheld)).status_code == 303
    async with visitor.region.database.reading() as session:
        last = select(LedgerEntry.data).where(LedgerEntry.fact == "shown")
        (data,) = await session.scalars(last)
    assert data["shown"] == [plan]


async def test_an_answer_is_written_by_its_own_page(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    answer = await visitor.get(f"appeals/{appeal.number}/step/{case.ANSWER}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/polygon/letters/new/")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    page = (await visitor.get(f"letters/new/{appeal.number}")).text
    assert {"WITHDRAWN", "ABUSIVE"} & options(page, "outcome").keys() == set()


async def test_a_step_that_is_closed_asks_for_no_key_either(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    for step, field in (
        ("showMaterials", "shown"), ("correctAppeal", "category"), ("prolongAppeal", "inquiry"),
        ("recordFact", "fact"), ("addDocument", "attachment"),
    ):  # fmt: skip
        page = (await visitor.get(f"appeals/{appeal.number}/step/{step}")).text
        assert 'class="fields"' in page
        assert f'name="{field}"' not in page, step
