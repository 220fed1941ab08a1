"""Ratings over HTTP: the whole life, what each reader is shown, refusals as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from core.directory.model import Body
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.ratings.model import RatingFigure, RatingLook, RatingVersion
from tests.core.ratings.test_series import LINES, loaded
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

pytestmark = pytest.mark.bare_rows
PLACE = {"method": "federal", "period": "2026-Q1"}
GROUND = {"kind": "ORDER", "number": "12-р", "date": "2026-05-20"}
REFUSED = "... on Refusal { code text clause { ref } }"
STEP = f"""mutation M($input: RatingInput!) {{ %s(input: $input) {{
  ... on Rating {{ stage }} {REFUSED} }} }}"""
SHOWN = """query R($method: String!, $period: String!) { rating(method: $method, period: $period) {
  name stage clause { ref } looks { actor whole }
  versions { number stage moved { name before after } table { full json
    groups { key name mean rankability lead } entries {
    subject group standing best worst score raw cases
    contributions { criterion measure value scaled cases }
  } } } objections { number subject text upheld answer } } }"""


async def step(api: Api, name: str, role: str | None = "curator") -> dict[str, Any]:
    return (await api.data(STEP % name, role, input=PLACE))[name]  # type: ignore[no-any-return]


@pytest.fixture
async def rated(api: Api, clock: FrozenClock) -> Api:
    """Two bodies with enough cases of the first quarter, and an official of one of them."""
    clock.at(2026, 6, 1)
    async with api.region.work(system()) as work:
        work.session.add(Body(key="agency", name="Агентство", kind="executive"))
        await work.session.flush()
        found = await work.session.scalars(select(Body.id).where(Body.key == "agency"))
        await appoint(work, "body-official", body_id=found.one(), subject="demo-agency")
    await fill(api.region, "ministry", MINIMUM, 0)
    await fill(api.region, "agency", 31, MINIMUM - 31)
    return api


async def test_a_rating_is_shown_objected_to_published_and_moved(
    rated: Api, clock: FrozenClock
) -> None:
    api = rated
    early = await step(api, "draftRating")
    assert (early["code"], early["clause"]) == ("WRONG_STATE", {"ref": "tsur.practice/rating-life"})
    assert await step(api, "publishTrialRating") == {"stage": "TRIAL"}
    assert await step(api, "draftRating") == {"stage": "DRAFT"}
    assert (await step(api, "publishRating", "coordinator"))["code"] == "FORBIDDEN"
    move = f"""mutation M($input: MoveRatingInput!) {{ moveRatingRelease(input: $input) {{
      ... on RatingMove {{ draftOn finalOn reason ground }} {REFUSED} }} }}"""
    days = {"draftOn": "2026-06-01", "finalOn": "2026-06-25"}
    given = {"rating": PLACE, **days, "reason": "Сбор сведений", "ground": GROUND}
    moved = (await api.data(move, "curator", input=given))["moveRatingRelease"]
    assert moved == {**days, "reason": "Сбор сведений", "ground": "приказ № 12-р от 20.05.2026"}
    calendar = await api.data(
        "{ ratingCalendar { method period draftOn finalOn stage late moved { reason } } }",
        "curator",
    )
    (one,) = [
        row
        for row in calendar["ratingCalendar"]
        if (row["method"], row["period"]) == ("federal", "2026-Q1")
    ]
    assert (one["finalOn"], one["stage"], one["late"]) == ("2026-06-25", "DRAFT", False)
    object_ = f"""mutation M($input: ObjectToRatingInput!) {{ objectToRating(input: $input) {{
      ... on RatingObjection {{ number subject appeals }} {REFUSED} }} }}"""
    said = {"rating": PLACE, "subject": "agency", "text": "Ответ дан", "appeals": ["agency-01-3"]}
    denied = (await api.data(object_, "curator", input=said))["objectToRating"]
    assert denied["code"] == "FORBIDDEN"
    filed = (await api.data(object_, "agency", input=said))["objectToRating"]
    assert filed == {"number": 1, "subject": "agency", "appeals": ["agency-01-3"]}
    answer = f"""mutation M($input: AnswerRatingObjectionInput!) {{
      answerRatingObjection(input: $input) {{
      ... on RatingObjection {{ upheld answer }} {REFUSED} }} }}"""
    reply = {"rating": PLACE, "number": 1, "upheld": False, "text": "Ответ внесён после срока"}
    answered = (await api.data(answer, "curator", input=reply))["answerRatingObjection"]
    assert answered == {"upheld": False, "answer": "Ответ внесён после срока"}
    clock.at(2026, 6, 25)
    assert await step(api, "publishRating") == {"stage": "FINAL"}
    correct = f"""mutation M($input: CorrectRatingInput!) {{ correctRating(input: $input) {{
      ... on Rating {{ stage }} {REFUSED} }} }}"""
    nothing = await api.data(correct, "curator", input={"rating": PLACE, "reason": "Ошибка"})
    assert nothing["correctRating"]["text"].startswith("Исправлять нечего")
    async with api.region.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(RatingVersion)) == 3


async def test_each_reader_is_shown_what_is_his(rated: Api) -> None:
    api = rated
    await step(api, "publishTrialRating")
    await step(api, "draftRating")
    whole = (await api.data(SHOWN, "curator", **PLACE))["rating"]
    assert [(one["number"], one["stage"]) for one in whole["versions"]] == [
        (1, "TRIAL"),
        (2, "DRAFT"),
    ]
    first, second = whole["versions"][1]["table"]["entries"]
    assert (first["standing"], first["best"], first["worst"], first["score"]) == (
        "место 1", 1, 1, 100,
    )  # fmt: skip
    assert second["raw"] == "200/3"
    assert [(part["criterion"], part["scaled"]) for part in second["contributions"]] == [
        ("number", None),
        ("time", pytest.approx(100 / 3)),
        ("completeness", 100),
    ]
    assert [part["measure"] for part in second["contributions"]] == ["VOLUME", "DAYS", "MERITS"]
    assert '"squares"' in whole["versions"][1]["table"]["json"]
    own = (await api.data(SHOWN, "agency", **PLACE))["rating"]
    tables = [one["table"] for one in own["versions"]]
    assert [[entry["subject"] for entry in one["entries"]] for one in tables] == [
        ["ministry", "agency"],
        ["agency"],
    ]
    assert [one["json"] for one in tables] == [None, None]
    assert [one["group"] for one in tables[0]["entries"]] == ["all", "all"]
    assert tables[0]["groups"] == [
        {"key": "all", "name": "все вместе", "mean": 84, "rankability": 0.98, "lead": None}
    ]
    assert tables[1]["entries"][0]["cases"] == MINIMUM
    assert tables[0]["entries"][0]["cases"] == 95
    assert own["looks"] == []
    other = (await api.data(SHOWN, "administrator", **PLACE))["rating"]
    assert [one["stage"] for one in other["versions"]] == ["TRIAL"]
    assert [entry["contributions"] for entry in other["versions"][0]["table"]["entries"]] == [
        [],
        [],
    ]
    again = (await api.data(SHOWN, "curator", **PLACE))["rating"]
    assert again["looks"] == [
        {"actor": "demo-curator", "whole": True},
        {"actor": "demo-agency", "whole": False},
    ]
    async with api.region.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(RatingLook)) == 2


async def test_numbers_open_their_cases(rated: Api) -> None:
    api = rated
    await step(api, "publishTrialRating")
    query = """query C($method: String!, $period: String!, $subject: String!, $version: Int!) {
      ratingCases(method: $method, period: $period, version: $version, subject: $subject,
        first: 2) { totalCount nodes { days hours merits returned appeal { number } } } }"""
    found = await api.data(query, "curator", **PLACE, subject="agency", version=1)
    assert found["ratingCases"] == {
        "totalCount": MINIMUM,
        "nodes": [
            {
                "days": 10,
                "hours": 240,
                "merits": True,
                "returned": False,
                "appeal": {"number": f"agency-01-{number}"},
            }
            for number in range(2)
        ],
    }
    for role, subject, version in (("agency", "ministry", 1), ("curator", "agency", 7)):
        error = await api.error(query, role, **PLACE, subject=subject, version=version)
        assert error["extensions"]["code"] == "NOT_FOUND"


async def test_as_published_and_as_known_today(rated: Api, clock: FrozenClock) -> None:
    api = rated
    await step(api, "publishTrialRating")
    await step(api, "draftRating")
    query = """query R($method: String!, $period: String!) {
      rating(method: $method, period: $period) { today { full entries { subject score } }
      changes { appeal key causes { kind } } } }"""
    found = (await api.data(query, "curator", **PLACE))["rating"]
    assert found["today"]["entries"][0] == {"subject": "ministry", "score": 100}
    assert found["changes"] == []
    error = await api.error(query, "agency", **PLACE)
    assert error["extensions"]["code"] == "FORBIDDEN"
    error = await api.error(query, "curator", method="federal", period="2025-Q4")
    assert error["extensions"]["code"] == "NOT_FOUND"


async def test_what_appeals_do_not_tell_is_entered(rated: Api) -> None:
    api = rated
    async with api.region.work(system()) as work:
        work.session.add(Body(key="town", name="Город", kind="municipal"))
    enter = f"""mutation M($input: EnterRatingFigureInput!) {{ enterRatingFigure(input: $input) {{
      ... on RatingFigure {{ criterion subject hits total source ground actor }} {REFUSED} }} }}"""
    said = {
        "criterion": "digital-transformation",
        "subject": "town",
        "hits": 7,
        "total": 9,
        "source": "Оценка министерства",
    }
    given = {"rating": {"method": "municipal", "period": "2026-Q1"}, **said, "ground": GROUND}
    entered = (await api.data(enter, "curator", input=given))["enterRatingFigure"]
    actor = entered.pop("actor")
    assert entered == {**said, "ground": "приказ № 12-р от 20.05.2026"}
    denied = (await api.data(enter, "coordinator", input=given))["enterRatingFigure"]
    more = (await api.data(enter, "curator", input={**given, "hits": 10}))["enterRatingFigure"]
    assert (denied["code"], more["code"]) == ("FORBIDDEN", "INVALID")
    async with api.region.database.reading() as session:
        (row,) = await session.scalars(select(RatingFigure))
    assert (row.actor, row.hits, row.total) == (actor, 7, 9)


async def test_a_draft_method_is_tried_and_journalled(rated: Api) -> None:
    api = rated
    query = """query L($draft: RatingDraftInput!) {
      ratingLaboratory(method: "federal", periods: ["2026-Q1"], draft: $draft) {
      period refused current { minimum } draft { minimum entries { subject score } }
      movers { name before after through caseCount shifts { criterion beside }
        cases { before after appeal { number } } } } }"""
    draft = {"weights": [{"criterion": "time", "weight": 0}]}
    (run,) = (await api.data(query, "curator", draft=draft))["ratingLaboratory"]
    assert (run["period"], run["refused"], run["current"]) == (
        "2026-Q1",
        None,
        {"minimum": MINIMUM},
    )
    assert [one["score"] for one in run["draft"]["entries"]] == [100, 100]
    (up,) = [one for one in run["movers"] if one["name"] == "Агентство"]
    assert (up["before"], up["after"], up["through"]) == (
        "место 2",
        "как ожидалось",
        "time",
    )
    assert up["caseCount"] == MINIMUM - 31
    assert up["cases"][0] == {"before": 50, "after": 100, "appeal": {"number": "agency-01-31"}}
    error = await api.error(query, "agency", draft=draft)
    assert error["extensions"]["code"] == "FORBIDDEN"
    error = await api.error(query, "curator", draft={})
    assert error["extensions"]["code"] == "INVALID"
    async with api.region.database.reading() as session:
        lines = select(func.count()).select_from(JournalEntry)
        runs = lines.where(JournalEntry.name == "rating.rehearsed")
        assert await session.scalar(runs) == 1
        assert await session.scalar(select(func.count()).select_from(RatingVersion)) == 0


async def test_a_series_made_elsewhere_has_its_own_marks(api: Api, tmp_path: Path) -> None:
    await loaded(api.region, tmp_path, *LINES)
    query = """query S($period: String) { ratingSeries(period: $period) {
      name source method edition period values { subject indicator title value place mark } } }"""
    (one,) = (await api.data(query, "administrator", period="2026-Q1"))["ratingSeries"]
    assert [(value["value"], value["mark"]) for value in one["values"]] == [
        ("98,70 %", "VALUE"),
        (None, "MISSING"),
        ("0", "ZERO"),
        ("7", "PROVISIONAL"),
    ]
    assert (await api.data(query, "curator", period="2026"))["ratingSeries"] == []
    error = await api.error(query, "curator", period="весна")
    assert error["extensions"]["code"] == "INVALID"
    error = await api.error(query, None)
    assert error["extensions"]["code"] in {"FORBIDDEN", "UNAUTHENTICATED"}


@pytest.mark.clause("ru.1844/8.ж")
async def test_what_the_region_hands_to_the_competence_centre(rated: Api) -> None:
    query = """query T($period: String!) { regionTally(period: $period) {
      name period cases json clause { ref } contributions { criterion value scaled } } }"""
    told = (await rated.data(query, "curator", period="2026-Q1"))["regionTally"]
    assert (told["name"], told["period"], told["cases"], told["clause"]) == (
        "Полигон", "2026-Q1", 2 * MINIMUM, {"ref": "ru.1844/8.ж"},
    )  # fmt: skip
    assert [(one["criterion"], one["scaled"]) for one in told["contributions"]] == [
        ("number", None),
        ("time", pytest.approx(100 * (MINIMUM + 31) / (2 * MINIMUM))),
        ("completeness", 100),
    ]
    assert '"2026-Q1":[[10,true,false,124],[50,true,false,62]]' in told["json"]
    error = await rated.error(query, "agency", period="2026-Q1")
    assert error["extensions"]["code"] == "FORBIDDEN"
