"""What becomes of a letter that was read: its kind, its case, its term."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.kernel.access import system
from core.mailbox.arrival import settle
from core.mailbox.cases import numbers_in
from core.mailbox.kinds import Kind
from core.mailbox.letter.reader import Read
from core.mailbox.process import LOST
from core.mailbox.store import Fetched, keep
from tests.core.mailbox import letters as say
from tests.core.mailbox.conftest import Post
from tests.core.mailbox.letters import letter, plain, word

CLAUSE = "tsur.practice/letters.unsaid"


async def number_of(post: Post) -> tuple[int, str]:
    taken = await post.desk.take()
    return taken.appeal_id, taken.number


MACHINES = {
    "a report": (say.DSN, Kind.BOUNCE),
    "a receipt": (say.MDN, Kind.RECEIPT),
    "an absence": (letter("Auto-Submitted: auto-replied"), Kind.AUTOREPLY),
    "an invitation": (say.INVITATION, Kind.INVITATION),
    "a list": (letter("List-Id: <n.example>"), Kind.LIST),
    "our address": (letter(sender="From: Centre <letters@centre.example>"), Kind.OWN),
    "our domain": (letter(sender="From: <noreply@centre.example>"), Kind.OWN),
    "our Message-ID": (letter("Message-ID: <n5@centre.example>"), Kind.OWN),
    "too many stations": (letter(*["Received: x"] * 40), Kind.LOOP),
}


@pytest.mark.clause(CLAUSE)
async def test_what_machines_wrote_waits_for_nobody(post: Post) -> None:
    for name, (raw, kind) in MACHINES.items():
        row = await post.come(raw)
        assert (name, row.kind, row.due_at, row.state) == (name, kind, None, "machine")
    reported = [line.after for line in await post.lines("letter.reported")]
    assert reported == [{"kind": "bounce"}, {"kind": "receipt"}]


@pytest.mark.clause(CLAUSE)
@pytest.mark.parametrize(
    ("fetched", "came", "due"),
    [
        (datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 11, tzinfo=UTC), "2026-03-03"),
        # 9 March is a day off: here and below 8 ч. 2 governs
        (datetime(2026, 3, 6, 12, tzinfo=UTC), datetime(2026, 3, 6, 11, tzinfo=UTC), "2026-03-09"),
        (datetime(2026, 3, 5, 12, tzinfo=UTC), datetime(2026, 3, 3, 11, tzinfo=UTC), "2026-03-06"),
    ],
)
async def test_a_word_is_due_in_a_working_day_and_never_after_the_day_of_registration(
    post: Post, fetched: datetime, came: datetime, due: str
) -> None:
    post.desk.clock.moment = fetched
    row = await post.come(plain(), at=came)
    assert row.due_at is not None
    zone = post.desk.region.passport.zone
    local = row.due_at.astimezone(zone)
    assert (local.date().isoformat(), local.time().isoformat()) == (due, "23:59:59")


NUMBERS = {
    "as it is": "{0}",
    "spaces around dashes": "№ {p} - {y} - {n}",
    "long dashes": "{p}–{y}—{n}",
    "no leading noughts": "{p}-{y}-1",
    "Latin O for a nought": "{p}-2O26-OOOOO1",
    "Russian О for a nought": "{p}-2О26-ООООО1",
    "in a sentence": "по обращению {0}, как обещали.",
}


@pytest.mark.parametrize("way", NUMBERS)
async def test_a_number_is_found_however_it_is_spelt(post: Post, way: str) -> None:
    case, number = await number_of(post)
    prefix, year, running = number.split("-")
    said = NUMBERS[way].format(number, p=prefix, y=year, n=running)
    row = await post.come(plain(said, "koi8-r" if way == "as it is" else "utf-8"))
    assert (row.appeal_id, row.found_by) == (case, "number")


async def test_a_number_of_no_case_or_of_two_is_none(post: Post) -> None:
    _, number = await number_of(post)
    second = (await post.desk.take(external_id="п-2")).number
    for said in (f"{number} и {second}", f"9{number}", f"{number}7", "1-2026-1"):
        assert (await post.come(plain(said))).appeal_id is None
    subject = f"Subject: {word(f'о {second}', 'koi8-r')}"
    named = await post.come(plain(f"{number} и другое", "utf-8", subject))
    assert (await post.desk.appeal(named.appeal_id or 0)).number == second


async def test_so_many_numbers_are_looked_for_and_no_more(post: Post) -> None:
    _, number = await number_of(post)
    prefix, year, _ = number.split("-")
    async with post.desk.region.reading(system()) as work:
        said = " ".join(f"{prefix}-{year}-{n}" for n in range(1, 100))
        assert len(numbers_in(work, said)) == 20


async def test_a_reply_in_the_same_correspondence_finds_its_case(post: Post) -> None:
    case, number = await number_of(post)
    first = await post.come(plain(number, "utf-8", "Message-ID: <one@x>"))
    reply = letter("Message-ID: <two@x>", "References: <zero@x> <one@x>", "In-Reply-To: <no@x>")
    second = await post.come(reply)
    assert (first.appeal_id, second.appeal_id, second.found_by) == (case, case, "thread")


async def test_the_same_letter_by_another_way_is_a_copy_but_another_one_is_not(post: Post) -> None:
    same = ("Message-ID: <one@x>", "Subject: lamp")
    first = await post.come(letter("Received: by a", *same))
    second = await post.come(letter("Received: by b", *same))
    other = await post.come(letter("Received: by b", *same, body="Другое."))
    unnamed = [await post.come(letter(f"Received: {way}")) for way in "ab"]
    assert (second.kind, second.copy_of_id, second.due_at) == (Kind.COPY, first.id, None)
    assert [row.kind for row in (first, other, *unnamed)] == [Kind.WRITTEN] * 4


async def test_two_servers_that_answer_each_other_stop_at_the_third_letter(post: Post) -> None:
    kinds = []
    for number in range(4):
        headers = (f"Message-ID: <{number}@x>", f"In-Reply-To: <n{number}@centre.example>")
        row = await post.come(plain(f"Получено {number}.03.2026", "utf-8", *headers))
        kinds.append(row.kind)
    assert kinds == [Kind.WRITTEN, Kind.WRITTEN, Kind.LOOP, Kind.LOOP]
    post.desk.clock.forward(days=8)
    later = letter(
        "Message-ID: <9@x>", "In-Reply-To: <n9@centre.example>", body="Получено 9.03.2026"
    )
    assert (await post.come(later)).kind == Kind.WRITTEN


async def test_who_says_the_same_again_without_being_written_to_is_heard(post: Post) -> None:
    rows = [await post.come(letter(f"Message-ID: <{n}@x>")) for n in range(5)]
    assert {row.kind for row in rows} == {Kind.WRITTEN}


async def test_a_letter_is_settled_once(post: Post) -> None:
    row = await post.come(plain())
    async with post.desk.work(system()) as work:
        again = await settle(work, row.id, Read(kind=Kind.LIST), ())
    assert (again.kind, len(await post.lines("letter.told"))) == (Kind.WRITTEN, 1)


async def test_a_letter_that_broke_its_reader_waits_for_a_person(post: Post) -> None:
    now = post.desk.now()
    async with post.desk.work(system()) as work:
        kept = await keep(work, Fetched("box", 1, 1, now + timedelta(days=1), b"x", 1))
        assert kept is not None
        row = await settle(work, kept.id, Read(unreadable=(LOST,)), ())
    assert (row.kind, row.state, row.unreadable) == (Kind.WRITTEN, "waiting", 1)
    assert row.received_at == now
