"""The board in a real browser: nothing for axe, nothing sideways at 200 % and at 320 pixels.

Its own policy holds while one looks, and a scroll bar takes its place.

`TSUR_TEST_PICTURES=folder` keeps a picture of every page, for people to look at.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.demo.batches import fill_batches
from core.demo.documents import fill_documents
from core.demo.duties import fill_duties
from core.demo.indicators import fill_indicators
from core.demo.letters import fill_letters
from core.demo.problems import fill_problems
from core.demo.service import SEED, fill
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.rules.roles import Role
from core.kernel.settings import Settings
from core.ratings.model import Stage
from core.region.opening import rulebook_of
from schema.board.sitemap import PAGES, PUBLIC
from tests.browser.conftest import served
from tests.browser.hands import Browser, hands_in, opened
from tests.conftest import OpenRegion
from tests.core.ratings.rows import rated

CASE, DOCUMENT = "46-2026-000005", "7"
STANDINGS: dict[str, Any] = {
    "committee-health": 90,
    "committee-housing-energy": 60,
    "committee-transport-roads": 58,
}
WHOLE = "TSUR_TEST_ROLES" in os.environ
"""Every page under every role of the region: `make browser`. Else each under the one it is listed
with. It is that one under which a page is seen in all colours and sizes."""

OPEN = (PUBLIC, "administrator")
"""What nobody has to enter for is looked at as somebody too."""

STEPS = (
    f"appeals/{CASE}/step/transferAppeal",
    f"documents/{DOCUMENT}/step/decideDocument",
    f"letters/new/{CASE}",
    f"appeals/{CASE}/applicant",
    f"appeals/{CASE}/files",
    "situation-centre",
    "figures?measure=ON_TIME_SHARE&by=THEME&and=BODY&also=MUNICIPALITY&period=2026",
)
LISTED = {page.role for page in PAGES} - {PUBLIC} | {"administrator"}


def roles() -> list[str]:
    """Those under which pages are looked at; a person of the demo holds each."""
    if not WHOLE:
        return sorted(LISTED)
    known = rulebook_of("kursk", Settings()).all(Role, date(2026, 3, 2))
    return sorted(LISTED | {role.key for role in known})


async def prepare(region: Region) -> None:
    await fill(region, 40)
    await fill_duties(region)
    await fill_documents(region)
    await fill_batches(region)
    await fill_problems(region)
    await fill_indicators(region)
    await fill_letters(region, SEED)
    async with region.work(system()) as work:
        names = {one.key: one.name for one in await work.session.scalars(select(Body))}
        await rated(work, Stage.FINAL, {key: names[key] for key in STANDINGS}, **STANDINGS)


def pages_under(role: str, root: str) -> list[dict[str, Any]]:
    """The pages that are looked at under a role, and how."""
    own = {one.shown: role == one.role or (one.role, role) == OPEN for one in PAGES}
    own |= dict.fromkeys((*STEPS, "../"), role == "curator")
    return [
        {
            "name": path.strip("./").replace("/", "-") or ("index" if path else "morning"),
            "url": root + path,
            "whole": WHOLE and listed,
            "folder": os.environ.get("TSUR_TEST_PICTURES") if listed else None,
        }
        for path, listed in own.items()
        if WHOLE or listed
    ]


@pytest.fixture
async def kursk_demo(open_test_region: OpenRegion) -> Region:
    return await open_test_region("kursk", prepare)


@pytest.mark.parametrize("role", roles())
async def test_nothing_of_a_page_is_hard_to_read(
    browser: Browser, kursk_demo: Region, role: str
) -> None:
    async with served(kursk_demo) as address, hands_in(browser) as hands:
        tab = await opened(hands, role, f"{address}/kursk/")
        await tab.go(f"login/demo/{role}")
        found = await tab.do("look", pages=pages_under(role, tab.root), links=WHOLE)
        noise = await tab.do("noise")
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert [text for text in noise if "status of 40" not in text] == []
