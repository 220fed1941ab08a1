"""A small table sent as text: a heading, then lines of cells between semicolons."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import readable
from core.law.act import Clause

MOST_LINES = 5_000
LONGEST_CELL = 300


def sheet_of(
    text: str, columns: Sequence[str], clause: Clause
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Number and cells of each line under the heading; refuses WRONG_MAPPING and FILE_EMPTY.

    An empty cell is refused as INVALID with its line, but that of a column in brackets.
    """
    if not readable(text):
        raise Refusal(RefusalCode.BROKEN_FILE, "В файле недопустимые знаки", clause)
    lines = csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";")
    heading = [cell.strip().casefold() for cell in next(lines, [])]
    wanted = [one.strip("()") for one in columns]
    if heading != wanted:
        said = f"Столбцы файла: {'; '.join(wanted)}"
        raise Refusal(RefusalCode.WRONG_MAPPING, said, clause)
    found = 0
    for line, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        found += 1
        if found > MOST_LINES:
            raise Refusal(RefusalCode.TOO_MUCH, f"Строк больше {MOST_LINES}", clause)
        yield line, _cells(cells, columns, line, clause)
    if not found:
        raise Refusal(RefusalCode.FILE_EMPTY, "В файле нет ни одной строки", clause)


def _cells(
    cells: Sequence[str], columns: Sequence[str], line: int, clause: Clause
) -> tuple[str, ...]:
    told = tuple(cell.strip() for cell in cells)
    if len(told) != len(columns):
        said = f"Строка {line}: ячеек {len(told)}, а столбцов {len(columns)}"
        raise Refusal(RefusalCode.INVALID, said, clause)
    for name, cell in zip(columns, told, strict=True):
        if not cell and not name.startswith("("):
            raise Refusal(RefusalCode.INVALID, f"Строка {line}: пусто в «{name}»", clause)
        if len(cell) > LONGEST_CELL:
            said = f"Строка {line}: «{name}» длиннее {LONGEST_CELL} знаков"
            raise Refusal(RefusalCode.TEXT_TOO_LONG, said, clause)
    return told
