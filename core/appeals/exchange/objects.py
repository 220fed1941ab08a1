"""Tables of JSON: lines of objects, arrays of them, and answers that have one array inside."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TextIO

from core.appeals.exchange.lines import LONGEST_RECORD, Lines, RecordTooLong
from core.appeals.exchange.rows import Row, Unreadable
from core.kernel.codes import RefusalCode

ROWS_TO_KNOW_COLUMNS = 100
"""JSON has no header: the names of the first rows are taken for the file's columns."""

DEEPEST = 4
"""Levels of nested objects whose values are columns of their own, named `outer.inner`."""

LONGEST_ANSWER = 64_000_000
"""Characters of a file that is one object: it is read at once."""

_CHUNK = 1 << 16


class Found(NamedTuple):
    """A row as it stands, before its file's columns are known."""

    line: int
    cells: Mapping[str, str]


Objects = Iterator[Found | Unreadable]


def json_table(stream: TextIO) -> tuple[Sequence[str], Iterator[Row | Unreadable], str]:
    """The columns, the rows and how it was understood."""
    start = stream.read(_CHUNK)
    if start.lstrip("\ufeff \t\r\n")[:1] == "[" and not _is_lines(start):
        return *table_of(_array(start, stream)), "массив JSON"
    if _is_one_object(start):
        return *table_of(_answer(start, stream)), "объект JSON со списком"
    stream.seek(0)
    return *table_of(_objects(Lines(stream))), "строки JSON"


def table_of(objects: Objects) -> tuple[Sequence[str], Iterator[Row | Unreadable]]:
    """The columns, which the first rows name, and the rows under them."""
    first = list(itertools.islice(objects, ROWS_TO_KNOW_COLUMNS))
    known = (one.cells for one in first if isinstance(one, Found))
    names = list(dict.fromkeys(itertools.chain.from_iterable(known)))
    return names, (_row_of(one, names) for one in itertools.chain(first, objects))


def _row_of(one: Found | Unreadable, names: Sequence[str]) -> Row | Unreadable:
    if isinstance(one, Unreadable):
        return one
    return Row(one.line, [one.cells.get(name, "") for name in names])


def _is_lines(start: str) -> bool:
    """Whether the first line is whole by itself and no list of objects."""
    inner = start.lstrip("\ufeff \t\r\n")[1:].lstrip()
    return inner[:1] not in ("{", "]", "")


def _is_one_object(start: str) -> bool:
    """An object that does not end with its first line, or is a list in an envelope."""
    if not start.lstrip("\ufeff \t\r\n").startswith("{"):
        return False
    first, _, rest = start.lstrip("\ufeff \t\r\n").partition("\n")
    try:
        content = _JSON.decode(first)
    except (ValueError, RecursionError):
        return first.strip() == "{" or _opens(first, rest)
    return not rest.strip() and _list_in(content) is not None


def _opens(first: str, rest: str) -> bool:
    """Whether the first line breaks off in a list of objects, and no object begins the next."""
    return first.rstrip().endswith(("[", "{", ",")) and not rest.lstrip().startswith('{"')


def _list_in(content: object) -> list[object] | None:
    """The one list of objects in an answer: `data`, `results`, `service_requests`."""
    if not isinstance(content, dict):
        return None
    lists = [value for value in content.values() if isinstance(value, list) and value]
    lists = [value for value in lists if all(isinstance(one, dict) for one in value)]
    return lists[0] if len(lists) == 1 else None


def _answer(start: str, stream: TextIO) -> Objects:
    text = (start + stream.read(LONGEST_ANSWER)).lstrip("\ufeff")
    try:
        content = _JSON.decode(text)
    except (ValueError, RecursionError):
        yield Unreadable(1, RefusalCode.BROKEN_FILE, "файл обрывается или это не JSON")
        return
    rows = _list_in(content)
    for number, value in enumerate([content] if rows is None else rows, start=1):
        yield Found(number, cells_of(value))


def _array(text: str, stream: TextIO) -> Objects:
    """The objects of an array one by one; what is broken ends it, for nothing says what follows."""
    line, place = 1, text.index("[") + 1
    while True:
        text, place, line = _to_the_next(text, place, line, stream)
        if text[place : place + 1] == "]":
            return
        try:
            value, end = _JSON.raw_decode(text, place)
        except (ValueError, RecursionError):
            more = stream.read(_CHUNK) if len(text) - place <= LONGEST_RECORD else ""
            if more:
                text, place = text[place:] + more, 0
                continue
            reason = "файл обрывается на этой строке"
            yield Unreadable(line, RefusalCode.BROKEN_FILE, reason, (text[place:][:_CHUNK],))
            return
        if isinstance(value, dict):
            yield Found(line, cells_of(value))
        else:
            yield Unreadable(line, RefusalCode.MALFORMED, "элемент не объект JSON")
        line += text.count("\n", place, end)
        place = end


def _to_the_next(text: str, place: int, line: int, stream: TextIO) -> tuple[str, int, int]:
    """Past spaces and commas, reading on where the text ends."""
    while True:
        while place < len(text) and text[place] in ", \t\r\n\ufeff":
            line += text[place] == "\n"
            place += 1
        if place < len(text) or not (more := stream.read(_CHUNK)):
            return text, place, line
        text, place = more, 0


def _objects(lines: Lines) -> Objects:
    while not lines.ended():
        lines.begin()
        try:
            text = next(lines)
            if text.strip():
                yield Found(lines.number, _cells_of_line(text))
        except (RecordTooLong, ValueError, RecursionError):
            remains = ("".join(lines.record)[:LONGEST_RECORD].rstrip("\r\n"),)
            if lines.ended():
                reason = "файл обрывается на этой строке"
                yield Unreadable(lines.number, RefusalCode.BROKEN_FILE, reason, remains)
            else:
                reason = "строка не объект JSON"
                yield Unreadable(lines.number, RefusalCode.MALFORMED, reason, remains)


def _cells_of_line(text: str) -> dict[str, str]:
    content = _JSON.decode(text)
    if not isinstance(content, dict):
        raise ValueError("not an object")
    return cells_of(content)


def cells_of(content: Mapping[str, object]) -> dict[str, str]:
    """A cell for each value; of nested ones too, under the names of all that they are in."""
    return dict(_cells(content, "", 1))


def _cells(content: Mapping[str, object], above: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if isinstance(value, dict):
            if depth < DEEPEST:
                yield from _cells(value, f"{above}{name}.", depth + 1)
        elif isinstance(value, list):
            plain = [one for one in value if not isinstance(one, dict | list)]
            if len(plain) == len(value):
                yield f"{above}{name}", "; ".join(filter(None, map(_text, plain)))
        else:
            yield f"{above}{name}", _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)
