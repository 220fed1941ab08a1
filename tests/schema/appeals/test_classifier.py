"""The classifier over the API: chosen while typing, given, corrected, asked for proof, found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from core.appeals.classifier.model import Category
from core.appeals.evidence import Evidence
from core.appeals.model import Appeal, LedgerEntry
from core.directory.model import Body
from core.kernel.access import system
from schema.graphql.ids import encode_id, global_id
from tests.fixtures.classifiers import ACT, classify
from tests.fixtures.clock import FrozenClock
from tests.fixtures.proofs import attached
from tests.schema.appeals.test_steps import step
from tests.schema.attachments.proofs import attached_evidence
from tests.schema.conftest import Api

OFFERED = """query($on: Date, $text: String, $most: Int! = 20) {
    classifier(on: $on, text: $text, most: $most) { key name season evidence
        terms { stage length unit words } clause { ref title text } } }"""
TAKE = """mutation($input: TakeInInput!) { takeIn(input: $input) { __typename
    ... on TakenIn { appeal { theme { key } category { key name } } }
    ... on Refusal { code text clause { ref title } } } }"""
CORRECT = """mutation($input: CorrectInput!) { correctAppeal(input: $input) { __typename
    ... on Corrected { appeal { theme { key } category { key } dueAt
        deadline { explanation { clause { ref title } } } } changed { name before after } }
    ... on Refusal { code text clause { ref title } } } }"""
FOUND = """query($keys: [String]) { appeals(filter: {category: $keys}) {
    totalCount
    nodes { externalId category { terms { words } evidence season since clause { ref } } } } }"""
ROWS = (
    f"1.1;{ACT};приложение 1;Дорога;Яма;;roads;;ответ: 3 рабочих дня;акт;;15.01.2026;",
    "1.2;;;;Пыль;;roads;16.04-31.10;;;;;",
    "2.1;;;Больница;Очередь;;health;;;;;;",
)
LETTER = {"channel": "letter", "externalId": "к-1", "text": "На дороге яма."}

COUNTED = """query($by: [Dimension!]!) { appealCounts(by: $by) {
    total group { dimension key name } } }"""
CUT = """query($by: [Dimension!]!, $measure: Statistic!) {
    appealCut(measure: $measure, by: $by, period: "2026-03") {
        rows { group { key name } cells { value { exact } cases } } } }"""


@pytest.fixture
async def classified(api: Api, tmp_path: Path) -> Api:
    await classify(api.region, tmp_path / "annex.csv", ROWS)
    return api


async def keys(api: Api, **asked: Any) -> list[str]:
    return [one["key"] for one in (await api.data(OFFERED, **asked))["classifier"]]


async def test_what_is_in_season_is_offered_by_beginnings_of_words(classified: Api) -> None:
    (hole, queue) = (await classified.data(OFFERED))["classifier"]
    assert hole == {
        "key": "1.1",
        "name": "Яма",
        "season": None,
        "evidence": ["act"],
        "terms": [
            {
                "stage": "ANSWER",
                "length": 3,
                "unit": "WORKING_DAYS",
                "words": "ответ — 3 рабочих дня",
            }
        ],
        "clause": {
            "ref": "classifier/1.1@2026-01-15",
            "title": f"{ACT}, приложение 1, строка 1.1",
            "text": "Дорога — Яма",
        },
    }
    assert queue["key"] == "2.1"
    assert await keys(classified, on="2026-04-16") == ["1.1", "1.2", "2.1"]
    assert await keys(classified, on="2026-04-15") == ["1.1", "2.1"]
    assert await keys(classified, on="2026-01-14") == []
    assert await keys(classified, text="дор ЯМ") == ["1.1"]
    assert await keys(classified, text="ям дом") == []
    assert await keys(classified, most=1) == ["1.1"]
    assert (await classified.error(OFFERED, most=51))["extensions"]["code"] == "TOO_MUCH"


async def test_a_category_comes_in_and_out_of_season_does_not(classified: Api) -> None:
    given = {**LETTER, "category": "1.2"}
    refused = (await classified.data(TAKE, "channel-adapter", input=given))["takeIn"]
    title = f"{ACT}, приложение 1, строка 1.2"
    assert refused == {
        "__typename": "Refusal",
        "code": "OUT_OF_SEASON",
        "text": "Категория «Дорога — Пыль» принимается с 16.04 по 31.10, а это 02.03.2026."
        f" Основание: {title}.",
        "clause": {"ref": "classifier/1.2@2026-01-15", "title": title},
    }
    async with classified.region.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(LedgerEntry)) == 0
    given = {**LETTER, "category": "1.1"}
    taken = (await classified.data(TAKE, "channel-adapter", input=given))["takeIn"]
    assert taken["__typename"] == "TakenIn"
    found = await classified.data(FOUND, "curator", keys=["1.1"])
    assert found["appeals"] == {
        "totalCount": 1,
        "nodes": [
            {
                "externalId": "к-1",
                "category": {
                    "terms": [{"words": "ответ — 3 рабочих дня"}],
                    "evidence": ["act"],
                    "season": None,
                    "since": "2026-01-15",
                    "clause": {"ref": "classifier/1.1@2026-01-15"},
                },
            }
        ],
    }
    assert (await classified.data(FOUND, "curator", keys=["2.1"]))["appeals"]["totalCount"] == 0


async def test_a_correction_brings_theme_and_terms_of_the_category(classified: Api) -> None:
    number = encode_id(await classified.take(theme="health", category="2.1"))
    given = {"id": number, "reason": "Ошибка регистратора", "theme": "roads"}
    refused = (await classified.data(CORRECT, "coordinator", input=given))["correctAppeal"]
    assert (refused["code"], refused["clause"]["ref"]) == (
        "UNKNOWN_CATEGORY", "classifier/2.1@2026-01-15",
    )  # fmt: skip
    given = {"id": number, "reason": "Ошибка регистратора", "category": "1.1"}
    told = (await classified.data(CORRECT, "coordinator", input=given))["correctAppeal"]
    assert told["appeal"] == {
        "theme": {"key": "roads"},
        "category": {"key": "1.1"},
        "dueAt": "2026-03-05T18:59:59Z",
        "deadline": {
            "explanation": {
                "clause": {
                    "ref": "classifier/1.1@2026-01-15",
                    "title": f"{ACT}, приложение 1, строка 1.1",
                }
            }
        },
    }
    names = {one["name"]: (one["before"], one["after"]) for one in told["changed"]}
    assert (names["theme"], names["category"]) == (("health", "roads"), ("2.1", "1.1"))


async def test_solved_is_proven_as_the_category_asks(classified: Api) -> None:
    appeal = await classified.take(category="1.1")
    number = encode_id(appeal)
    await step(classified, "body-official", "acceptAppeal", "StepInput", id=number)
    answer = {
        "id": number,
        "text": "Яма заделана.",
        "outcome": "SOLVED",
        "evidence": await attached_evidence(classified.region, number),
    }
    draft = """mutation($input: AnswerInput!) { answerAppeal(input: $input) { __typename
        ... on Refusal { code text clause { ref } } } }"""
    refused = (await classified.data(draft, "body-official", input=answer))["answerAppeal"]
    assert refused["code"] == "EVIDENCE_REQUIRED"
    assert refused["clause"] == {"ref": "classifier/1.1@2026-01-15"}
    assert refused["text"].startswith("По классификатору к ответу «решено» приложите: акт.")
    async with classified.region.work(system()) as work:
        (act,) = await attached(work, appeal.id, [Evidence("act")])
    proof = {"kind": act.kind, "attachment": global_id("Attachment", act.attachment or 0)}
    answer["evidence"] = [*answer["evidence"], proof]
    drafted = (await classified.data(draft, "body-official", input=answer))["answerAppeal"]
    assert drafted["__typename"] == "Appeal"
    async with classified.region.database.reading() as session:
        assert await session.scalar(select(Appeal.category_id)) == 1


async def test_open_cases_late_by_their_own_term_alone_are_told_from_the_statute(
    classified: Api, clock: FrozenClock
) -> None:
    """Three working days of the category have passed; the thirty of the law have not."""
    own = encode_id(await classified.take(category="1.1"))
    await classified.take(external_id="п-2", theme="health", category="2.1")
    clock.forward(days=7)
    asked = """query($by: LateBy!, $state: [State!]!) {
        appeals(filter: {lateBy: $by, state: $state}) { totalCount nodes { id lateBy } }
        appealCounts(by: [], filter: {lateBy: $by, state: $state}) { total } }"""
    given = {"state": ["QUEUED", "ASSIGNED", "IN_WORK"]}
    told = await classified.data(asked, "curator", by="OWN", **given)
    assert told["appeals"] == {"totalCount": 1, "nodes": [{"id": own, "lateBy": ["OWN"]}]}
    assert told["appealCounts"][0]["total"] == 1
    told = await classified.data(asked, "curator", by="STATUTE", **given)
    assert (told["appeals"]["totalCount"], told["appealCounts"][0]["total"]) == (0, 0)
    clock.forward(days=30)
    told = await classified.data(asked, "curator", by="OWN", **given)
    assert told["appeals"] == {"totalCount": 0, "nodes": []}
    told = await classified.data(asked, "curator", by="STATUTE", **given)
    assert (told["appeals"]["totalCount"], told["appealCounts"][0]["total"]) == (2, 2)


@pytest.mark.bare_rows
async def test_counts_by_category_lead_to_lists_by_the_same_keys(
    classified: Api, clock: FrozenClock, tmp_path: Path
) -> None:
    """Whatever the edition: a case of the former and one of the new row are of one category."""
    for number, category in (("1", "1.1"), ("2", "2.1"), ("3", None)):
        given = {**LETTER, "externalId": number, "category": category}
        assert (await classified.data(TAKE, "channel-adapter", input=given))["takeIn"]
    deeper = ROWS[0].replace("Яма", "Яма на мосту").replace("15.01.2026", "01.07.2026")
    await classify(classified.region, tmp_path / "next.csv", (deeper, *ROWS[1:]))
    clock.at(2026, 7, 2)
    given = {**LETTER, "externalId": "4", "category": "1.1"}
    assert (await classified.data(TAKE, "channel-adapter", input=given))["takeIn"]
    told = (await classified.data(COUNTED, "curator", by=["CATEGORY"]))["appealCounts"]
    hole, queue = "Дорога — Яма на мосту", "Больница — Очередь"
    assert [(one["total"], *one["group"][0].values()) for one in told] == [
        (2, "CATEGORY", "1.1", hole),
        (1, "CATEGORY", "2.1", queue),
        (1, "CATEGORY", None, None),
    ]
    for one in told:
        listed = await classified.data(FOUND, "curator", keys=[one["group"][0]["key"]])
        assert listed["appeals"]["totalCount"] == one["total"]
    async with classified.region.work(system()) as work:
        (body,) = await work.session.scalars(
            select(Body).where(Body.name == "Министерство полигона")
        )
        holes = select(Category.id).where(Category.key == "1.1")
        await work.session.execute(
            update(Appeal).where(Appeal.category_id.in_(holes)).values(body_id=body.id)
        )
    by = ["BODY", "CATEGORY"]
    told = (await classified.data(COUNTED, "curator", by=by))["appealCounts"]
    assert {tuple(key["name"] for key in one["group"]): one["total"] for one in told} == {
        ("Министерство полигона", hole): 2,
        (None, queue): 1,
        (None, None): 1,
    }
    for measure in ("COUNT", "MEDIAN_DAYS", "PROLONGED_DAYS"):
        asked = {"by": ["CATEGORY"], "measure": measure}
        rows = (await classified.data(CUT, "curator", **asked))["appealCut"]["rows"]
        assert {(one["group"][0]["key"], one["group"][0]["name"]) for one in rows} == {
            ("1.1", hole),
            ("2.1", queue),
            (None, None),
        }
