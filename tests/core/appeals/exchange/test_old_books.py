"""XLS, whose numbers are read as a person sees them: with the zeros of their format."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.kernel.tables import padded_records
from core.kernel.tables.books import opened
from core.kernel.tables.padded_records import padded_cells
from core.structure.roster.tables import _sheets
from tests.core.appeals.exchange.test_layouts import WANTED, read
from tests.fixtures.old_book import Cell, write_old_book

SHOWN: list[tuple[Cell, str]] = [
    ((42, "000000"), "000042"),
    ((42.0, "000000"), "000042"),
    ((17, '"46-2026-"000000'), "46-2026-000017"),
    ((1_234_567, "000000"), "1234567"),
    ((9_000_000_000, "000-000-000 00"), "090-000-000 00"),
    ((0, "00"), "00"),
    ((4.5, "000"), "4.5"),
    ((-4, "000"), "-4"),
    ((42, "0"), "42"),
    ((42, "#,##0"), "42"),
    (42, "42"),
    ("042", "042"),
]


@pytest.mark.parametrize(("cell", "said"), SHOWN)
@pytest.mark.parametrize("column", [0, 1])
def test_a_number_is_read_as_it_is_shown(
    tmp_path: Path, cell: Cell, said: str, column: int
) -> None:
    row: list[Cell] = ["Яма", "Яма"]
    row[column] = cell
    path = write_old_book(tmp_path / "file.xls", {"Первый": [["x"]], "Второй": [["ы"], row]})
    cells = list(opened(path).rows("Второй"))[1]
    assert str(cells[column]).removesuffix(".0") == said
    assert cells[1 - column] == "Яма"


def test_the_import_and_the_directory_read_them(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["Выгрузка"], list(WANTED), [(42, "000000"), "Яма", "10.11.2026"]]
    path = write_old_book(tmp_path / "file.xls", {"Лист": rows})
    assert read(path)[1] == [(3, ("000042", "Яма", "10.11.2026"))]
    ((_, header, lines),) = _sheets(path, {"выгрузка": "выгрузка"})
    assert (list(header)[:1], [cells[0] for _, cells in lines]) == (
        ["Выгрузка"], [WANTED[0], "000042"])  # fmt: skip


def test_a_book_larger_than_its_first_table_of_chains(tmp_path: Path) -> None:
    far: list[list[Cell]] = [["ы" * 4_000] for _ in range(900)]
    path = write_old_book(tmp_path / "file.xls", {"Лист": [*far, [(42, "000000")]]})
    assert path.stat().st_size > 109 * 128 * 512
    assert list(padded_cells(path)["Лист"]) == [(900, 0)]
    assert list(opened(path).rows("Лист"))[900] == ["000042"]


def test_what_is_torn_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_old_book(tmp_path / "file.xls", {"Лист": [[(42, "000000")]]})
    whole = path.read_bytes()
    torn = tmp_path / "torn.xls"
    for size in range(0, len(whole), 97):
        torn.write_bytes(whole[:size])
        assert padded_cells(torn).keys() <= {"Лист"}
    for place in range(1_500, len(whole), 7):
        torn.write_bytes(whole[:place] + b"\xff\xff" + whole[place + 2 :])
        padded_cells(torn)
    monkeypatch.setattr(padded_records, "_LARGEST", 100)
    assert padded_cells(path) == {}
