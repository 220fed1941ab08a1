"""The feed: whole days, stable names of events, changes counted, nobody's name, one token alive."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from core.directory.model import Appointment
from core.kernel.access import ANONYMOUS, system
from core.kernel.errors import Refusal
from core.kernel.logs import cut
from core.kernel.region import Region
from core.obligations.calendar import own_obligations
from core.obligations.feed import issue_feed, read_feed, revoke_feed
from core.obligations.ics import WholeDay, calendar_text
from core.obligations.law import NewObligation, decide_obligation
from core.obligations.model import FeedToken
from tests.conftest import OpenRegion
from tests.core.documents.people import open_people
from tests.core.obligations.test_life import ORDER, REPORT, sweep
from tests.fixtures.clock import FrozenClock

Q1 = "roadmap-report.centre.2026-01-01@kursk.tsur"


async def read(region: Region, token: str) -> dict[str, dict[str, str]]:
    """The events of a feed by their UID."""
    async with region.work(ANONYMOUS) as work:
        text = await read_feed(work, token)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")
    found: dict[str, dict[str, str]] = {}
    event: dict[str, str] = {}
    for line in lines[:-2]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            found[event["UID"]] = event
        else:
            event[name] = value
    return found


async def dead(region: Region, token: str) -> str:
    with pytest.raises(Refusal) as found:
        await read(region, token)
    return found.value.code.value


async def test_a_feed_of_ones_own_obligations(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    people = await open_people(await open_test_region("kursk"))
    region, executor = people.region, people.actors["executor"]
    await sweep(region)
    async with region.work(executor) as work:
        token = await issue_feed(work)
    events = await read(region, token)
    assert {uid.partition(".")[0] for uid in events} == {REPORT}
    assert events[Q1] == {
        "UID": Q1,
        "DTSTAMP": "20260302T120000Z",
        "DTSTART;VALUE=DATE": "20260630",
        "DTEND;VALUE=DATE": "20260701",
        "SEQUENCE": "0",
        "SUMMARY": "Отчёт об исполнении мероприятий дорожной карты (1-й квартал 2026 года)",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }
    assert "Проверочный" not in str(events)
    clock.at(2026, 3, 3)
    new = NewObligation(REPORT, date(2026, 3, 3), "kursk.958/pol.3.3.6", within=10)
    async with region.work(executor) as work:
        await decide_obligation(work, new, ORDER)
    await sweep(region)
    moved = (await read(region, token))[Q1]
    again = (await read(region, token))[Q1]
    assert (moved["SEQUENCE"], moved["DTSTART;VALUE=DATE"]) == ("1", "20260410")
    assert (again, moved["DTSTAMP"]) == (moved, "20260303T120000Z")
    async with region.work(system()) as work:
        own = Appointment.person_id == executor.person_id
        (held,) = await work.session.scalars(select(Appointment).where(own))
        held.until = date(2026, 3, 3)
    gone = await read(region, token)
    assert {(one["STATUS"], int(one["SEQUENCE"]) > 0) for one in gone.values()} == {
        ("CANCELLED", True)
    }
    assert gone.keys() == events.keys(), "what was said once goes out cancelled, never silently"


async def test_one_token_a_person_dead_with_the_account(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    people = await open_people(await open_test_region("kursk"))
    region, executor = people.region, people.actors["executor"]
    tokens = []
    for _ in range(2):
        async with region.work(executor) as work:
            tokens.append(await issue_feed(work))
    first, second = tokens
    assert await dead(region, first) == await dead(region, "нет") == "LINK_INVALID"
    assert await read(region, second) == {}
    async with region.reading(system()) as work:
        (row,) = await work.session.scalars(select(FeedToken))
        assert second not in f"{row.digest} {row.id}"
    assert cut(f"GET /kursk/c/{second}.ics") == "GET /kursk/c/…"
    await people.dismiss("executor", date(2026, 3, 2))
    assert await dead(region, second) == "LINK_INVALID"
    await people.dismiss("executor", date(2026, 3, 3))
    assert await read(region, second) == {}
    async with region.work(executor) as work:
        assert await revoke_feed(work)
        assert not await revoke_feed(work)
    assert await dead(region, second) == "LINK_INVALID"
    with pytest.raises(Refusal) as found:
        async with region.work(system()) as work:
            await issue_feed(work)
    assert found.value.code == "UNAUTHENTICATED"


async def test_who_stands_in_for_somebody_dismissed_owes_nothing(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    people = await open_people(await open_test_region("kursk"))
    await sweep(people.region)
    await people.lend("executor", "second", date(2026, 3, 1), date(2026, 4, 1))
    for owed in ({REPORT}, set[str]()):
        async with people.region.reading(people.actors["second"]) as work:
            assert {one.row.key for one in await own_obligations(work)} == owed
        await people.dismiss("executor", date(2026, 3, 2))


def test_lines_are_folded_and_escaped() -> None:
    """RFC 5545, 3.1 and 3.3.11: no line has more than 75 octets, no sign is cut in two."""
    said = "Отчёт, сводный; за «квартал»\\год\n" + "ы" * 100
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC)
    text = calendar_text("Обязанности", [WholeDay("1@x", date(2026, 12, 31), said, 2, moment)])
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Отчёт\\, сводный\\; за «квартал»\\\\год\\n" + "ы" * 100 in whole
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in whole
    assert "\n" not in text.replace("\r\n", "")
