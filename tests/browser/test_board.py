"""The board in a real browser: light and dark, wide and 320 pixels, nothing for axe.

`TSUR_TEST_PICTURES=folder` keeps a picture of every page, for people to look at.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping

import pytest

from core.demo.batches import fill_batches
from core.demo.documents import fill_documents
from core.demo.duties import fill_duties
from core.demo.problems import fill_problems
from core.demo.service import fill
from core.kernel.access import system
from core.kernel.region import Region
from core.ratings.model import Stage
from schema.board.pages import PAGES, PUBLIC
from tests.browser.conftest import HERE, served
from tests.conftest import OpenRegion
from tests.core.ratings.rows import rated

CASE, DOCUMENT = "46-2026-000005", "7"
STANDINGS = {"committee-health": 90, "committee-housing": 60, "committee-transport": 58}
PATIENCE_SECONDS = 240
WHOLE = "TSUR_TEST_ROLES" in os.environ
"""Every page under every role: `make browser`. Else each under the role that it is listed with."""

OPEN = (PUBLIC, "administrator")
"""What nobody has to enter for is looked at as somebody too."""

STEPS = (
    f"appeals/{CASE}/step/transferAppeal",
    f"documents/{DOCUMENT}/step/decideDocument",
    f"letters/new/{CASE}",
    f"appeals/{CASE}/applicant",
    f"appeals/{CASE}/files",
    "figures?measure=ON_TIME_SHARE&by=THEME&and=BODY&also=MUNICIPALITY&period=2026",
)
ROLES = sorted({page.role for page in PAGES} - {PUBLIC} | {"administrator"})


async def prepare(region: Region) -> None:
    await fill(region, 40)
    await fill_duties(region)
    await fill_documents(region)
    await fill_batches(region)
    await fill_problems(region)
    async with region.work(system()) as work:
        await rated(work, Stage.FINAL, **STANDINGS)


def paths_of(role: str) -> list[str]:
    """The pages that are looked at under a role, each with its example."""
    listed = [one for one in PAGES if WHOLE or role == one.role or (one.role, role) == OPEN]
    return [*(one.shown for one in listed), *(STEPS if WHOLE or role == "curator" else ())]


@pytest.fixture
async def kursk_demo(open_test_region: OpenRegion) -> Region:
    return await open_test_region("kursk", prepare)


async def looked_at(chromium: str, plan: Mapping[str, object]) -> dict[str, dict[str, list[str]]]:
    command = ("node", str(HERE / "board.mjs"), chromium, json.dumps(plan))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(PATIENCE_SECONDS):
        out, _ = await process.communicate()
    assert process.returncode == 0
    found: dict[str, dict[str, list[str]]] = json.loads(out)
    return found


@pytest.mark.parametrize("role", ROLES)
async def test_nothing_of_a_page_is_hard_to_read(
    chromium: str, kursk_demo: Region, role: str
) -> None:
    async with served(kursk_demo) as address:
        root = f"{address}/kursk/"
        pages = [
            {"name": path.replace("/", "-") or "morning", "url": root + path}
            for path in paths_of(role)
        ]
        plan = {
            "login": f"{root}login/demo/{role}",
            "pages": [*pages, {"name": "index", "url": f"{address}/"}],
            "folder": os.environ.get("TSUR_TEST_PICTURES"),
            "whole": WHOLE,
        }
        told = await looked_at(chromium, plan)
    assert {name: faults for name, faults in told["found"].items() if faults} == {}
    refused = [text for text in told["noise"] if "status of 40" not in text]
    assert refused == []
