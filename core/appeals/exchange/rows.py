"""Rows of a CSV or JSON Lines file, streamed: what cannot be read is told apart, never fatal."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from core.appeals.exchange.source import LONGEST_RECORD, Lines, RecordTooLong, Source
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
ROWS_TO_KNOW_COLUMNS = 100
"""JSON Lines have no header: the names of the first rows are taken for the file's columns."""


class Row(NamedTuple):
    """One row: the physical line where it starts (from 1) and a cell of text for each column."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is none; `reason` is Russian."""

    line: int
    code: RefusalCode
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """An open file: its column names as they stand (repeats included), then its rows, once."""

    columns: Sequence[str]
    rows: Iterator[Row | Unreadable]
    stream: TextIO

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self.stream.buffer.tell()


@contextmanager
def open_table(source: Source) -> Iterator[Table]:
    """The file as a table, by its suffix; BROKEN_FILE when it has not even a header."""
    with source.open() as stream:
        is_json = source.path.suffix.lower() in JSON_SUFFIXES
        columns, rows = (_json_table if is_json else _csv_table)(Lines(stream))
        yield Table(columns, rows, stream)


def _json_table(lines: Lines) -> tuple[Sequence[str], Iterator[Row | Unreadable]]:
    objects = _json_objects(lines)
    first = list(itertools.islice(objects, ROWS_TO_KNOW_COLUMNS))
    known = (one.cells for one in first if isinstance(one, _Object))
    names = list(dict.fromkeys(itertools.chain.from_iterable(known)))
    return names, (_row_of(one, names) for one in itertools.chain(first, objects))


def _csv_table(lines: Lines) -> tuple[Sequence[str], Iterator[Row | Unreadable]]:
    csv.field_size_limit(LONGEST_RECORD)
    try:
        delimiter = _delimiter(lines)
        header = next(csv.reader(lines, delimiter=delimiter, strict=True))
    except (csv.Error, RecordTooLong) as error:
        raise Refusal(RefusalCode.BROKEN_FILE, "Заголовок файла не разбирается") from error
    columns = [name.strip() for name in header]
    return columns, _csv_rows(lines, columns, delimiter)


def _delimiter(lines: Lines) -> str:
    """Told by the first line, which is read again."""
    first = next(lines, None)
    if first is None:
        raise Refusal(RefusalCode.BROKEN_FILE, "Файл пуст")
    lines.give_back(1)
    lines.begin()
    return ";" if first.count(";") > first.count(",") else ","


def _csv_rows(lines: Lines, columns: Sequence[str], delimiter: str) -> Iterator[Row | Unreadable]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            values = next(reader)
        except StopIteration:
            return
        except RecordTooLong:
            yield _failed(lines, columns, delimiter, "запись слишком длинна")
        except csv.Error:
            yield _failed(lines, columns, delimiter, "кавычки расставлены неверно")
        else:
            if len(values) == len(columns):
                yield Row(lines.number, values)
            elif values:
                reason = f"столбцов {len(values)}, в заголовке {len(columns)}"
                yield _failed(lines, columns, delimiter, reason)


def _failed(lines: Lines, columns: Sequence[str], delimiter: str, reason: str) -> Unreadable:
    """A quote left open swallows what follows: if those are rows, they are read again."""
    start, following = lines.number, lines.record[1:]
    if _mostly_rows(following, columns, delimiter):
        lines.give_back(len(following))
        return Unreadable(start, RefusalCode.MALFORMED, reason)
    if lines.ended():
        return Unreadable(start, RefusalCode.BROKEN_FILE, f"файл обрывается: {reason}")
    if following:
        reason = f"{reason} (строки {start}–{start + len(following)})"
    return Unreadable(start, RefusalCode.MALFORMED, reason)


def _mostly_rows(following: Sequence[str], columns: Sequence[str], delimiter: str) -> bool:
    fitting = sum(_cells(line, delimiter) == len(columns) for line in following)
    return len(columns) > 1 and 0 < len(following) <= 2 * fitting


def _cells(line: str, delimiter: str) -> int:
    """How many cells a line has as a row of its own; 0 if it is none."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True), ()))
    except csv.Error:
        return 0


class _Object(NamedTuple):
    """A row of JSON Lines as it stands, before its file's columns are known."""

    line: int
    cells: Mapping[str, str]


def _row_of(one: _Object | Unreadable, names: Sequence[str]) -> Row | Unreadable:
    if isinstance(one, Unreadable):
        return one
    return Row(one.line, [one.cells.get(name, "") for name in names])


def _json_objects(lines: Lines) -> Iterator[_Object | Unreadable]:
    while not lines.ended():
        lines.begin()
        try:
            text = next(lines)
            if text.strip():
                yield _Object(lines.number, _cells_of(text))
        except (RecordTooLong, ValueError, RecursionError):
            if lines.ended():
                reason = "файл обрывается на этой строке"
                yield Unreadable(lines.number, RefusalCode.BROKEN_FILE, reason)
            else:
                yield Unreadable(lines.number, RefusalCode.MALFORMED, "строка не объект JSON")


def _cells_of(text: str) -> dict[str, str]:
    content = _JSON.decode(text)
    if not isinstance(content, dict):
        raise ValueError("not an object")
    return {name: _text(value) for name, value in content.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return json.dumps(value)
    raise ValueError("a cell is no list and no object")


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)
