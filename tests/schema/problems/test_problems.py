"""Problems over HTTP: listed, caused, planned, carried out; the register; refusals as data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from core.appeals.figures.subject import APPEALS
from core.directory.model import Body, Person, Position
from core.kernel.access import system
from core.kernel.region import Region
from core.shapes.figures.folding import fold
from schema.graphql.ids import global_id
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

pytestmark = pytest.mark.bare_rows
MONDAY, PLACE = date(2026, 3, 2), "kurskiy"
REFUSED = "... on Refusal { code text clause { ref } }"
SHOWN = """query P($id: ID!) { node(id: $id) { ... on Problem {
  title state declared evidence theme { key } municipality { key } clause { ref }
  people { cases answeredCases } cause { method reasons root }
  measures { number text due official doneOn body { key } } document { id }
  effect { verdict } timeline { words ahead } offered { mutation allowed } } } }"""
CASES = """query C($problem: ID!) { problemCases(problem: $problem, first: 5) {
  totalCount nodes { why appeal { number } } } }"""


@pytest.fixture
async def hot(kursk: Region, http: httpx.AsyncClient, clock: FrozenClock) -> Api:
    """Kursk with a hot spot in one place, and an official of a body."""
    clock.at(2026, 3, 10)
    api, place = Api(kursk, http), PLACE
    cases = Cases(api.region)
    before = {MONDAY - timedelta(days=7 * week): 2 for week in range(1, 21)}
    await cases.spread({**before, MONDAY: 16}, municipality=place)
    async with api.region.work(system()) as work:
        for role in ("curator", "coordinator"):
            await appoint(work, role, subject=f"demo-{role}")
        await fold(work, APPEALS)
        body = Body(key="agency", name="Агентство", kind="executive")
        work.session.add(body)
        await work.session.flush()
        position = Position(body_id=body.id, name="Начальник", rank="unit-head")
        work.session.add(position)
        await work.session.flush()
        work.session.add(Person(subject="chief", name="Начальник", position_id=position.id))
    return api


async def step(api: Api, name: str, kind: str, role: str = "curator", /, **given: Any) -> Any:
    of = {"Problem": "state", "Sighting": "conclusion", "ProblemCount": "count"}[kind]
    text = f"""mutation M($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{
      ... on {kind} {{ {"" if kind == "ProblemCount" else "id"} {of} }} {REFUSED} }} }}"""
    return (await api.data(text, role, input=given))[name]


async def planned(api: Api, whose: dict[str, Any]) -> None:
    """A measure of the chief's, and the drop declared."""
    async with api.region.reading(system()) as work:
        person = await work.session.scalar(select(Person.id).where(Person.subject == "chief"))
    assert person is not None
    measure = {"text": "Договор", "due": "2026-04-01", "person": global_id("Person", person)}
    assert (await step(api, "planProblemMeasure", "Problem", **whose, **measure))["state"] == (
        "CAUSED"
    )
    assert (await step(api, "declareProblemDrop", "Problem", **whose, percent=20))["state"] == (
        "PLANNED"
    )


async def test_the_life_of_a_problem_over_http(hot: Api) -> None:
    api = hot
    new = {"title": "Ямы", "source": "HEAT_MAP", "theme": "roads", "period": "2026-W10"}
    refused = await step(api, "listProblem", "Problem", **new)
    assert (refused["code"], refused["clause"]["ref"]) == (
        "UNKNOWN_MUNICIPALITY",
        "kursk.958/pol.4.5",
    )
    made = await step(api, "listProblem", "Problem", **new, municipality=PLACE)
    whose = {"problem": made["id"]}
    named = await step(api, "joinProblemCases", "Problem", **whose, numbers=["n-1"])
    assert named["state"] == "LISTED"
    whys = {"method": "WHYS", "reasons": ["Не чинят", "Нет договора"]}
    assert (await step(api, "setProblemCause", "Problem", **whose, **whys))["state"] == "CAUSED"
    await planned(api, whose)
    off = await step(api, "draftProblemRoadmap", "Problem", **whose)
    assert (off["code"], off["clause"]["ref"]) == (
        "NOT_PROVIDED",
        "ru.1844/2.cause-roadmap.contents",
    )
    done = {"number": 1, "doneOn": "2026-03-10", "proof": "Договор № 4"}
    assert (await step(api, "carryOutProblemMeasure", "Problem", **whose, **done))["state"] == (
        "CARRIED_OUT"
    )
    early = await step(api, "closeProblem", "Problem", **whose)
    assert (early["code"], early["clause"]["ref"]) == (
        "DATE_OUT_OF_RANGE",
        "tsur.practice/problem-life",
    )
    shown = (await api.data(SHOWN, "curator", id=made["id"]))["node"]
    assert (shown["people"], shown["effect"], shown["document"]) == (
        {"cases": 17, "answeredCases": 0},
        None,
        None,
    )
    assert shown["cause"] == {**whys, "root": "Нет договора"}
    assert shown["measures"][0]["doneOn"] == "2026-03-10"
    assert [one["mutation"] for one in shown["offered"] if one["allowed"]] == [
        "joinProblemCases",
        "closeProblem",
        "reopenProblem",
    ]
    assert shown["timeline"][0] == {"words": "Первое обращение", "ahead": False}
    page = (await api.data(CASES, "curator", **whose))["problemCases"]
    assert (page["totalCount"], len(page["nodes"])) == (17, 5)
    assert (await step(api, "reopenProblem", "Problem", **whose, reason="Мало"))["state"] == (
        "REOPENED"
    )
    other = await step(api, "closeProblem", "Problem", "coordinator", **whose)
    assert other["code"] == "FORBIDDEN"


async def test_the_picture_the_register_and_the_polls(hot: Api) -> None:
    api = hot
    polls = """query { pollPriorities(period: "2026-W10") {
      cell { cases municipality { key } } problem { id } } }"""
    found = (await api.data(polls, "curator"))["pollPriorities"]
    assert found == [{"cell": {"cases": 16, "municipality": {"key": PLACE}}, "problem": None}]
    wrong = await step(api, "recordSighting", "Sighting", kind="ERROR", on="2026-03-02", text="Не")
    assert (wrong["code"], wrong["clause"]["ref"]) == ("UNKNOWN_BODY", "ru.1844/4.б.4")
    error = await step(
        api, "recordSighting", "Sighting", kind="ERROR", on="2026-03-02", text="Не то",
        body="agency",
    )  # fmt: skip
    await step(
        api, "recordSighting", "Sighting", kind="VOTE", on="2026-03-02", text="За", theme="roads",
        municipality=PLACE,
    )  # fmt: skip
    assert (await api.data(polls, "curator"))["pollPriorities"] == []
    said = {"sighting": error["id"], "cause": "Шаблон", "conclusion": "Обучить"}
    assert (await step(api, "analyseSighting", "Sighting", **said))["conclusion"] == "Обучить"
    picture = """query { problemPicture(period: "2026-W10") {
      duties { cells { cases } } votes { text } communication { text cause body { key } }
      work { cases overdue } openProblems { id } }
      sightings { kind offered { mutation } } problemCategories { key } problems { id } }"""
    told = await api.data(picture, "curator")
    assert told["problemPicture"]["duties"] == [{"cells": [{"cases": 16}]}]
    assert told["problemPicture"]["communication"] == [
        {"text": "Не то", "cause": "Шаблон", "body": {"key": "agency"}}
    ]
    assert (told["problemCategories"], told["problems"]) == ([], [])
    assert [one["kind"] for one in told["sightings"]] == ["VOTE", "ERROR"]


async def test_files_of_the_system_are_taken_by_the_act(hot: Api) -> None:
    heading = "проблема;тематика;муниципальное образование;период;обращений;категория\n"
    file = {"name": "bi.csv", "text": f"{heading}Ямы;roads;{PLACE};2026-W10;14;\n"}
    assert await step(hot, "importProblems", "ProblemCount", **file) == {"count": 1}
    named = {"name": "bi.csv", "text": "тематика;ключ;название\nroads;a;Ямы\n"}
    loaded = await step(hot, "loadProblemCategories", "ProblemCount", **named, source="HEAT_MAP")
    assert loaded == {"count": 1}
    refused = await step(hot, "adoptProblemCategories", "ProblemCount", confirmed=True)
    assert (refused["code"], refused["clause"]["ref"]) == (
        "WRONG_STATE",
        "kursk.958/pol.4.6.minimum",
    )
    unsure = await step(hot, "adoptProblemCategories", "ProblemCount", confirmed=False)
    assert unsure["code"] == "INVALID"


async def test_a_file_of_a_hundred_lines_is_taken_whole(hot: Api) -> None:
    """More than a line of text: a month of the system's problems is no typed word."""
    heading = "проблема;тематика;муниципальное образование;период;обращений;категория\n"
    lines = "".join(f"Ямы на дороге № {n};roads;{PLACE};2026-W10;14;\n" for n in range(150))
    assert len(heading + lines) > 5_000
    file = {"name": "bi.csv", "text": heading + lines}
    assert await step(hot, "importProblems", "ProblemCount", **file) == {"count": 150}
    names = "".join(f"roads;key-{n};Категория дорожных проблем № {n}\n" for n in range(150))
    named = {"name": "bi.csv", "text": "тематика;ключ;название\n" + names}
    assert len(named["text"]) > 5_000
    loaded = await step(hot, "loadProblemCategories", "ProblemCount", **named, source="HEAT_MAP")
    assert loaded == {"count": 150}
