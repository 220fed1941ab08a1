"""Tables written out: CSV for spreadsheets, JSON Lines for programs, XLSX for people."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.formulas import as_text

Rows = Sequence[Sequence[object]]
Writer = Callable[[Rows], None]
"""Given rows as often as there are some; the very first one are the names of the columns."""

LINES = frozenset({".jsonl", ".ndjson", ".json"})
BOOK_SUFFIX = ".xlsx"
ROWS_OF_A_SHEET = 1_000_000
"""Fewer than a spreadsheet takes; what is more goes on the next sheet."""

PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
"""Nothing in a cell is run, followed or read as something else."""

ALWAYS = {"created": datetime(1980, 1, 1, tzinfo=UTC)}
"""The moment of writing would tell two looks at one open table apart; ZIP begins in that year."""


@contextmanager
def writer_for(path: Path, suffix: str) -> Iterator[Writer]:
    """Writes rows to the file in the format of the suffix; INVALID for one that is none."""
    if suffix == BOOK_SUFFIX:
        path.touch()  # what cannot be written is told now: a book is written when it is whole
        try:
            with xlsxwriter.Workbook(str(path), PLAIN) as book:
                book.set_properties(ALWAYS)
                yield _Sheets(book).write
        except FileCreateError as error:
            raise error.args[0] from None
        return
    if suffix not in (".csv", *LINES):
        text = f"Выгрузка бывает .csv, .jsonl и .xlsx, а не «{suffix or path.stem}»"
        raise Refusal(RefusalCode.INVALID, text)
    with path.open("w", encoding="utf-8", newline="") as file:
        yield text_writer(file, suffix)


def text_writer(file: TextIO, suffix: str) -> Writer:
    """Writes rows to an open text stream."""
    return _Lines(file).write if suffix in LINES else _Table(file).write


class _Table:
    """CSV: what a spreadsheet would run has an apostrophe before it."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)

    def write(self, rows: Rows) -> None:
        self._writer.writerows([as_text(_plain(cell)) for cell in row] for row in rows)


class _Lines:
    """JSON Lines: an object for each row, exactly as it is."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._names: Sequence[object] = ()

    def write(self, rows: Rows) -> None:
        for row in rows:
            if not self._names:
                self._names = row
                continue
            content = dict(zip(self._names, row, strict=True))
            self._file.write(json.dumps(content, ensure_ascii=False) + "\n")


class _Sheets:
    """XLSX: every text is a text."""

    def __init__(self, book: Any) -> None:
        self._book, self._row = book, 0
        self._bold = book.add_format({"bold": True})
        self._names: Sequence[object] = ()

    def write(self, rows: Rows) -> None:
        for row in rows:
            if not self._names:
                self._names = row
                self._begin()
                continue
            if self._row == ROWS_OF_A_SHEET:
                self._begin()
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    self._sheet.write_string(self._row, column, cell)
                elif cell is not None:
                    self._sheet.write(self._row, column, cell)
            self._row += 1

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(self._names):
            self._sheet.write_string(0, column, str(name), self._bold)
        self._row = 1


def _plain(cell: object) -> object:
    """`true` and `false` as JSON has them, and nothing for nothing."""
    return str(cell).lower() if isinstance(cell, bool) else cell
