"""Keeping a case in order: corrections with what follows from them, notes, a named executor."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from core.appeals.applicants.model import Applicant
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notes.model import Note
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.sealing.concealing import revealed
from schema.graphql.ids import decode_id, encode_id, global_id
from tests.fixtures.actors import appoint
from tests.schema.appeals.test_steps import rows, step
from tests.schema.conftest import Api

CORRECT = """mutation($input: CorrectInput!) { correctAppeal(input: $input) { __typename
    ... on Corrected { appeal { theme { key } block { key } significant text }
        changed { name before after } proposed { key } dueBefore dueAfter }
    ... on Refusal { code text clause { ref } } } }"""
NOTES = "query($id: ID!) { appeal(id: $id) { notes { id actor text corrects { id } } } }"
FOUND = """query($person: ID!) { appeals(filter: {executor: [$person]}) {
    totalCount nodes { executor { name } } } }"""


@pytest.fixture
async def number(api: Api) -> str:
    return encode_id(await api.take())


async def correct(api: Api, role: str, number: str, **new: Any) -> Any:
    given = {"id": number, "reason": "Ошибка регистратора", **new}
    return (await api.data(CORRECT, role, input=given))["correctAppeal"]


async def fact(api: Api, number: str) -> LedgerEntry:
    async with api.region.database.reading() as session:
        query = select(LedgerEntry).where(LedgerEntry.appeal_id == decode_id(number, "Appeal"))
        return (await session.scalars(query.order_by(LedgerEntry.seq.desc()))).first()  # type: ignore[return-value]


@pytest.mark.clause("fz59/8.2")
async def test_a_theme_is_corrected_with_all_that_follows(api: Api, number: str) -> None:
    told = await correct(api, "coordinator", number, theme="health")
    assert told["__typename"] == "Corrected", told
    assert told["appeal"]["theme"] == {"key": "health"}
    changed = {one["name"]: (one["before"], one["after"]) for one in told["changed"]}
    assert changed["theme"] == ("roads", "health")
    line = await fact(api, number)
    assert (line.fact, line.reason, line.clause) == (
        "corrected", "Ошибка регистратора", "fz59/8.2",
    )  # fmt: skip
    assert line.data["corrected"]["theme"] == ["roads", "health"]
    assert {*line.data["corrected"]} == {*changed}
    again = await correct(api, "coordinator", number, theme="health")
    assert (again["code"], again["clause"]) == ("INVALID", {"ref": "fz59/8.2"})


async def test_text_place_and_applicant_are_corrected(api: Api, number: str) -> None:
    told = await correct(
        api, "curator", number, text="Провал на дороге.", address="ул. Новая, 1",
        contact={"name": "Иная Вера", "contact": "+7 900 000-00-09"},
    )  # fmt: skip
    names = {one["name"]: (one["before"], one["after"]) for one in told["changed"]}
    assert names == dict.fromkeys(("text", "address", "applicant"), (None, None))
    assert told["appeal"]["text"] == "Провал на дороге."
    kept = (await fact(api, number)).data["corrected"]
    async with api.region.reading(system()) as work:
        assert revealed(work.sealing.vault, kept["text"]) == [
            "На улице Полевой глубокая яма, машины бьют колёса.", "Провал на дороге.",
        ]  # fmt: skip
        old, new = [await work.session.get_one(Applicant, one) for one in kept["applicant_id"]]
        said = [work.keys.unseal(one.sealed)["name"] for one in (old, new)]
        assert said == ["Пробная Анна Ивановна", "Иная Вера"]
    words = "query($t: String) { appeals(filter: {text: $t}) { totalCount } }"
    for text, count in (("провалы", 1), ("яма", 0)):
        found = (await api.data(words, "curator", t=text))["appeals"]
        assert found["totalCount"] == count


async def test_an_addressee_is_told_by_its_key(api: Api, number: str) -> None:
    async with api.region.work(system()) as work:
        work.session.add(Body(key="agency", name="Агентство", kind="executive"))
    told = await correct(api, "coordinator", number, addressee="agency")
    names = {one["name"]: (one["before"], one["after"]) for one in told["changed"]}
    assert names["addressee"] == ("ministry", "agency")


async def test_what_is_wrong_or_not_allowed_changes_nothing(api: Api, number: str) -> None:
    before = await rows(api)
    told = [
        await correct(api, "coordinator", number, **new)
        for new in (
            {"theme": "nothing"}, {"municipality": "nowhere"}, {"addressee": "nobody"},
            {"text": " "}, {"address": "а" * 4_001}, {"theme": "health", "reason": " "},
            {"theme": "health", "expectedVersion": 99}, {},
        )
    ]  # fmt: skip
    assert [one["code"] for one in told] == [
        "UNKNOWN_THEME", "UNKNOWN_MUNICIPALITY", "UNKNOWN_BODY", "TEXT_EMPTY", "TEXT_TOO_LONG",
        "REASON_REQUIRED", "STALE", "INVALID",
    ]  # fmt: skip
    assert (await correct(api, "body-official", number, theme="health"))["code"] == "FORBIDDEN"
    assert await rows(api) == before


@pytest.mark.clause("fz59/8.3")
async def test_what_has_left_for_another_body_is_not_corrected(api: Api, number: str) -> None:
    await step(api, "body-official", "acceptAppeal", "StepInput", id=number)
    given = {"id": number, "body": "office", "reason": "Не наше"}
    await step(api, "body-head", "transferAppeal", "HandoverInput", **given)
    before = await rows(api)
    told = await correct(api, "coordinator", number, theme="health")
    assert (told["code"], told["clause"]) == ("WRONG_STATE", {"ref": "fz59/8.3"})
    assert "02.03.2026 уже направлено органу «Управление»" in told["text"]
    assert await rows(api) == before


async def test_notes_are_for_officials_and_only_added_to(api: Api, number: str) -> None:
    query = """mutation($input: NoteInput!) { writeNote(input: $input) {
        __typename ... on Refusal { code } } }"""

    async def write(role: str, **given: Any) -> Any:
        return (await api.data(query, role, input={"id": number, **given}))["writeNote"]

    assert await write("body-official", text="Звонил, просил перезвонить") == {
        "__typename": "Appeal"
    }
    (first,) = (await api.data(NOTES, "body-official", id=number))["appeal"]["notes"]
    assert first["actor"] == "demo-body-official"
    assert (await write("curator", text="Нет", corrects=first["id"]))["code"] == "FORBIDDEN"
    await write("body-official", text="Звонила, просила перезвонить", corrects=first["id"])
    again = await write("body-official", text="Опять", corrects=first["id"])
    assert again["code"] == "WRONG_STATE"
    unknown = await write("body-official", text="Опять", corrects=global_id("Note", 99))
    assert unknown["code"] == "NOT_FOUND"
    notes = (await api.data(NOTES, "curator", id=number))["appeal"]["notes"]
    assert [(one["text"], one["corrects"]) for one in notes] == [
        ("Звонил, просил перезвонить", None),
        ("Звонила, просила перезвонить", {"id": first["id"]}),
    ]
    with pytest.raises(DatabaseError, match="append-only"):
        async with api.region.work(system()) as work:
            await work.session.execute(update(Note).values(text="Другое"))
    error = await api.error(NOTES, "administrator", id=number)
    assert error["extensions"]["code"] == "FORBIDDEN"


async def test_an_executor_is_named_found_and_left_behind(api: Api, number: str) -> None:
    async with api.region.work(system()) as work:
        bodies = {row.key: row.id for row in await work.session.scalars(select(Body))}
        own = await appoint(work, "body-official", body_id=bodies["ministry"], subject="own")
        foreign = await appoint(work, "body-official", body_id=bodies["office"], subject="foreign")
    person, other = (global_id("Person", one.person_id or 0) for one in (own, foreign))
    given = {"id": number, "person": person}
    named = await step(api, "body-official", "nameExecutor", "ExecutorInput", **given)
    assert named["__typename"] == "Appeal"
    found = (await api.data(FOUND, "curator", person=person))["appeals"]
    assert (found["totalCount"], len(found["nodes"])) == (1, 1)
    assert found["nodes"][0]["executor"]["name"]
    before = await rows(api)
    for one, code in ((other, "OUTSIDE_POOL"), (global_id("Person", 999), "PERSON_DISMISSED")):
        refused = await step(
            api, "body-official", "nameExecutor", "ExecutorInput", id=number, person=one
        )
        assert refused["code"] == code
    assert await rows(api) == before
    await step(
        api, "body-head", "transferAppeal", "HandoverInput", id=number, body="office", reason="Вам"
    )
    async with api.region.database.reading() as session:
        appeal = await session.get_one(Appeal, decode_id(number, "Appeal"))
        assert (appeal.executor_id, appeal.state) == (None, "assigned")
