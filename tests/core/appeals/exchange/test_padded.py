"""Numbers of a book are read as they are shown: with zeros and signs beside them, or bare."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from core.kernel.tables import pieces
from tests.core.appeals.exchange.test_books import an_ods_of, header
from tests.core.appeals.exchange.test_layouts import WANTED, read

SHOWN = (
    ("000000", 42, "000042"),
    ('"АБ-"0000', 17, "АБ-0017"),
    ("00-0000-000000", 462026000001, "46-2026-000001"),
    ("00-0000-000000", 1462026000001, "146-2026-000001"),
    ('"<&"00', 7, "<&07"),
    ("0000;[Red]-0000", 7, "0007"),
    ("0000", 7.5, "7.5"),
    ("0000", -7, "-7"),
    ('0"/2026"', 17, "17/2026"),
    ('"Л-"0', 1017, "Л-1017"),
    ('General"/26"', 17, "17/26"),
    ('"№ "#', 17, "№ 17"),
    ('0" "', 17, "17"),
    ('0"°"', 51, "51"),
    ("[Red]General", 17, "17"),
    ("###-####", 2000001, "2000001"),
    ("0", 42, "42"),
    ("0.00", 42, "42"),
    ("#,##0", 1042, "1042"),
    ("dd.mm.yyyy", 46054, "2026-02-01"),
)


def test_numbers_of_xlsx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, WANTED)
        for row, (code, value, _) in enumerate(SHOWN, 1):
            style = book.add_format({"num_format": code})
            sheet.write_number(row, 0, value, style)
            sheet.write_formula(row, 1, "=1+1", style, value)
            sheet.write_string(row, 2, "42", style)
    expected = [(row, (text, text, "42")) for row, (*_, text) in enumerate(SHOWN, 2)]
    for size in (1 << 20, 64, 333):
        monkeypatch.setattr(pieces, "_CHUNK", size)
        assert read(path) == ([*WANTED], expected)


def test_numbers_of_ods(tmp_path: Path) -> None:
    cells = "".join(
        f'<table:table-cell office:value-type="float" office:value="{value}"'
        f' calcext:value-type="float"><text:p>{text}</text:p></table:table-cell>'
        for value, text in (
            ("42", "000042"), ("42.5", "42,50"), ("7", "АБ-0007"), ("17", "17/2026"),
            ("18", "Л-18"), ("1234567", "1 234 567"), ("123457000000000", "1,23457E+14"),
        )
    )  # fmt: skip
    path = an_ods_of(tmp_path / "file.ods", header(), f"<table:table-row>{cells}</table:table-row>")
    assert read(path) == ([*WANTED], [(2, ("000042", "42.5", "АБ-0007"))])
