"""What a person says of a letter, and what is registered where nobody says it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.appeals.applicants.many import open_reading, readings_of_many
from core.appeals.applicants.model import LetterLook, PersonLook
from core.appeals.applicants.service import read_contact
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.words import word_of
from core.kernel.access import system
from core.kernel.incidents.model import Incident
from core.kernel.journal import JournalEntry
from core.kernel.texts import LONGEST_TEXT
from core.mailbox.access import open_letter
from core.mailbox.decisions import Matter, add_letter, take_letter_in, thank
from core.mailbox.model import Letter
from core.mailbox.queries import LetterCounts, LetterFilter, count_letters, letters
from core.mailbox.store import Fetched, keep
from core.mailbox.sweep import register_unsaid, run_letters
from tests.core.mailbox import letters as say
from tests.core.mailbox.conftest import Post
from tests.core.mailbox.letters import FROM, HOLE, letter, plain, word

UNSAID, ADDS = "tsur.practice/letters.unsaid", "fz59/5.1"
WRITTEN = (Appeal, LedgerEntry, JournalEntry)


async def reply(post: Post) -> tuple[int, Letter]:
    """A case, and a letter to it."""
    taken = await post.desk.take()
    return taken.appeal_id, await post.come(plain(f"Дополняю {taken.number}: яма растёт."))


async def sweep(post: Post) -> int:
    async with post.desk.work(system()) as work:
        return await register_unsaid(work)


@pytest.mark.clause(ADDS)
async def test_an_addition_is_a_document_of_its_case(post: Post) -> None:
    case, row = await reply(post)
    async with post.desk.work(post.desk.coordinator) as work:
        await add_letter(work, row.id, "Письмо о размере ямы")
    entry = (await post.desk.ledger(case))[-1]
    place = word_of(post.desk.region.sealing.vault, entry.data, "reference")
    assert (entry.fact, entry.reason, place) == (
        "supplemented",
        "Письмо о размере ямы",
        f"письмо {row.id}",
    )
    said = await post.letter(row.id)
    assert (said.said, said.said_by, said.state) == ("addition", "coordinator", "decided")
    assert await sweep(post) == 0


@pytest.mark.clause(ADDS)
async def test_a_person_names_the_case_that_was_not_found(post: Post) -> None:
    case = (await post.desk.take()).appeal_id
    row = await post.come(plain())
    refused = await post.refusal(post.desk.coordinator, add_letter, row.id, "Фото")
    assert refused == ("INVALID", ADDS)
    async with post.desk.work(post.desk.coordinator) as work:
        await add_letter(work, row.id, "Фото", case)
    assert (await post.letter(row.id)).found_by == "person"
    assert (await post.letter(row.id)).appeal_id == case


@pytest.mark.clause("fz59/8.2")
async def test_a_new_appeal_is_a_message_by_law_for_nobody_is_identified(post: Post) -> None:
    came = post.desk.now() - timedelta(hours=5)
    row = await post.come(plain(HOLE, "koi8-r", f"Subject: {word('Яма', 'koi8-r')}"), at=came)
    async with post.desk.work(post.desk.coordinator) as work:
        taken = await take_letter_in(work, row.id, Matter(theme="roads", topic="яма"))
    appeal = await post.desk.appeal(taken.appeal_id)
    assert (appeal.channel, appeal.regime, appeal.identified_by) == ("e-mail", "message", "none")
    assert (appeal.theme, appeal.topic, appeal.received_at) == ("roads", "яма", came)
    assert appeal.text == f"Яма\n\n{HOLE}\n\n[Письмо целиком: входящее письмо {row.id}]"
    async with post.desk.work(post.desk.coordinator) as work:
        contact = await read_contact(work, appeal, "проверка")
    assert contact is not None
    assert (contact.name, contact.contact) == ("Anna Probnaya", "anna@example.org")
    said = await post.letter(row.id)
    assert (said.said, said.opened_id) == ("appeal", taken.appeal_id)


@pytest.mark.clause("fz59/4.1")
async def test_a_letter_of_before_identification_is_an_appeal(post: Post) -> None:
    post.desk.clock.at(2025, 3, 29)
    row = await post.come(plain())
    async with post.desk.work(post.desk.coordinator) as work:
        taken = await take_letter_in(work, row.id)
    assert (await post.desk.appeal(taken.appeal_id)).regime == "appeal"


@pytest.mark.clause(UNSAID)
async def test_thanks_open_nothing_and_belong_to_a_case(post: Post) -> None:
    case, row = await reply(post)
    before = await post.desk.facts(case)
    async with post.desk.work(post.desk.coordinator) as work:
        await thank(work, row.id)
    assert ((await post.letter(row.id)).said, await post.desk.facts(case)) == ("thanks", before)
    alone = await post.come(plain())
    assert await post.refusal(post.desk.coordinator, thank, alone.id) == ("INVALID", UNSAID)


@pytest.mark.clause(UNSAID)
async def test_what_is_decided_or_a_copy_is_not_decided_again(post: Post) -> None:
    _, row = await reply(post)
    raw = letter("Message-ID: <a@x>")
    await post.come(raw)
    copy = await post.come(raw.replace(b"Message-ID", b"Received: x\r\nMessage-ID"))
    async with post.desk.work(post.desk.coordinator) as work:
        await thank(work, row.id)
    before = await post.desk.rows(*WRITTEN)
    for number in (row.id, copy.id):
        for use_case, *more in ((add_letter, "Фото"), (take_letter_in,), (thank,)):
            refused = await post.refusal(post.desk.coordinator, use_case, number, *more)
            assert refused == ("WRONG_STATE", UNSAID)
    assert await post.desk.rows(*WRITTEN) == before


async def test_who_may_not_take_in_says_nothing_and_sees_nothing(post: Post) -> None:
    case, row = await reply(post)
    other = await post.come(plain())
    before = await post.desk.rows(*WRITTEN)
    for use_case, *more in ((add_letter, "Фото"), (take_letter_in,), (thank,)):
        assert (await post.refusal(post.desk.official, use_case, row.id, *more))[0] == "FORBIDDEN"
        gone = await post.refusal(post.desk.coordinator, use_case, 999, *more)
        assert gone == ("NOT_FOUND", None)
    assert await post.desk.rows(*WRITTEN) == before
    async with post.desk.region.reading(post.desk.official) as work:
        query = letters(work, LetterFilter(appeal_id=case))
        assert [one.id for one in await work.session.scalars(query)] == [row.id]
    async with post.desk.region.reading(post.desk.stranger) as work:
        query = letters(work, LetterFilter(appeal_id=case))
        assert (await work.session.scalars(query)).all() == []
    assert (await post.refusal(post.desk.official, open_letter, other.id, "x"))[0] == "NOT_FOUND"


async def test_the_content_is_read_with_a_purpose_and_journalled(post: Post) -> None:
    _, row = await reply(post)
    aimless = await post.refusal(post.desk.official, open_letter, row.id, " ")
    assert aimless == ("REASON_REQUIRED", None)
    assert await post.lines("letter.opened") == []
    async with post.desk.work(post.desk.official) as work:
        read = await open_letter(work, row.id, "подготовка ответа")
    assert read is not None
    assert (read.address, read.text[:9]) == ("anna@example.org", "Дополняю ")
    (line,) = await post.lines("letter.opened")
    assert (line.actor, line.subject, line.cause) == (
        "official",
        f"letter:{row.id}",
        "подготовка ответа",
    )


@pytest.mark.clause("fz59/6.2")
async def test_letters_of_many_people_are_read_with_a_reason(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.appeals.applicants.many.MOST_WITHOUT", 2)
    reader = post.desk.coordinator
    (_, to_case), one, last = await reply(post), await post.come(plain()), await post.come(plain())
    for known in (to_case, one, one):  # whom he has seen already counts once
        async with post.desk.work(reader) as work:
            assert await open_letter(work, known.id, "разбор") is not None
    before = await post.desk.rows(PersonLook, LetterLook, JournalEntry)
    assert await post.refusal(reader, open_letter, last.id, "разбор") == (
        "MANY_PERSONS", "fz59/6.2",
    )  # fmt: skip
    assert await post.desk.rows(PersonLook, LetterLook, JournalEntry) == before
    post.desk.clock.forward(minutes=1)
    async with post.desk.work(reader) as work:
        await open_reading(work, "Разбор ящика", 3)
        assert await open_letter(work, last.id, "разбор") is not None
    async with post.desk.work(post.desk.official) as work:  # another's looks are another's
        assert await open_letter(work, to_case.id, "разбор") is not None
    async with post.desk.work(system()) as work:
        (told,) = await readings_of_many(work, 10)
    assert (told.actor, told.persons, told.read) == (reader.subject, 3, 1)


async def test_whom_the_case_complains_of_sees_no_letter_to_it(post: Post) -> None:
    case, row = await reply(post)
    async with post.desk.work(system()) as work:
        appeal = await work.session.get_one(Appeal, case)
        appeal.complained_person_id = post.desk.official.person_id
    assert (await post.refusal(post.desk.official, open_letter, row.id, "x"))[0] == "NOT_FOUND"


@pytest.mark.clause(UNSAID)
async def test_what_nobody_has_said_in_time_is_registered_once(post: Post) -> None:
    case, row = await reply(post)
    alone = await post.come(say.TNEF)
    await post.come(letter("Auto-Submitted: auto-replied"))
    assert row.due_at is not None
    post.desk.clock.moment = row.due_at
    assert await sweep(post) == 0
    post.desk.clock.forward(seconds=1)
    assert (await sweep(post), await sweep(post)) == (2, 0)
    first, second = await post.letter(row.id), await post.letter(alone.id)
    assert (first.said, first.said_by, first.appeal_id) == ("appeal", "system", case)
    opened = await post.desk.appeal(second.opened_id or 0)
    assert (opened.theme, opened.received_at) == (None, alone.received_at)
    assert opened.text == (
        f"{HOLE}\n\n[Не читается: winmail.dat: вложение Outlook (TNEF): содержание не раскрыто]\n\n"
        f"[Вложений: 1]\n\n[Письмо целиком: входящее письмо {alone.id}]"
    )
    assert [line.cause for line in await post.lines("letter.said")] == [UNSAID, UNSAID]


@pytest.mark.clause(UNSAID)
async def test_an_empty_letter_and_an_endless_one_are_registered_too(post: Post) -> None:
    await post.come(letter(body=""))
    long = await post.come(plain("слово " * 20_000))
    post.desk.clock.forward(days=4)
    assert await sweep(post) == 2
    row = await post.letter(long.id)
    text = (await post.desk.appeal(row.opened_id or 0)).text
    assert len(text) <= LONGEST_TEXT
    assert text.endswith(f"[Письмо целиком: входящее письмо {long.id}]")


async def test_what_a_stranger_quotes_is_his_matter_and_what_a_reply_quotes_is_ours(
    post: Post,
) -> None:
    alone = await post.come(plain(say.DASHES))
    _, row = await reply(post)
    quoting = plain(f"{say.DASHES}", "utf-8", "In-Reply-To: <q@x>", "Message-ID: <z@x>")
    asked = await post.come(plain("Вопрос.", "utf-8", "Message-ID: <q@x>"))
    async with post.desk.work(system()) as work:
        (await work.session.get_one(Letter, asked.id)).appeal_id = row.appeal_id
    answered = await post.come(quoting)
    post.desk.clock.forward(days=4)
    await sweep(post)
    texts = {}
    for number in (alone.id, answered.id):
        opened = (await post.letter(number)).opened_id
        texts[number] = (await post.desk.appeal(opened or 0)).text
    assert "Обращение зарегистрировано." in texts[alone.id]
    assert "Обращение зарегистрировано." not in texts[answered.id]


async def test_counts_and_lists_say_the_same(post: Post) -> None:
    _, row = await reply(post)
    await post.come(say.DSN)
    late = await post.come(plain())
    async with post.desk.work(post.desk.coordinator) as work:
        await thank(work, row.id)
        await keep(work, Fetched("box", 9, 9, post.desk.now(), b"x", 1))
    post.desk.clock.forward(days=4)
    async with post.desk.region.reading(post.desk.coordinator) as work:
        assert await count_letters(work) == LetterCounts(
            unread=1, waiting=1, late=1, decided=1, machine=1
        )
        query = letters(work, LetterFilter(late=True))
        assert [one.id for one in await work.session.scalars(query)] == [late.id]
        assert len((await work.session.scalars(letters(work, LetterFilter()))).all()) == 4


async def test_an_incident_says_that_nobody_reads_the_mailbox(post: Post) -> None:
    async with post.desk.work(system()) as work:
        await keep(work, Fetched("box", 1, 1, work.now, FROM.encode(), 1))
    post.desk.clock.forward(hours=2)
    async with post.desk.work(system()) as work:
        await run_letters(work, {})
        told = (await work.session.scalars(select(Incident.text))).all()
    assert told == ["Полученные письма не разбираются: выполните tsur mail polygon"]
