"""Tables out of files: CSV as offices write it, workbooks of XLSX and ODS. Cells become text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.books import opened
from core.kernel.tables.delimited import delimited_table
from core.kernel.tables.failed import FAILED
from core.kernel.tables.heading import LOOKED_AT, alike, heading, seen
from core.kernel.tables.lines import Lines
from core.kernel.tables.rows import Row as Line
from core.kernel.tables.rows import Unreadable
from core.kernel.tables.source import Kind, Source, examine
from core.kernel.unreadable import why
from core.structure.roster.columns import NAMES

LARGEST_FILE = 20_000_000
MOST_ROWS = 50_000
MIDNIGHT = "T00:00:00"
DAYS = frozenset({"since", "through", "until"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T[\d:]+)?")
Names = Mapping[str, Sequence[str]]
"""Each column and what else it may be called."""


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


Numbered = Iterator[tuple[int, Sequence[str]]]


def read_tables(path: Path, names: Names = NAMES) -> tuple[Table, ...]:
    """The tables of a file: one of a CSV, one a sheet of a workbook; `names` are their columns.

    Refuses BROKEN_FILE, TOO_MUCH and WRONG_MAPPING, the last with the file's own columns.
    """
    known = {alike(word): column for column, words in names.items() for word in (column, *words)}
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refusal(RefusalCode.TOO_MUCH, "Файл больше 20 МБ")
        source = examine(path)
        if source.kind is Kind.BOOK:
            found = _sheets(path, known)
        elif source.kind is Kind.DELIMITED:
            found = [("", *_text_of(source, known))]
        else:
            text = "Это не таблица: нужен файл CSV или книга XLSX, ODS"
            raise Refusal(RefusalCode.BROKEN_FILE, text)
    except OSError as error:
        text = f"Файл не читается ({why(error)})"
        raise Refusal(RefusalCode.BROKEN_FILE, text) from error
    tables = tuple(_table(name, header, rows, known) for name, header, rows in found)
    if not tables:
        raise Refusal(RefusalCode.WRONG_MAPPING, "В файле нет ни одной таблицы")
    if sum(len(table.rows) for table in tables) > MOST_ROWS:
        raise Refusal(RefusalCode.TOO_MUCH, f"В файле больше {MOST_ROWS} строк")
    return tables


def require_columns(table: Table, needed: frozenset[str], what: str) -> None:
    """Refuse WRONG_MAPPING a table in which `what` it is to hold (genitive) is not to be seen."""
    if missing := needed - {*table.columns}:
        text = (
            f"По столбцам ({', '.join(table.columns)}) не видно {what}."
            f" Не хватает: {', '.join(sorted(missing))}"
        )
        raise Refusal(RefusalCode.WRONG_MAPPING, text)


def _sheets(path: Path, known: Names) -> list[tuple[str, Sequence[str], Numbered]]:
    """Of each sheet that says anything its name, its header and what stands below."""
    book = opened(path)
    try:
        read = [(f"лист «{name}», ", list(book.rows(name))) for name in book.names]
    except CalamineError as error:
        raise Refusal(RefusalCode.BROKEN_FILE, "Книга не читается: файл повреждён") from error
    return [
        (name, lines[place], enumerate(lines[place + 1 :], place + 2))
        for name, rows in read
        if any(map(any, lines := [[_text(cell) for cell in row] for row in rows]))
        for place in (heading(lines[:LOOKED_AT], known)[0],)
    ]


def _text_of(source: Source, known: Names) -> tuple[Sequence[str], Numbered]:
    """The header of a text with delimiters and what stands below; BROKEN_FILE at a spoilt row."""
    with source.open() as stream:
        header, rows, _ = delimited_table(Lines(stream), frozenset(known))
        return header, iter([(row.line, _sound(row)) for row in rows])


def _sound(row: Line | Unreadable) -> Sequence[str]:
    if isinstance(row, Unreadable):
        raise Refusal(RefusalCode.BROKEN_FILE, f"Строка {row.line}: {row.reason}")
    return [_text(cell) for cell in row.cells]


def _table(name: str, header: Sequence[str], rows: Numbered, known: Mapping[str, str]) -> Table:
    columns = _header(name, header, known)
    said = ((number, cells) for number, cells in rows if any(cells))
    return Table(
        columns, tuple(Row(f"{name}строка {n}", _cells(name, n, columns, c)) for n, c in said)
    )


def _header(name: str, cells: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The known names of the columns; blanks at the end are none."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    strange = [cell for cell in cells if alike(cell) not in known]
    if strange:
        there = ", ".join(f"«{cell}»" for cell in strange)
        columns = ", ".join(dict.fromkeys(known.values()))
        text = f"{name}неизвестные столбцы: {there}. Есть: {columns}"
        raise Refusal(RefusalCode.WRONG_MAPPING, text[0].upper() + text[1:])
    found = tuple(known[alike(cell)] for cell in cells)
    if len(set(found)) != len(found):
        text = f"{name}один столбец встречается дважды"
        raise Refusal(RefusalCode.WRONG_MAPPING, text[0].upper() + text[1:])
    return found


def _cells(name: str, number: int, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if any(cells[len(columns) :]):
        text = f"{name}строка {number}: ячеек больше, чем столбцов"
        raise Refusal(RefusalCode.BROKEN_FILE, text[0].upper() + text[1:])
    if failed := next((cell for cell in cells if FAILED.fullmatch(cell)), None):
        text = f"{name}строка {number}: вместо значения ошибка формулы «{failed}»"
        raise Refusal(RefusalCode.BROKEN_FILE, text[0].upper() + text[1:])
    if dated := next((one for one in zip(columns, cells, strict=False) if _is_dated(*one)), None):
        text = (
            f"{name}строка {number}, столбец {dated[0]}: табличный редактор сделал дату {dated[1]}"
        )
        hint = "из того, что было в ячейке: задайте ей текстовый формат и наберите снова"
        raise Refusal(RefusalCode.BROKEN_FILE, f"{text[0].upper()}{text[1:]} {hint}")
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return dict(zip(columns, padded, strict=False))


def _is_dated(column: str, cell: str) -> bool:
    return column not in DAYS and _DATE.fullmatch(cell) is not None


def _text(cell: Any) -> str:
    """A cell as a person reads it: whole numbers without a point, days as ISO."""
    if isinstance(cell, bool):
        return "да" if cell else "нет"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (datetime, date)):
        return cell.isoformat().removesuffix(MIDNIGHT)
    return seen(str(cell))
