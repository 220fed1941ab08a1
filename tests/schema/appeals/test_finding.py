"""Finding appeals: by number, by what happened, by who wrote; orders, cursors, drill-downs."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.marks import run_mark
from core.appeals.applicants.model import Applicant
from core.appeals.rules.intake import ApplicantKind
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.keyring import data_mark
from schema.graphql.ids import encode_id, global_id
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_steps import SENT, step
from tests.schema.conftest import Api

LIST = """query($filter: AppealFilter, $order: AppealOrder, $after: String) {
    appeals(filter: $filter, order: $order, after: $after, first: 1) {
        totalCount nodes { externalId } pageInfo { endCursor } } }"""
ALL = """query($filter: AppealFilter, $order: AppealOrder) {
    appeals(filter: $filter, order: $order) { totalCount nodes { externalId } } }"""
OF = """query($purpose: String!, $name: String, $contact: String, $address: String) {
    appealsOf(purpose: $purpose, name: $name, contact: $contact, address: $address) {
        externalId } }"""


@pytest.fixture
async def cases(api: Api, clock: FrozenClock) -> dict[str, str]:
    """One of each kind: fresh, answered two hours later, queued, of a firm."""
    found = {"fresh": await api.take(external_id="fresh", address="ул. Полевая, д. 5")}
    found["answered"] = await api.take(
        external_id="answered", address="Улица Лесная, 12",
        contact=Contact(name="Проверкин Пётр", contact="8 (900) 000-00-01"),
    )  # fmt: skip
    found["queued"] = await api.take(external_id="queued", theme=None, addressee=None)
    found["firm"] = await api.take(
        external_id="firm", applicant_kind=ApplicantKind.LEGAL_ENTITY, text="Другая яма.",
        contact=Contact(name="Иванова пробная анна", contact="anna@Example.org"),
    )  # fmt: skip
    ids = {name: encode_id(appeal) for name, appeal in found.items()}
    clock.forward(hours=2)
    await step(api, "body-official", "acceptAppeal", "StepInput", id=ids["answered"])
    await step(
        api, "body-official", "answerAppeal", "AnswerInput", id=ids["answered"], text="Нет.",
        outcome="EXPLAINED", **SENT,
    )  # fmt: skip
    return ids


async def listed(api: Api, order: str = "NUMBER", **wanted: Any) -> list[str]:
    page = (await api.data(ALL, "curator", filter=wanted, order=order))["appeals"]
    names = [node["externalId"] for node in page["nodes"]]
    assert page["totalCount"] == len(names)
    return names


EVERY = ["fresh", "answered", "queued", "firm"]


FOUND: list[tuple[dict[str, Any], list[str]]] = [
    ({"externalId": " queued "}, ["queued"]),
    ({"externalId": "\u200equeued\u200b"}, ["queued"]),
    ({"externalId": "Queued"}, []),
    ({"applicantKind": ["LEGAL_ENTITY"]}, ["firm"]),
    ({"address": "полев"}, ["fresh"]),
    ({"address": "ЛЕСНАЯ 12"}, ["answered"]),
    ({"address": "ул. Лесная, дом 12"}, ["answered"]),
    ({"address": "Полевая улица, 5"}, ["fresh"]),
    ({"address": "ул."}, ["fresh", "answered"]),
    ({"address": "лесная 5"}, []),
    ({"address": "евая"}, []),
    ({"address": "%"}, []),
    ({"address": " 😀 "}, []),
    ({"address": "305000, обл., ул. Полевая, д. 5"}, ["fresh"]),
    ({"answeredFrom": "2026-03-02T14:00:00Z"}, ["answered"]),
    ({"answeredBefore": "2026-03-02T14:00:00Z"}, []),
    ({"registeredFrom": "2026-03-02T12:00:00Z"}, EVERY),
    ({"registeredBefore": "2026-03-02T12:00:00Z"}, []),
    ({"closedFrom": "2026-03-02T12:00:00Z"}, []),
    ({"changedAfter": "2026-03-02T12:00:00Z"}, ["answered"]),
    ({"prolonged": True}, []),
    ({"transferred": False, "reworked": False, "prolonged": False}, EVERY),
    ({"significant": True}, ["fresh", "answered", "firm"]),
    ({"significant": False}, ["queued"]),
    ({"body": ["ministry"], "outcome": [None]}, ["fresh", "firm"]),
    ({"body": ["ministry", None]}, EVERY),
    ({"body": [None]}, ["queued"]),
    ({"theme": [None]}, ["queued"]),
    ({"theme": [None, "roads"]}, EVERY),
    ({"outcome": ["EXPLAINED"]}, ["answered"]),
    ({"dueRule": [None]}, ["answered"]),
    ({"charge": ["NOBODY"]}, ["queued"]),
    ({"charge": ["OWN"]}, ["fresh", "answered", "firm"]),
    ({"charge": ["FOREIGN"]}, []),
    ({"charge": ["OWN", "NOBODY"], "view": "FEDERAL"}, EVERY),
]  # fmt: skip


async def test_what_is_looked_for_is_found_and_counted(api: Api, cases: dict[str, str]) -> None:
    counts = "query($f: AppealFilter) { appealCounts(by: [], filter: $f) { total } }"
    for wanted, expected in FOUND:
        assert await listed(api, **wanted) == expected, wanted
        (counted,) = (await api.data(counts, "curator", f=wanted))["appealCounts"]
        assert (counted["total"] or 0) == len(expected), wanted


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"body": [global_id("Body", 10**9)]}, "«1000000000»"),
        ({"body": ["ministri"]}, "«ministri» в регионе не бывает; похоже на «ministry»"),
        ({"theme": ["nothing"]}, "«nothing»"),
        ({"municipality": ["nowhere"]}, "«nowhere»"),
        ({"executor": [global_id("Person", 10**9)]}, "Такого исполнителя в регионе не бывает"),
    ],
)
async def test_what_the_region_never_had_is_refused_in_lists_and_counts_alike(
    api: Api, wanted: dict[str, Any], named: str
) -> None:
    for asked in (
        "appeals(filter: $f) { totalCount }",
        "appealCounts(by: [], filter: $f) { total }",
    ):
        query = "query($f: AppealFilter) { " + asked + " }"
        error = await api.error(query, "curator", f=wanted)
        assert (error["extensions"]["code"], named in error["message"]) == ("INVALID", True)


async def test_what_has_gone_on_behind_a_place_of_the_stream(
    api: Api, cases: dict[str, str]
) -> None:
    assert await listed(api, toldAfter="0") == EVERY
    place = (await api.data("{ eventCursor }", "curator"))["eventCursor"]
    assert await listed(api, toldAfter=place) == []
    await api.take(external_id="later")
    assert await listed(api, toldAfter=place) == ["later"]
    for none in ("", "x", "-1", "²", "9" * 40):
        error = await api.error(LIST, "curator", filter={"toldAfter": none})
        assert error["extensions"]["code"] == "INVALID", none


async def test_a_number_is_forgiven_how_it_is_typed(api: Api, cases: dict[str, str]) -> None:
    query = "query($id: ID!) { appeal(id: $id) { number } }"
    number = (await api.data(query, "curator", id=cases["queued"]))["appeal"]["number"]
    prefix, year, n = number.split("-")
    for said in (number, f"{prefix} {year} {int(n)}", number.replace("0", "O"), f"№{number}"):
        assert await listed(api, number=said) == ["queued"]
    assert await listed(api, number=f"{prefix}-{year}-999") == []


async def test_orders(api: Api, cases: dict[str, str], clock: FrozenClock) -> None:
    assert await listed(api, "CHANGED") == ["answered", "firm", "queued", "fresh"]
    assert await listed(api, "CHANGED_EARLIEST") == ["fresh", "queued", "firm", "answered"]
    assert await listed(api, "DELAY") == []
    clock.forward(days=40)
    assert await listed(api, "DELAY") == ["fresh", "queued", "firm"]


async def test_a_cursor_of_another_order_is_refused(api: Api, cases: dict[str, str]) -> None:
    first = (await api.data(LIST, "curator", order="NEWEST"))["appeals"]
    after = first["pageInfo"]["endCursor"]
    follows = (await api.data(LIST, "curator", order="NEWEST", after=after))["appeals"]
    assert follows["nodes"] != first["nodes"]
    for other in ("OLDEST", "DUE_SOONEST", "CHANGED", "NUMBER"):
        error = await api.error(LIST, "curator", order=other, after=after)
        assert (error["extensions"]["code"], error["path"]) == ("INVALID", ["appeals"])


async def test_a_count_leads_to_its_list_by_the_same_values(
    api: Api, cases: dict[str, str]
) -> None:
    names = {"THEME": "theme", "BODY": "body", "OUTCOME": "outcome", "DUE_RULE": "dueRule"}
    query = """query($by: [Dimension!]!) { appealCounts(by: $by) {
        total group { dimension key } } }"""
    counts = (await api.data(query, "curator", by=[*names]))["appealCounts"]
    assert len(counts) == 3
    for one in counts:
        wanted: Any = {names[key["dimension"]]: [key["key"]] for key in one["group"]}
        assert len(await listed(api, **wanted)) == one["total"]


async def test_an_applicant_is_found_by_marks_and_the_look_is_journalled(
    api: Api, cases: dict[str, str]
) -> None:
    async def found(**said: str) -> list[str]:
        rows = (await api.data(OF, "curator", purpose="Звонок", **said))["appealsOf"]
        return [row["externalId"] for row in rows]

    anna = ["firm", "queued", "fresh"]
    assert await found(name="Анна Пробная") == anna[1:]
    assert await found(name="ПРОБНАЯ АННА ИВАНОВНА") == anna[1:]
    assert await found(name="Пробная") == []
    assert await found(name="петр проверкин", contact="+7 900 000 00 01") == ["answered"]
    assert await found(name="Пётр Проверкин", contact="+7 900 000 00 02") == []
    assert await found(contact="ANNA@example.org") == anna
    async with api.region.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.name == "applicant.sought")
        lines = (await session.scalars(query.order_by(JournalEntry.id))).all()
        said = orjson.dumps([[line.subject, line.cause, line.after] for line in lines]).decode()
    assert [line.after["by"] for line in lines[3:4]] == [["contact", "name"]]
    assert (len(lines), lines[0].cause, lines[0].actor) == (6, "Звонок", "demo-curator")
    assert not any(word in said.casefold() for word in ("пробн", "anna", "900"))


async def test_an_applicant_is_not_looked_for_without_right_or_purpose(
    api: Api, cases: dict[str, str]
) -> None:
    query = OF.replace("$purpose: String!", '$purpose: String! = "Звонок"')
    assert (await api.error(query, "channel-adapter", name="А Б"))["extensions"] == {
        "code": "FORBIDDEN"
    }
    empty = await api.error(OF, "curator", purpose=" ", name="Анна Пробная")
    assert empty["extensions"]["code"] == "REASON_REQUIRED"
    assert (await api.error(query, "curator"))["extensions"]["code"] == "INVALID"
    async with api.region.database.reading() as session:
        lines = select(JournalEntry.id).where(JournalEntry.name == "applicant.sought")
        assert (await session.scalars(lines)).all() == []


async def test_old_applicants_are_marked_by_the_job(api: Api, cases: dict[str, str]) -> None:
    names = (
        "name_mark", "short_mark", "contact_mark", "other_mark", "address_mark", "marked_by",
    )  # fmt: skip

    async def marks() -> list[Any]:
        async with api.region.database.reading() as session:
            rows = await session.scalars(select(Applicant).order_by(Applicant.id))
            return [[getattr(row, name) for name in names] for row in rows]

    before = await marks()
    async with api.region.work(system()) as work:
        for row in await work.session.scalars(select(Applicant)):
            for name in names:
                setattr(row, name, None)
            row.marked_by = data_mark(api.region.keys.ring.data[0])  # as it was marked before
    async with api.region.work(system()) as work:
        await run_mark(work, {})
    assert await marks() == before
    assert all(len(mark) == 32 for row in before for mark in row if mark)


async def test_many_objects_at_once(api: Api, cases: dict[str, str]) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    ids = [cases["firm"], global_id("Appeal", 10**9), cases["fresh"]]
    data = await api.data(query, "curator", ids=ids)
    assert data["nodes"] == [{"id": ids[0]}, None, {"id": ids[2]}]
    answer = (await api.post(query, {"ids": [ids[0], "x"]}, role="curator")).json()
    assert answer["data"]["nodes"] == [{"id": ids[0]}, None]
    assert [error["path"] for error in answer["errors"]] == [["nodes", 1]]
    error = await api.error(query, "curator", ids=ids * 40)
    assert error["extensions"]["code"] == "TOO_MUCH"


async def test_names_to_complete(api: Api) -> None:
    bodies = "query($s: String) { bodies(search: $s) { nodes { key } } }"
    query = "query($s: String!, $n: Int! = 10) { officials(search: $s, most: $n) { name } }"
    every = (await api.data("{ bodies { nodes { key name } } }", "curator"))["bodies"]["nodes"]
    ministry = next(one["name"] for one in every if one["key"] == "ministry")
    word = ministry.split()[0]
    expected = [{"key": one["key"]} for one in every if word.lower() in one["name"].lower()]
    for said in (word.lower(), word.upper(), word.capitalize()):
        assert (await api.data(bodies, "curator", s=said))["bodies"]["nodes"] == expected
    assert {"key": "ministry"} in expected
    assert (await api.data(bodies, "curator", s="minis"))["bodies"]["nodes"] == [
        {"key": "ministry"}
    ]
    people = (await api.data("{ persons { nodes { name } } }", "curator"))["persons"]["nodes"]
    name = people[0]["name"]
    assert {"name": name} in (await api.data(query, "curator", s=name[:3].lower()))["officials"]
    assert (await api.data(query, "curator", s="щщщ"))["officials"] == []
    assert (await api.error(query, "curator", s="а", n=51))["extensions"]["code"] == "TOO_MUCH"


async def test_many_applicants_are_read_with_a_reason(
    api: Api, monkeypatch: pytest.MonkeyPatch, cases: dict[str, str]
) -> None:
    monkeypatch.setattr("core.appeals.applicants.many.MOST_WITHOUT", 3)
    query = 'query { appeals { nodes { applicant(purpose: "Сверка") { name } } } }'
    answer = (await api.post(query, role="curator")).json()
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["MANY_PERSONS"]
    opened = """mutation($n: Int!) { readManyApplicants(input: {reason: "Сверка", persons: $n}) {
        ... on ManyReading { actor persons read } ... on Refusal { code } } }"""
    assert await api.data(opened, "curator", n=3) == {"readManyApplicants": {"code": "INVALID"}}
    said = {"actor": "demo-curator", "persons": 4, "read": 0}
    assert await api.data(opened, "curator", n=4) == {"readManyApplicants": said}
    nodes = (await api.data(query, "curator"))["appeals"]["nodes"]
    assert [bool(node["applicant"]["name"]) for node in nodes] == [True] * 4
    shown = await api.data("{ manyReadings { actor reason persons read } }", "curator")
    assert shown == {"manyReadings": [{**said, "reason": "Сверка", "read": 4}]}
    assert (await api.error("{ manyReadings { actor } }", "channel-adapter"))["extensions"] == {
        "code": "FORBIDDEN"
    }
