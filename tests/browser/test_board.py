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
from core.demo.service import fill
from core.kernel.region import Region
from schema.board.pages import PAGES
from tests.browser.conftest import HERE, served

CASE, DOCUMENT = "46-2026-000005", "7"
PATIENCE_SECONDS = 240


@pytest.fixture
async def kursk_demo(kursk: Region) -> Region:
    await fill(kursk, 40)
    await fill_duties(kursk)
    await fill_documents(kursk)
    await fill_batches(kursk)
    return kursk


async def looked_at(chromium: str, plan: Mapping[str, object]) -> dict[str, dict[str, list[str]]]:
    command = ("node", str(HERE / "board.mjs"), chromium, json.dumps(plan))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(PATIENCE_SECONDS):
        out, _ = await process.communicate()
    assert process.returncode == 0
    found: dict[str, dict[str, list[str]]] = json.loads(out)
    return found


@pytest.mark.parametrize("role", ["curator", "administrator", "coordinator", "body-official"])
async def test_nothing_of_a_page_is_hard_to_read(
    chromium: str, kursk_demo: Region, role: str
) -> None:
    async with served(kursk_demo) as address:
        root = f"{address}/kursk/"
        paths = [page.shown for page in PAGES]
        steps = [
            f"appeals/{CASE}/step/transferAppeal",
            f"documents/{DOCUMENT}/step/decideDocument",
            f"letters/new/{CASE}",
        ]
        pages = [
            {"name": path.replace("/", "-") or "morning", "url": root + path}
            for path in (*paths, *steps)
        ]
        plan = {
            "login": f"{root}login/demo/{role}",
            "pages": [*pages, {"name": "index", "url": f"{address}/"}],
            "folder": os.environ.get("TSUR_TEST_PICTURES"),
        }
        told = await looked_at(chromium, plan)
    assert {name: faults for name, faults in told["found"].items() if faults} == {}
    refused = [text for text in told["noise"] if "status of 40" not in text]
    assert refused == []
