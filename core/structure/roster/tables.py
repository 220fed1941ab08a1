"""Tables out of files: CSV as offices write it, workbooks of XLSX and ODS. Cells become text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import INVISIBLE
from core.kernel.unreadable import why
from core.structure.roster.columns import column_of

LARGEST_FILE = 20_000_000
LARGEST_UNPACKED = 300_000_000
MOST_ROWS = 50_000
WORKBOOK = b"PK"
UNSEEN = re.compile(f"[{INVISIBLE}]")
DELIMITERS = ";,\t"
MIDNIGHT = "T00:00:00"
Named = Callable[[str], str | None]
"""The column of a header cell; None for one nobody knows."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where it stands, as people find it, and its cells by column."""

    where: str
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns that were known, in their order, and the rows that say anything."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_tables(path: Path, named: Named = column_of) -> tuple[Table, ...]:
    """The tables of a file: one of a CSV, one a sheet of a workbook; `named` knows their columns.

    Refuses BROKEN_FILE, TOO_MUCH and WRONG_MAPPING, the last with the file's own columns.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refusal(RefusalCode.TOO_MUCH, "Файл больше 20 МБ")
        content = path.read_bytes()
    except OSError as error:
        text = f"Файл не читается ({why(error)})"
        raise Refusal(RefusalCode.BROKEN_FILE, text) from error
    sheets = _sheets(content) if content.startswith(WORKBOOK) else [("", _csv(content))]
    read = (_table(name, lines, named) for name, lines in sheets)
    tables = tuple(table for table in read if table is not None)
    if not tables:
        raise Refusal(RefusalCode.WRONG_MAPPING, "В файле нет ни одной таблицы")
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise Refusal(RefusalCode.TOO_MUCH, f"В файле больше {MOST_ROWS} строк")
    return tables


def _sheets(content: bytes) -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise Refusal(RefusalCode.TOO_MUCH, "Книга слишком велика")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        found = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
    except (CalamineError, zipfile.BadZipFile) as error:
        raise Refusal(RefusalCode.BROKEN_FILE, "Книга не читается: файл повреждён") from error
    yield from zip((f"лист «{name}», " for name in names), found, strict=True)


def _csv(content: bytes) -> Iterator[Sequence[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = "Файл не в UTF-8: сохраните его как «CSV UTF-8» или книгу XLSX"
        raise Refusal(RefusalCode.BROKEN_FILE, text) from error
    if "\0" in text:
        raise Refusal(RefusalCode.BROKEN_FILE, "В файле недопустимый знак")
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise Refusal(RefusalCode.BROKEN_FILE, "Файл не читается: незакрытая кавычка") from error


def _table(name: str, lines: Iterable[Sequence[Any]], named: Named) -> Table | None:
    """The table, whose first line with anything in it is the header; None for an empty one."""
    numbered = ((number, [_text(cell) for cell in line]) for number, line in enumerate(lines, 1))
    said = ((number, cells) for number, cells in numbered if any(cells))
    first = next(said, None)
    if first is None:
        return None
    columns = _header(name, first[1], named)
    rows = tuple(Row(f"{name}строка {n}", _cells(name, n, columns, cells)) for n, cells in said)
    return Table(columns, rows)


def _header(name: str, cells: Sequence[str], named: Named) -> tuple[str, ...]:
    """The known names of the columns; blanks at the end are none."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    found = tuple(named(cell) for cell in cells)
    strange = [cell for cell, column in zip(cells, found, strict=True) if column is None]
    if strange:
        text = f"{name}неизвестные столбцы: {', '.join(strange)}"
        raise Refusal(RefusalCode.WRONG_MAPPING, text[0].upper() + text[1:])
    if len(set(found)) != len(found):
        text = f"{name}один столбец встречается дважды"
        raise Refusal(RefusalCode.WRONG_MAPPING, text[0].upper() + text[1:])
    return tuple(column for column in found if column is not None)


def _cells(name: str, number: int, columns: Sequence[str], cells: list[str]) -> dict[str, str]:
    if any(cells[len(columns) :]):
        text = f"{name}строка {number}: ячеек больше, чем столбцов"
        raise Refusal(RefusalCode.BROKEN_FILE, text[0].upper() + text[1:])
    padded = cells + [""] * (len(columns) - len(cells))
    return dict(zip(columns, padded, strict=False))


def _text(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, days as ISO."""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (datetime, date)):
        return cell.isoformat().removesuffix(MIDNIGHT)
    return " ".join(UNSEEN.sub("", str(cell)).split())
