"""Letters through the API: who sees what, what is said of them, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from core.appeals.model import Appeal
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.mailbox.arrival import settle
from core.mailbox.letter.reader import read
from core.mailbox.model import Letter
from core.mailbox.store import Fetched, keep
from schema.graphql.ids import encode_id
from tests.core.mailbox import letters as say
from tests.core.mailbox.letters import letter, plain
from tests.schema.conftest import Api

FIELDS = """id kind state attachments unreadable whole size receivedAt fetchedAt foundBy dueAt said
    saidAt saidBy copyOf appeal { number } opened { number }"""
LIST = f"""query($filter: LetterFilter) {{ letters(filter: $filter) {{ totalCount nodes {{
    {FIELDS} }} }} letterCounts {{ unread waiting late decided machine }} }}"""
LIST_ALONE = "query($filter: LetterFilter) { letters(filter: $filter) { nodes { id } } }"
CONTENT = """query($filter: LetterFilter) { letters(filter: $filter) { nodes {
    content(purpose: "разбор") { address name subject text quoted
    attachments { name type size digest } unreadable { what why } } } } }"""
SAID = "... on Letter { said saidBy state } ... on Refusal { code clause { ref } }"
ADD = f"mutation($input: AddLetterInput!) {{ addLetter(input: $input) {{ {SAID} }} }}"
THANK = f"mutation($input: LetterInput!) {{ thankForLetter(input: $input) {{ {SAID} }} }}"
TAKE = """mutation($input: TakeLetterInInput!) { takeLetterIn(input: $input) {
    ... on TakenIn { status appeal { theme { key } channel { key } regime text } }
    ... on Refusal { code } } }"""


async def come(api: Api, raw: bytes, uid: int = 1) -> Letter:
    async with api.region.work(system()) as work:
        row = await keep(work, Fetched("box", 1, uid, work.now, raw, len(raw)))
        assert row is not None
        return await settle(work, row.id, read(raw), ())


async def reply(api: Api) -> tuple[Appeal, Letter]:
    case = await api.take()
    return case, await come(api, plain(f"Дополняю {case.number}: яма растёт."))


async def written(api: Api) -> int:
    async with api.region.database.reading() as session:
        counts = [
            await session.scalar(select(func.count()).select_from(kind))
            for kind in (JournalEntry, Appeal)
        ]
        return sum(count or 0 for count in counts)


async def test_a_list_says_what_each_letter_is(api: Api) -> None:
    case, row = await reply(api)
    await come(api, say.TNEF, 2)
    copied = letter("Message-ID: <a@x>")
    first = await come(api, copied, 3)
    await come(api, b"Received: x\r\n" + copied, 4)
    found = await api.data(LIST, "coordinator")
    assert found["letters"]["totalCount"] == 4
    copy, _, tnef, answer = found["letters"]["nodes"]
    assert (copy["kind"], copy["state"], copy["copyOf"]) == ("COPY", "MACHINE", encode_id(first))
    assert (tnef["attachments"], tnef["unreadable"], tnef["appeal"]) == (1, 1, None)
    assert answer["id"] == encode_id(row)
    assert (answer["appeal"], answer["foundBy"]) == ({"number": case.number}, "NUMBER")
    assert (answer["state"], answer["dueAt"]) == ("WAITING", "2026-03-03T18:59:59Z")
    assert found["letterCounts"] == {
        "unread": 0,
        "waiting": 3,
        "late": 0,
        "decided": 0,
        "machine": 1,
    }
    machines = {"kind": ["COPY"], "state": ["MACHINE"], "late": False}
    only = await api.data(LIST, "coordinator", filter=machines)
    assert only["letters"]["totalCount"] == 1


async def test_the_content_is_open_to_who_handles_the_case_and_journalled(api: Api) -> None:
    case, _ = await reply(api)
    await come(api, say.TNEF, 2)
    wanted = {"appeal": encode_id(case)}
    (node,) = (await api.data(CONTENT, "body-official", filter=wanted))["letters"]["nodes"]
    assert node["content"]["text"] == f"Дополняю {case.number}: яма растёт."
    assert node["content"]["address"] == "anna@example.org"
    every = (await api.data(CONTENT, "coordinator"))["letters"]["nodes"]
    assert [one["content"]["unreadable"] for one in every] == [
        [{"what": "winmail.dat", "why": "вложение Outlook (TNEF): содержание не раскрыто"}],
        [],
    ]
    async with api.region.database.reading() as session:
        query = select(JournalEntry.actor).where(JournalEntry.name == "letter.opened")
        opened = list(await session.scalars(query.order_by(JournalEntry.id)))
    assert opened == ["demo-body-official", "demo-coordinator", "demo-coordinator"]


@pytest.mark.parametrize("role", ["administrator", "curator", "notifier"])
async def test_who_takes_nothing_in_sees_no_letter(api: Api, role: str) -> None:
    await reply(api)
    error = await api.error(LIST_ALONE, role)
    assert error["extensions"]["code"] == "FORBIDDEN"


async def test_a_letter_is_added_to_its_case(api: Api) -> None:
    case, row = await reply(api)
    given = {"id": encode_id(row), "title": "Письмо", "appeal": encode_id(case)}
    said = (await api.data(ADD, "coordinator", input=given))["addLetter"]
    assert said == {"said": "ADDITION", "saidBy": "demo-coordinator", "state": "DECIDED"}


async def test_a_letter_is_taken_in(api: Api) -> None:
    row = await come(api, plain("Яма на Полевой."))
    given = {"id": encode_id(row), "theme": "roads", "offence": False}
    taken = (await api.data(TAKE, "coordinator", input=given))["takeLetterIn"]
    assert taken["status"] == "ADDED"
    assert taken["appeal"] == {
        "theme": {"key": "roads"},
        "channel": {"key": "e-mail"},
        "regime": "MESSAGE",
        "text": f"Яма на Полевой.\n\n[Письмо целиком: входящее письмо {row.id}]",
    }


async def test_thanks_are_no_appeal(api: Api) -> None:
    _, row = await reply(api)
    said = (await api.data(THANK, "coordinator", input={"id": encode_id(row)}))["thankForLetter"]
    assert (said["said"], said["state"]) == ("THANKS", "DECIDED")


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    (ADD, "addLetter", {"title": "Письмо"}, "INVALID"),
    (TAKE, "takeLetterIn", {"theme": "nothing"}, "UNKNOWN_THEME"),
    (THANK, "thankForLetter", {}, "INVALID"),
]


@pytest.mark.parametrize(("query", "field", "given", "code"), REFUSED)
async def test_a_refusal_writes_nothing(
    api: Api, query: str, field: str, given: dict[str, Any], code: str
) -> None:
    row = await come(api, plain())
    before = await written(api)
    for role, expected in (("coordinator", code), ("body-official", "FORBIDDEN")):
        refused = await api.data(query, role, input={"id": encode_id(row), **given})
        assert refused[field]["code"] == expected
    assert await written(api) == before
