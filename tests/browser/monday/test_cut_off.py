"""An answer is being written, and the session, the browser, the server or the network ends.

Nothing older than five seconds is lost, and whoever comes in at the same browser sees none of it.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from tests.browser.hands import Browser, Tab, hands_in
from tests.browser.monday.conftest import CLERK, CURATOR, Office
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock
from tests.fixtures.office import staffed
from tests.fixtures.serving import Serving

POINTS = 20 if "TSUR_TEST_ROLES" in os.environ else 4
"""Of writing at which all ends: `make browser` takes as many as the issue asks for."""

TEXT, KIND, SAVED = "#f-text", "#f-kind", "[data-saved]"
SENTENCES = [f"Дом {number}: работы окончены, замечаний жильцов нет. " for number in range(1, 9)]
Fault = Callable[[Office, Serving, Tab], Awaitable[None]]


@pytest.fixture
async def serving(open_test_region: OpenRegion) -> AsyncIterator[Serving]:
    made = Serving(await open_test_region("tests.grounds.polygon", staffed))
    await made.begin()
    yield made
    await made.end(at_once=True)


@pytest.fixture
async def office(browser: Browser, serving: Serving, clock: FrozenClock) -> AsyncIterator[Office]:
    async with hands_in(browser) as hands:
        yield Office(serving.region, clock, serving.address, hands)


async def session_ends(office: Office, _serving: Serving, _clerk: Tab) -> None:
    office.clock.forward(minutes=office.region.settings.session_minutes + 1)


async def browser_is_killed(_office: Office, _serving: Serving, clerk: Tab) -> None:
    await clerk.do("kill", person=CLERK)


async def server_is_killed(_office: Office, serving: Serving, clerk: Tab) -> None:
    await serving.end(at_once=True)
    await untold(clerk)
    await serving.begin()
    await told_at_last(clerk)


async def network_is_cut(_office: Office, _serving: Serving, clerk: Tab) -> None:
    await clerk.do("offline", cut=True)
    await untold(clerk)
    await clerk.do("offline", cut=False)
    await told_at_last(clerk)


async def untold(clerk: Tab) -> None:
    """Her page says that nothing is kept."""
    await typed(clerk, ["Написано без связи. "])
    await clerk.do("turn", seconds=5)
    await clerk.appears(f"{SAVED} >> text=Нет связи: введённое не сохранено")


async def told_at_last(clerk: Tab) -> None:
    """What nobody could be told meanwhile is kept by itself."""
    await clerk.do("turn", seconds=5)
    await clerk.appears(f"{SAVED} >> text=Сохранено")


FAULTS: tuple[Fault, ...] = (session_ends, browser_is_killed, server_is_killed, network_is_cut)


async def typed(clerk: Tab, sentences: list[str]) -> None:
    """Without a pause: each sentence takes two seconds, and nobody stops for the saving."""
    for one in sentences:
        await clerk.do("focused", what=TEXT)
        await clerk.do("press", key="Control+End")
        await clerk.do("write", text=one)
        await clerk.do("turn", seconds=2)


async def test_what_is_written_survives_and_is_shown_to_nobody_else(
    office: Office, serving: Serving
) -> None:
    appeal = await office.accepted()
    page = f"letters/new/{appeal.number}"
    for point in range(POINTS):
        fault, written = FAULTS[point % len(FAULTS)], 2 + point % 5
        clerk = await office.sit(CLERK, tab=f"clerk {point}")
        await clerk.do("stop")
        await clerk.go(page)
        if point % 3 == 1:
            await clerk.do("choose", what=KIND, value="FINAL")
        await typed(clerk, SENTENCES[:written])
        if point % 3 == 2:
            await clerk.follow("button[value=preview]")
            await typed(clerk, SENTENCES[written : written + 2])
            written += 2
        older = "".join(SENTENCES[: written - 2])  # the last two took four seconds
        assert (await clerk.focus()).startswith("textarea Текст ответа")
        await fault(office, serving, clerk)

        other = await office.sit(CURATOR, person=CLERK, tab=f"other {point}")
        for path in ("my", page):
            await other.go(path)
            assert SENTENCES[0] not in await other.tree("body"), (point, path)
        back = await office.sit(CLERK, tab=f"back {point}")
        await back.go(page)
        assert "Возвращено то, что Вы ввели" in await back.tree()
        found = await back.do("value", what=TEXT)
        assert found.startswith(older.rstrip()), (point, fault.__name__)
        await back.follow("button[name=drop]")
        assert await back.focus() == ""
