"""A session has ended, and whatever is pressed then: the login is a page, and never within one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.kernel.region import Region
from schema.board.sitemap import PAGES, PUBLIC
from tests.browser.conftest import served
from tests.browser.hands import Browser, hands_in, opened
from tests.browser.test_board import CASE, STEPS, WHOLE, prepare
from tests.conftest import OpenRegion
from tests.fixtures.clock import FrozenClock

SOME = ("my", f"appeals/{CASE}", f"letters/new/{CASE}")
"""The pages with a list, with steps and with a draft: `make browser` takes every page."""

EVERY = 1 if WHOLE else 3
"""Of so many controls one is pressed: neighbours are mostly alike."""

ROLES = sorted({one.role for one in PAGES} - {PUBLIC})
PARTS = 8 if WHOLE else 1


def pages_of(part: int) -> list[tuple[str, str]]:
    """The pages of a part, each with a role that may open it."""
    if not WHOLE:
        return [("curator", path) for path in SOME]
    own = [(one.role, one.shown) for one in PAGES if one.role in ROLES]
    return [*own, *(("curator", path) for path in STEPS)][part::PARTS]


@pytest.mark.parametrize("part", range(PARTS))
async def test_a_login_never_stands_within_a_page(
    browser: Browser, open_test_region: OpenRegion, clock: FrozenClock, part: int
) -> None:
    region: Region = await open_test_region("kursk", prepare)
    gone = timedelta(minutes=region.settings.session_minutes + 1)
    pressed, wrong = 0, []
    async with served(region) as address, hands_in(browser) as hands:
        for role, path in pages_of(part):
            tab = await opened(hands, path, f"{address}/kursk/")
            nth, count = 0, 1
            while nth < count:
                await tab.go(path)
                if await tab.heading() == "Вход":
                    await tab.go(f"login/demo/{role}")
                    await tab.go(path)
                count, began = len(await tab.do("controls")), clock.moment
                clock.moment = began + gone
                found = await tab.do("pressed", nth=nth)
                clock.moment = began
                alone = "/login" in found["path"] or found["path"] == "/"
                explorer = found["path"].endswith("/graphql")
                whole = explorer or found["mains"] == len(found["heads"]) == 1
                if not whole or (found["logins"] and not alone):
                    wrong.append((role, path, nth, found))
                nth, pressed = nth + EVERY, pressed + 1
    assert wrong == []
    assert pressed * EVERY > 10 * len(SOME)
