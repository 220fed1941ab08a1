"""Tables of figures as files on the board: ordered where they are over the bound, found, opened."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from python_calamine import load_workbook

from core.appeals.observations import beside as table_of_cases
from core.appeals.tabulations.service import JOB
from core.shapes.figures.analysis import require_groups
from tests.fixtures.jobs import worked_off
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_figures import CUT, kursk, shown

__all__ = ["kursk"]
pytestmark = pytest.mark.bare_rows


def form_of_file(page: str) -> dict[str, str]:
    form = page[page.index('action="/kursk/figures/file"') :]
    found = re.findall(r'type="hidden" name="(form|address)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found[:2]}


async def test_a_table_over_the_bound_is_ordered_as_a_file(
    kursk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is the one that is given at once where the table is within the bound."""
    await kursk.enter("curator")
    direct = (await kursk.http.get("/kursk/figures/cut.csv", params=CUT)).text
    assert "figures/file" not in await shown(kursk, **CUT)
    monkeypatch.setattr(table_of_cases, "require_groups", lambda found, _: require_groups(found, 2))
    page = await shown(kursk, **CUT)
    assert "Групп больше 2: сузьте отбор" in page
    assert "<tbody>" not in page
    data = {**form_of_file(page), "kind": "CSV"}
    answer = await kursk.http.post("/kursk/figures/file", data=data)
    assert answer.status_code == 303
    assert "ждёт своей очереди" in await shown(kursk, **CUT)
    monkeypatch.undo()
    await worked_off(kursk.region, JOB)
    page = await shown(kursk, **CUT)
    (link,) = re.findall(r'href="(/kursk/attachments/[^"]+)"', page)
    assert "удалится 12.03.2026" in page
    assert (await kursk.http.get(link)).text == direct
    assert (await kursk.http.post("/kursk/figures/file", data={"kind": "CSV"})).status_code == 403
    wrong = {**data, "address": "period=вчера"}
    assert (await kursk.http.post("/kursk/figures/file", data=wrong)).status_code == 422


async def test_a_table_by_times_is_a_file_too(kursk: Visitor) -> None:
    await kursk.enter("curator")
    page = await shown(kursk, **CUT, each="DAY")
    data = {**form_of_file(page), "kind": "XLSX"}
    assert (await kursk.http.post("/kursk/figures/file", data=data)).status_code == 303
    await worked_off(kursk.region, JOB)
    page = await shown(kursk, **CUT, each="DAY")
    (link,) = re.findall(r'href="(/kursk/attachments/[^"]+)"', page)
    book = load_workbook(io.BytesIO((await kursk.http.get(link)).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1:5] for row in rows[1:]] == [
        ["Курский муниципальный район", "2026-02-10", 5, 5],
        ["Беловский муниципальный район", "2026-02-10", 3, 3],
        ["не указано", "2026-02-10", 1, 1],
    ]
