"""Sheets of XLSX, ODS and XLS: their cells as the text that a person would have written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from python_calamine import CalamineError, SheetVisibleEnum

from core.appeals.exchange.days_of_books import since_1904
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.books import Book, opened
from core.kernel.tables.digits import digits
from core.kernel.tables.heading import LOOKED_AT, heading, seen
from core.kernel.tables.rows import Row, Table
from core.kernel.tables.source import Source


def book_table(source: Source, wanted: Collection[str], sheet: str | None) -> Table:
    """The named sheet, else the first of those whose header names most of the wanted columns."""
    book = opened(source.path)
    name, unread = _chosen(book, wanted, sheet)
    first = _first(book, name)
    place, _ = heading(first, wanted)
    header = first[place] if first else ()
    width = max((number for number, cell in enumerate(header, 1) if cell.strip()), default=0)
    if not width:
        raise Refusal(RefusalCode.BROKEN_FILE, f"Лист «{name}» пуст")
    read, height = 0, max(book.reader.get_sheet_by_name(name).total_height, 1)

    def rows() -> Iterator[Row]:
        nonlocal read
        for number, values in enumerate(book.rows(name), start=1):
            read = number
            cells = [_text(value) for value in values[:width]]
            if number > place + 1 and any(map(str.strip, cells)) and cells != header[:width]:
                yield Row(number, cells)

    def so_far() -> int:
        return source.size * read // height

    told = f"лист «{name}», заголовок в строке {place + 1}"
    columns = [seen(cell) for cell in header[:width]]
    uncounted = since_1904(source.path)
    return Table(columns, rows(), told, so_far, book=True, uncounted=uncounted, unread=unread)


def _chosen(book: Book, wanted: Collection[str], sheet: str | None) -> tuple[str, list[str]]:
    """The sheet to read, rather one that is shown, and those with as many of the wanted columns."""
    shown = {
        one.name: one.visible is SheetVisibleEnum.Visible for one in book.reader.sheets_metadata
    }
    names = sorted(book.names, key=lambda name: not shown[name])
    if sheet is not None:
        if sheet not in names:
            there = ", ".join(f"«{name}»" for name in names)
            text = f"Листа «{sheet}» в книге нет, есть {there}"
            raise Refusal(RefusalCode.WRONG_MAPPING, text)
        return sheet, []
    if not names:
        raise Refusal(RefusalCode.BROKEN_FILE, "В книге нет листов")
    filled = [name for name in names if _first(book, name)] or names
    named = {name: heading(_first(book, name), wanted)[1] for name in filled}
    first, *others = (name for name in filled if named[name] == max(named.values()))
    return first, others if named[first] else []


def _first(book: Book, name: str) -> list[list[str]]:
    try:
        return [[_text(cell) for cell in row] for row in islice(book.rows(name), LOOKED_AT)]
    except CalamineError:
        return []


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return digits(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
