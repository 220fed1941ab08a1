"""Reading many people's data: a bound, a reason above it, and what the head is shown."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from core.appeals.applicants.many import MOST_WITHOUT, ManyRead, open_reading, readings_of_many
from core.appeals.applicants.model import ManyReading, PersonLook
from core.appeals.applicants.service import read_contact
from core.appeals.model import Appeal
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import Desk

FZ59 = pytest.mark.clause("fz59/6.2")


async def taken(desk: Desk, number: int) -> list[int]:
    return [(await desk.take(external_id=f"м-{one}")).appeal_id for one in range(number)]


async def look(desk: Desk, actor: Actor, appeal_id: int) -> RefusalCode | None:
    """Look at who wrote it; the code of the refusal, which leaves nothing."""
    appeal, before = await desk.appeal(appeal_id), await desk.rows(JournalEntry, PersonLook)
    code = None
    try:
        async with desk.work(actor) as work:
            await read_contact(work, appeal, "Звонок")
    except Refusal as refusal:
        code = refusal.code
    assert code is None or await desk.rows(JournalEntry, PersonLook) == before
    return code


@FZ59
async def test_the_one_too_many_is_refused_until_an_hour_has_passed(desk: Desk) -> None:
    cases = await taken(desk, MOST_WITHOUT + 1)
    *within, last = cases
    assert {await look(desk, desk.official, case) for case in within} == {None}
    assert await look(desk, desk.official, last) is RefusalCode.MANY_PERSONS
    assert await look(desk, desk.official, within[0]) is None  # whom he has seen already
    assert await look(desk, desk.chief, last) is None  # another's looks are another's
    assert {await look(desk, system(), case) for case in cases} == {None}
    desk.clock.forward(hours=1, seconds=1)
    assert await look(desk, desk.official, last) is None


@FZ59
async def test_above_it_a_reason_is_said_kept_and_shown_to_the_head(desk: Desk) -> None:
    cases = await taken(desk, MOST_WITHOUT + 2)
    for case in cases[:MOST_WITHOUT]:
        await look(desk, desk.official, case)
    async with desk.work(desk.official) as work:
        opened = await open_reading(work, "Сверка адресов перед рассылкой", MOST_WITHOUT + 1)
        (line,) = [one for one in work.session.new if isinstance(one, JournalEntry)]
    assert (line.name, line.subject) == ("applicants.opened", "actor:official")
    assert (line.cause, line.after["persons"]) == ("Сверка адресов перед рассылкой", 21)
    desk.clock.forward(seconds=1)
    first = [await look(desk, desk.official, case) for case in cases]
    assert first == [*[None] * (MOST_WITHOUT + 1), RefusalCode.MANY_PERSONS]
    async with desk.work(desk.curator) as work:
        shown = await readings_of_many(work, 10)
    since = opened.opened_at
    assert shown == [
        ManyRead("official", "Сверка адресов перед рассылкой", 21, 21, since, opened.until)
    ]
    assert opened.until - since == timedelta(hours=8)
    desk.clock.forward(hours=8)
    assert await look(desk, desk.official, cases[-1]) is None


@FZ59
@pytest.mark.parametrize(
    ("reason", "persons", "code"),
    [
        (" ", 100, RefusalCode.REASON_REQUIRED),
        ("Сверка", MOST_WITHOUT, RefusalCode.INVALID),
        ("Сверка", 1_001, RefusalCode.INVALID),
    ],
)
async def test_a_reason_and_a_number_are_needed(
    desk: Desk, reason: str, persons: int, code: RefusalCode
) -> None:
    before = await desk.rows(ManyReading, JournalEntry)
    with pytest.raises(Refusal) as refused:
        async with desk.work(desk.official) as work:
            await open_reading(work, reason, persons)
    assert refused.value.code is code
    assert await desk.rows(ManyReading, JournalEntry) == before


async def test_the_report_is_for_whoever_answers_for_the_whole_region(desk: Desk) -> None:
    for actor in (desk.official, desk.chief):
        with pytest.raises(Refusal) as refused:
            async with desk.work(actor) as work:
                await readings_of_many(work, 10)
        assert refused.value.code is RefusalCode.FORBIDDEN


@FZ59
async def test_looks_at_once_pass_the_bound_no_more_than_one_by_one(desk: Desk) -> None:
    """On PostgreSQL transactions of one person wait for each other; on SQLite all writers do."""
    cases = await taken(desk, MOST_WITHOUT + 5)
    appeals = [await desk.appeal(case) for case in cases]
    before = await desk.rows(PersonLook)

    async def looked(appeal: Appeal) -> RefusalCode | None:
        try:
            async with desk.work(desk.official) as work:
                await read_contact(work, appeal, "Звонок")
        except Refusal as refusal:
            return refusal.code
        return None

    found = await asyncio.gather(*map(looked, appeals))
    assert Counter(found) == {None: MOST_WITHOUT, RefusalCode.MANY_PERSONS: 5}
    assert await desk.rows(PersonLook) == before + MOST_WITHOUT
