"""A file opened as a table, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from core.appeals.exchange.books import book_table
from core.appeals.exchange.delimited import delimited_table
from core.appeals.exchange.georeport import requests
from core.appeals.exchange.heading import alike
from core.appeals.exchange.lines import Lines
from core.appeals.exchange.objects import json_table, table_of
from core.appeals.exchange.rows import Table
from core.appeals.exchange.source import Kind, Source


@contextmanager
def open_table(
    source: Source, wanted: Collection[str] = (), sheet: str | None = None
) -> Iterator[Table]:
    """The file as a table; BROKEN_FILE when it has not even a header.

    `wanted` are names of columns by which the header is known, in any spelling.
    """
    names = frozenset(map(alike, wanted))
    if source.kind is Kind.BOOK:
        yield Table(*book_table(source, names, sheet), book=True)
        return
    with source.open() as stream:
        if source.kind is Kind.DELIMITED:
            columns, rows, told = delimited_table(Lines(stream), names)
        elif source.kind is Kind.XML:
            columns, rows = table_of(requests(stream))
            told = "ответ GeoReport в XML"
        else:
            columns, rows, told = json_table(stream, names)
        yield Table(columns, rows, f"{told}; кодировка {source.encoding}", stream.buffer.tell)
