"""Slides of a summary: a part a slide, the numbers as they were counted."""

from __future__ import annotations

import io
from typing import Any

import pptx
import pytest

from core.kernel.access import ANONYMOUS
from core.kernel.errors import Refusal
from core.summaries.rules import Part
from core.summaries.slides import HEADS, slides
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK
from tests.core.summaries.test_reports import DAY, FEBRUARY, centre, figures, taken

pytestmark = pytest.mark.bare_rows


async def test_the_slides_say_the_numbers(open_test_region: OpenRegion) -> None:
    """A slide a part, its table opened by its head; the same summary gives the same bytes."""
    people = await centre(open_test_region, "kursk")
    head = people.actors["head"]
    summary, _ = await taken(people.region, head, "daily-summary", DAY)
    async with people.region.reading(head) as work:
        first, second = await slides(work, summary), await slides(work, summary)
    assert first == second
    cover, whole, *parts = pptx.Presentation(io.BytesIO(first)).slides
    assert cover.shapes.title.text_frame.text == "Ежедневная сводка центра"
    assert cover.placeholders[1].text_frame.text.startswith("За 01.03.2026\n")
    assert "Не подлинник" in cover.placeholders[1].text_frame.text
    assert told(whole)[:2] == [list(HEADS), ["Поступило", "5", "2", "1"]]
    named = [slide.shapes.title.text_frame.text for slide in (whole, *parts)]
    own = dict.fromkeys(one["part"] for one in summary.figures)
    assert named == ["Всего", *(Part(one).label.capitalize() for one in own if one)]
    rows = [row for slide in (whole, *parts) for row in told(slide)[1:]]
    assert rows == [
        [one["name"], str(one["period"]), str(one["before"]), str(one["week"])]
        for one in summary.figures
    ]
    with pytest.raises(Refusal):
        async with people.region.reading(ANONYMOUS) as work:
            await slides(work, summary)


@pytest.mark.clause("chelyabinsk.641/pol.10.3", "chelyabinsk.641/pol.9.4")
async def test_a_block_reports_on_itself(open_test_region: OpenRegion) -> None:
    people = await centre(open_test_region, "chelyabinsk")
    by = people.actors["block-staff"]
    summary, document = await taken(people.region, by, "progress-report", FEBRUARY, block=BLOCK)
    assert figures(summary)["Поступило"] == (6, None, None)
    assert (document.block, document.fields["bodies"][0][0]) == (BLOCK, "Своё ведомство")
    async with people.region.reading(by) as work:
        cover, *_ = pptx.Presentation(io.BytesIO(await slides(work, summary))).slides
    said = cover.placeholders[1].text_frame.text.splitlines()
    assert said[:2] == ["За 01.02.2026–28.02.2026", "Дороги"], "a block by its name, not its key"


def told(slide: Any) -> list[list[str]]:
    """The table of a slide."""
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    return [[cell.text_frame.text for cell in row.cells] for row in table.rows]
