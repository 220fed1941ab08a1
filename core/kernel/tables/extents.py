"""How far the sheets of a book reach: the reader of books keeps a cell for each place until there.

One sign that was typed by mistake far from the table makes billions of a few.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, NamedTuple

from core.kernel.tables.failed import CONTENT, SHEETS
from core.kernel.tables.pieces import pieces

_TAIL = 1 << 16
_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^<>]*?\sr=["']([A-Z]+)(\d+)["'][^<>]*(?<!/)>(?!</)""", re.ASCII
)
"""In XLSX, with something in it: one that only looks different from others is not kept."""

_FAR_CELL = re.compile(_CELL.pattern.replace(b"[A-Z]+", b"[A-Z]{2,}"), re.ASCII)
"""The same behind the column Z: most sheets have none, and are looked through at once."""

_NEAR = 26

_ROW = b"<table:table-row"
_ROWS = re.compile(rb"""[^<>]*?number-rows-repeated=["'](\d+)["']""")
_COLUMNS = re.compile(rb"""<table:(?:covered-)?table-cell\b[^<>]*?columns-repeated=["'](\d+)["']""")
_CELLS = (b"<table:table-cell", b"<table:covered-table-cell")
_SAID = (b":value-type=", b"<text:p")
"""In ODS: what a cell has in which something stands."""


class Extent(NamedTuple):
    """The last row and the last column of a sheet in which something stands."""

    rows: int = 0
    columns: int = 0

    @property
    def cells(self) -> int:
        """All places until there."""
        return self.rows * self.columns


def extents(book: zipfile.ZipFile) -> Iterator[Extent]:
    """Of each sheet of XLSX and ODS."""
    for entry in book.infolist():
        if SHEETS.fullmatch(entry.filename):
            yield _of_cells(book, entry.filename)
        elif CONTENT.fullmatch(entry.filename):
            yield from _of_rows(book, entry.filename)


def _of_cells(book: zipfile.ZipFile, name: str) -> Extent:
    """By the names of cells: rows stand in their order."""
    rows, columns = 0, _NEAR
    with book.open(name) as part:
        for piece in pieces(part):
            last = _last(piece[-_TAIL:]) or _last(piece)
            rows = max(rows, last)
            far = {found[0] for found in _FAR_CELL.findall(piece)}
            columns = max([columns, *map(_column, far)])
    return Extent(rows, columns)


def _last(piece: bytes) -> int:
    return max((int(found[1]) for found in _CELL.findall(piece)), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _of_rows(book: zipfile.ZipFile, name: str) -> Iterator[Extent]:
    """By counting: in ODS neither rows nor cells have names, and equal ones are written once."""
    number, found = 0, Extent()
    with book.open(name) as part:
        for row in _rows(part):
            repeated = _ROWS.match(row)
            number += int(repeated[1]) if repeated else 1
            if width := _width(row):
                found = Extent(number, max(found.columns, width))
            if b"</table:table>" in row:
                yield found
                number, found = 0, Extent()


def _rows(part: IO[bytes]) -> Iterator[bytes]:
    """Each row after its `<table:table-row`, up to the next one."""
    kept, inside = b"", False
    for piece in pieces(part):
        *whole, kept = (kept + piece).split(_ROW)
        yield from whole if inside else whole[1:]
        inside = inside or bool(whole)
    if inside:
        yield kept


def _width(row: bytes) -> int:
    """The last column of the row in which something stands; 0 where nothing does."""
    last = max(map(row.rfind, _SAID))
    if last < 0:
        return 0
    until = row[: row.find(b">", last) + 1]
    return sum(map(until.count, _CELLS)) + sum(int(one) - 1 for one in _COLUMNS.findall(until))
