"""How the numbers of a report are to be read: what was not counted yet is no zero."""

from __future__ import annotations

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from core.shapes.figures.marks import CellMark
from core.summaries.marks import STARRED
from core.summaries.workbook import workbook
from tests.conftest import OpenRegion
from tests.core.documents.people import open_people
from tests.core.indicators.cases import Cases
from tests.core.summaries.test_reports import DAY, FEBRUARY, figures, taken

pytestmark = pytest.mark.bare_rows


@pytest.mark.clause("ru.1844/4.а.5")
async def test_days_before_the_first_appeal_are_no_zeros(open_test_region: OpenRegion) -> None:
    """Before the first appeal nothing was counted: no number there, no change against it."""
    people = await open_people(await open_test_region("kursk"))
    head = people.actors["head"]
    await Cases(people.region).received(2, on=date(2026, 3, 1))
    summary, document = await taken(people.region, head, "daily-summary", DAY)
    assert figures(summary)["Поступило"] == (2, None, None)
    assert summary.figures[0]["marks"] == {
        "period": "value", "before": "missing", "week": "missing",
    }  # fmt: skip
    assert ["Поступило", "2", "нет данных", "нет данных"] in document.fields["figures"]
    async with people.region.reading(head) as work:
        book = CalamineWorkbook.from_filelike(io.BytesIO(await workbook(work, summary)))
    row = book.get_sheet_by_name("Показатели").to_python()[1]
    assert row[2:6] == [2.0, "значение", "", CellMark.MISSING.label]


@pytest.mark.clause("ru.1844/4.а.5")
async def test_a_part_of_the_days_is_said(open_test_region: OpenRegion) -> None:
    """A month that began before the first appeal is starred, and the star is explained."""
    people = await open_people(await open_test_region("kursk"))
    await Cases(people.region).received(2, on=date(2026, 2, 10))
    summary, document = await taken(
        people.region, people.actors["head"], "leadership-report", FEBRUARY
    )
    assert summary.figures[0]["marks"]["period"] == "break"
    assert ["Поступило", "2*", "нет данных", "0*"] in document.fields["figures"]
    assert document.fields["contents"].endswith(f"поступило обращений: 2*. {STARRED}")
