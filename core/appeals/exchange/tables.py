"""A file opened as a table, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from core.appeals.exchange.books import book_table
from core.appeals.exchange.georeport import requests
from core.appeals.exchange.objects import json_objects, table_of
from core.kernel.tables.delimited import delimited_table
from core.kernel.tables.formulas import as_meant, as_written
from core.kernel.tables.heading import alike
from core.kernel.tables.lines import Lines
from core.kernel.tables.rows import REJECT_COLUMNS, Row, Table, Unreadable
from core.kernel.tables.source import Kind, Source

XML = "ответ GeoReport в XML"


@contextmanager
def open_table(
    source: Source,
    wanted: Collection[str] = (),
    sheet: str | None = None,
    optional: Collection[str] = (),
) -> Iterator[Table]:
    """The file as a table; BROKEN_FILE when it has not even a header.

    `wanted` are names of columns by which the header is known, in any spelling; those of `optional`
    may be left out by every object of a file that has objects.
    """
    names = frozenset(map(alike, wanted))
    if source.kind is Kind.BOOK:
        yield _restored(book_table(source, names, sheet), guarded=False)
        return
    with source.open() as stream:
        if source.kind is Kind.DELIMITED:
            columns, rows, told = delimited_table(Lines(stream), names)
            absent: Sequence[str] = ()
        else:
            xml = source.kind is Kind.XML
            objects, told = (requests(stream), XML) if xml else json_objects(stream, names)
            columns, rows, absent = table_of(objects, wanted, optional)
        said = f"{told}; кодировка {source.encoding}"
        table = Table(columns, rows, said, stream.buffer.tell, absent=absent)
        yield _restored(table, guarded=source.kind is Kind.DELIMITED)


def _restored(table: Table, *, guarded: bool) -> Table:
    """The table with its cells as they were: in text for spreadsheets formulas are made harmless.

    A book says itself what is text, and keeps its apostrophes, but for a file of rejects that was
    saved as one; such a file is told to be one.
    """
    rejects = tuple(table.columns[: len(REJECT_COLUMNS)]) == REJECT_COLUMNS
    told = f"исправленные непринятые строки; {table.told}" if rejects else table.told
    read = _as_meant if rejects else _as_written
    rows = map(read, table.rows) if guarded or rejects else table.rows
    return replace(table, rows=rows, told=told)


def _as_written(row: Row | Unreadable) -> Row | Unreadable:
    """What formulas only quote was told apart where a text was read, but not in ruins."""
    return Row(row.line, [*map(as_written, row.cells)]) if isinstance(row, Row) else _as_meant(row)


def _as_meant(row: Row | Unreadable) -> Row | Unreadable:
    cells = [as_written(as_meant(cell)) for cell in row.cells]
    return Row(row.line, cells) if isinstance(row, Row) else replace(row, cells=cells)
