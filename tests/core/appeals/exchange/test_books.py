"""Sheets of books: which is read, what is told of the others, what their cells say."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from core.appeals.exchange.days_of_books import since_1904
from core.appeals.exchange.tables import open_table
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables import books, pieces
from core.kernel.tables.extents import Extent, extents
from core.kernel.tables.failed import with_texts
from core.kernel.tables.source import BOOKS, examine
from tests.core.appeals.exchange.test_layouts import WANTED, read
from tests.fixtures.workbook import write_workbook

DAY = datetime(2026, 1, 15)  # noqa: DTZ001 - a spreadsheet knows no zones


def a_book(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Справка").write_row(0, 0, ["Составил", "отдел"])
        sheet = book.add_worksheet("Обращения")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_string(0, 1, "Отчёт")
        sheet.write_row(2, 1, ["Номер", "Текст", "Дата", "Когда", "Да"])
        sheet.write_row(3, 1, [101000295613, "Яма\nво дворе"])
        sheet.write_datetime(3, 3, DAY, day)
        sheet.write_datetime(3, 4, DAY.replace(hour=14, minute=30), moment)
        sheet.write_boolean(3, 5, True)
        sheet.write_row(5, 1, [12345678901234567, "Лёд", 1.5])
    return path


def test_a_book(tmp_path: Path) -> None:
    columns, rows = read(a_book(tmp_path / "file.csv"))
    assert columns == ["Номер", "Текст", "Дата", "Когда", "Да"]
    assert rows == [
        (4, ("101000295613", "Яма\nво дворе", "2026-01-15", "2026-01-15 14:30:00", "true")),
        (6, ("1.234567890123457E+16", "Лёд", "1.5", "", "")),
    ]


def test_rejects_that_were_corrected_in_a_spreadsheet_are_as_their_source_wrote_them(
    tmp_path: Path,
) -> None:
    """What was made harmless in their CSV is made whole again; in no other book."""
    head, row = ["line", "column", "code", "reason", "№"], ["2", "№", "INVALID", "пуст", "'=1+1"]
    book = write_workbook(tmp_path / "rejects.xlsx", {"Лист1": [head, row]})
    text = tmp_path / "rejects.csv"
    text.write_text("\n".join([";".join(head), ";".join(row)]), "utf-8")
    for path in (book, text):
        assert read(path)[1] == [(2, ("2", "№", "INVALID", "пуст", "=1+1"))]
    other = write_workbook(tmp_path / "other.xlsx", {"Лист1": [["№", "что"], ["'=1+1", "Яма"]]})
    assert read(other)[1] == [(2, ("'=1+1", "Яма"))]


@pytest.mark.parametrize("name", ["file.xls", "file.xlsx", "file.ods", "file.csv", "file"])
def test_a_book_is_known_by_what_is_in_it(tmp_path: Path, name: str) -> None:
    one = [(2, ("1", "Яма", "10.11.2026"))]
    assert read(a_stray_xlsx(tmp_path / name, 1, 4))[1] == one
    assert read(a_stray_ods(tmp_path / name, 50, 3))[1][:1] == one


def test_a_sheet_may_be_named(tmp_path: Path) -> None:
    path = a_book(tmp_path / "file.xlsx")
    assert read(path, sheet="Справка") == (["Составил", "отдел"], [])
    with pytest.raises(Refusal, match="есть «Справка», «Обращения»"):
        read(path, sheet="Лист1")


def test_sheets_that_are_not_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Пусто")
        for name, header in (("Январь", WANTED), ("Свод", WANTED[:2]), ("Февраль", WANTED)):
            book.add_worksheet(name).write_row(0, 0, header)
    for sheet, unread in ((None, ["Февраль"]), ("Февраль", [])):
        with open_table(examine(path), WANTED, sheet) as table:
            assert (list(table.columns), table.unread) == (list(WANTED), unread)
    with open_table(examine(path), ("Иное",)) as table:
        assert table.unread == []


def test_a_sheet_that_is_shown_comes_before_a_hidden_one(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Черновик", "Обращения"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, WANTED)
            sheet.write_row(1, 0, [name])
            sheet.hide() if name == "Черновик" else sheet.activate()
    with open_table(examine(path), WANTED) as table:
        assert table.unread == ["Черновик"]
        assert [row.cells for row in table.rows] == [["Обращения", "", ""]]


@pytest.mark.parametrize("since_1904", [True, False])
def test_a_book_that_counts_its_days_otherwise(tmp_path: Path, since_1904: bool) -> None:
    """Its own dates are read as they are; its bare numbers are another day than the usual ones."""
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": since_1904}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WANTED)
        sheet.write_row(1, 0, [1e15, 1234567890123456])
        sheet.write_datetime(1, 2, DAY, book.add_format({"num_format": "dd.mm.yyyy"}))
    with open_table(examine(path), WANTED) as table:
        assert table.uncounted is since_1904
        assert [row.cells for row in table.rows] == [
            ["1E+15", "1.234567890123456E+15", "2026-01-15"]
        ]


def test_what_is_no_book_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(Refusal, match="не книга XLSX") as refused:
        read(path)
    assert refused.value.code is RefusalCode.BROKEN_FILE
    monkeypatch.setattr(books, "LARGEST_BOOK", 100)
    with pytest.raises(Refusal, match="разделите её") as refused:
        read(a_book(path))
    assert refused.value.code is RefusalCode.TOO_MUCH


def a_stray_xlsx(path: Path, row: int, column: int) -> Path:
    """A table, a sheet painted to its last cell, and one sign far away from it."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WANTED)
        sheet.write_row(1, 0, ["1", "Яма", "10.11.2026"])
        sheet.write_string(row - 1, column - 1, " ")
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    return path


def a_stray_ods(path: Path, row: int, column: int) -> Path:
    """The same as LibreOffice writes it, with the empty rest of the sheet below."""
    said = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    nothing = '<table:table-cell table:number-columns-repeated="{}"/>'
    empty = '<table:table-row table:number-rows-repeated="{}">' + nothing + "</table:table-row>"
    first = "".join(map(said.format, ("1", "Яма", "10.11.2026")))
    stray = nothing.format(column - 1) + said.format("x") + nothing.format(16_384 - column)
    rows = (
        f"<table:table-row>{first}{nothing.format(16_381)}</table:table-row>",
        empty.format(row - 3, 16_384),
        f"<table:table-row>{stray}</table:table-row>",
        empty.format(1_048_576 - row, 16_384),
    )
    return an_ods_of(path, header(), *rows)


@pytest.mark.parametrize("write", [a_stray_xlsx, a_stray_ods])
def test_one_sign_far_from_the_table(
    tmp_path: Path, write: Callable[[Path, int, int], Path]
) -> None:
    path = write(tmp_path / "near.xlsx", 50, 300)
    with zipfile.ZipFile(path) as book:
        assert [*extents(book)] == [Extent(50, 300)]
    assert read(path)[1][0][1] == ("1", "Яма", "10.11.2026")
    with pytest.raises(Refusal) as refused:
        read(write(tmp_path / "far.xlsx", 1_048_000, 702))
    assert refused.value.code is RefusalCode.TOO_MUCH
    assert refused.value.text == (
        "Лист книги занят до строки 1048000 и столбца 702, столько ячеек не прочесть: "
        "удалите то, что стоит далеко в стороне от таблицы"
    )


def test_a_line_broken_within_a_paragraph(tmp_path: Path) -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
        for one in ("1", "Яма<text:line-break/>у<text:tab/>школы", "10.11.2026")
    )
    path = an_ods_of(tmp_path / "file.ods", header(), f"<table:table-row>{cells}</table:table-row>")
    assert read(path) == ([*WANTED], [(2, ("1", "Яма\nу\tшколы", "10.11.2026"))])


ERRORS = ("#N/A", "#REF!", "#DIV/0!")


def an_ods(path: Path, cells: Sequence[str]) -> Path:
    """A table of OpenDocument as LibreOffice writes cells whose formulas failed."""
    failed = "".join(
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="string"'
        f' office:string-value="" calcext:value-type="error"><text:p>{one}</text:p>'
        "</table:table-cell>"
        for one in cells
    )
    return an_ods_of(path, header(), f"<table:table-row>{failed}</table:table-row>")


def header() -> str:
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
        for one in WANTED
    )


def an_ods_of(path: Path, first: str, *others: str) -> Path:
    """A table of OpenDocument: the cells of its first row, the others as they are written."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "calcext")
    )
    rows = "".join((f"<table:table-row>{first}</table:table-row>", *others))
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces}><office:body>'
            f'<office:spreadsheet><table:table table:name="A">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        book.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}"/>')
    return path


def an_xlsx(path: Path, cells: Sequence[str]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WANTED)
        for place, cell in enumerate(cells):
            sheet.write_formula(1, place, '=VLOOKUP(1,"<x t=",2)', None, cell)
    return path


@pytest.mark.parametrize("write", [an_xlsx, an_ods])
def test_a_cell_whose_formula_failed_says_so(
    tmp_path: Path, write: Callable[[Path, Sequence[str]], Path]
) -> None:
    path = write(tmp_path / "file.xlsx", ERRORS)
    assert read(path) == ([*WANTED], [(2, ERRORS)])


def test_a_book_without_failed_cells_is_read_as_it_lies(tmp_path: Path) -> None:
    assert with_texts(a_book(tmp_path / "file.xlsx")) is None


def test_tags_are_not_torn_by_the_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = an_xlsx(tmp_path / "file.xlsx", ERRORS)
    for size in (64, 100, 333):
        monkeypatch.setattr(pieces, "_CHUNK", size)
        assert read(path) == ([*WANTED], [(2, ERRORS)])


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def an_old_book(path: Path, since_1904: bool) -> Path:
    """A compound file with the stream of a book that says how it counts its days."""
    globals_of = [(0x809, bytes(16)), (0x22, struct.pack("<H", since_1904)), (0x0A, b"")]
    stream = b"".join(record(kind, data) for kind, data in globals_of).ljust(512, b"\0")
    names = ("Root Entry", "Workbook")
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<H", 2 * len(name) + 2)
        + bytes(50)
        + struct.pack("<IQ", 2, 4096)
        for name in names
    ).ljust(512, b"\0")
    end, nothing = 0xFFFFFFFE, 0xFFFFFFFF
    sectors = struct.pack("<128I", 0xFFFFFFFD, end, end, *[nothing] * 125)
    header = BOOKS[1] + bytes(22) + struct.pack("<H", 9) + bytes(16) + struct.pack("<I", 1)
    header = header.ljust(76, b"\0") + struct.pack("<109I", 0, *[nothing] * 108)
    path.write_bytes(header + sectors + entries + stream)
    return path


@pytest.mark.parametrize("counts", [True, False])
def test_an_old_book_says_how_it_counts_its_days(tmp_path: Path, counts: bool) -> None:
    whole = an_old_book(tmp_path / "file.xls", counts)
    assert since_1904(whole) is counts
    for size in (8, 100, 512, 1100, 1540):
        torn = tmp_path / "torn.xls"
        torn.write_bytes(whole.read_bytes()[:size])
        assert since_1904(torn) is False
