"""Sheets of XLSX, ODS and XLS: their cells as the text that a person would have written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, load_workbook

from core.appeals.exchange.heading import LOOKED_AT, heading, seen
from core.appeals.exchange.rows import Row
from core.appeals.exchange.source import BOOKS, Source
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

LARGEST_BOOK = 1 << 29
"""Bytes of a book unpacked: a small file may hold far more than there is memory for."""

EXACT = 1e15
"""Whole numbers from here on have lost digits: a spreadsheet keeps fifteen."""


def book_table(
    source: Source, wanted: Collection[str], sheet: str | None
) -> tuple[Sequence[str], Iterator[Row], str, Callable[[], int]]:
    """The columns, the rows, how it was understood, and the bytes read so far.

    Of the named sheet, else of the one whose header names most of the wanted columns.
    """
    book = _opened(source)
    name = _chosen(book, wanted, sheet)
    found = book.get_sheet_by_name(name)
    first = _first(found)
    place, _ = heading(first, wanted)
    header = first[place] if first else ()
    width = max((number for number, cell in enumerate(header, 1) if cell.strip()), default=0)
    if not width:
        raise Refusal(RefusalCode.BROKEN_FILE, f"Лист «{name}» пуст")
    read = 0

    def rows() -> Iterator[Row]:
        nonlocal read
        for number, values in enumerate(found.iter_rows(), start=1):
            read = number
            cells = [_text(value) for value in values[:width]]
            if number > place + 1 and any(map(str.strip, cells)) and cells != header[:width]:
                yield Row(number, cells)

    def so_far() -> int:
        return source.size * read // max(found.total_height, 1)

    told = f"лист «{name}», заголовок в строке {place + 1}"
    return [seen(cell) for cell in header[:width]], rows(), told, so_far


def _opened(source: Source) -> CalamineWorkbook:
    try:
        with source.path.open("rb") as file:
            zipped = file.read(4) == BOOKS[0]
        if zipped:
            with zipfile.ZipFile(source.path) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > LARGEST_BOOK:
                text = f"Книга разворачивается больше чем в {LARGEST_BOOK >> 20} МБ: разделите её"
                raise Refusal(RefusalCode.TOO_MUCH, text)
        return load_workbook(str(source.path))
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        text = "Файл не читается: это не книга XLSX, ODS или XLS, она повреждена или под паролем"
        raise Refusal(RefusalCode.BROKEN_FILE, text) from error


def _chosen(book: CalamineWorkbook, wanted: Collection[str], sheet: str | None) -> str:
    names = book.sheet_names
    if sheet is not None:
        if sheet not in names:
            there = ", ".join(f"«{name}»" for name in names)
            text = f"Листа «{sheet}» в книге нет, есть {there}"
            raise Refusal(RefusalCode.WRONG_MAPPING, text)
        return sheet
    if not names:
        raise Refusal(RefusalCode.BROKEN_FILE, "В книге нет листов")
    filled = [name for name in names if _first(book.get_sheet_by_name(name))] or names
    return max(filled, key=lambda name: heading(_first(book.get_sheet_by_name(name)), wanted)[1])


def _first(sheet: CalamineSheet) -> list[list[str]]:
    try:
        return [[_text(cell) for cell in row] for row in islice(sheet.iter_rows(), LOOKED_AT)]
    except CalamineError:
        return []


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        exact = value.is_integer() and abs(value) < EXACT
        return str(int(value)) if exact else str(value).upper()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
