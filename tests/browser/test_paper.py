"""What is printed: a case, a rating and a map are a sheet each, and a list keeps all it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.kernel.region import Region
from tests.browser.conftest import served
from tests.browser.hands import Browser, hands_in, opened
from tests.browser.printed import pages
from tests.browser.test_board import CASE, kursk_demo

__all__ = ["kursk_demo"]
SHEETS = {
    f"appeals/{CASE}": "Путь",
    "ratings/federal": "Места",
    "map": "Городской округ город Щигры",
    "structure": "Беловский муниципальный район",
}
"""What is printed on one sheet, and something of its end."""

FOR_THE_SCREEN = ("Каким он был бы", "Отобрать", "Просмотр записан")


@pytest.mark.parametrize("path", SHEETS)
async def test_it_is_one_sheet_with_all_it_has(
    browser: Browser, kursk_demo: Region, tmp_path: Path, path: str
) -> None:
    async with served(kursk_demo) as address, hands_in(browser) as hands:
        tab = await opened(hands, "curator", f"{address}/kursk/")
        await tab.go("login/demo/curator")
        await tab.go(path)
        await tab.do("print")
        await tab.do("paper", path=str(tmp_path / "printed.pdf"))
    (sheet,) = pages(tmp_path / "printed.pdf")
    assert SHEETS[path] in sheet
    assert [words for words in FOR_THE_SCREEN if words in sheet] == []
