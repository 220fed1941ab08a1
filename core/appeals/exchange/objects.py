"""Tables of JSON: lines of objects, arrays of them, and answers that have one array inside."""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TextIO

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.digits import digits
from core.kernel.tables.heading import alike
from core.kernel.tables.lines import LONGEST_RECORD, Lines, RecordTooLong
from core.kernel.tables.rows import Row, Unreadable

ROWS_TO_KNOW_COLUMNS = 100
"""JSON has no header: the names of the first rows are taken for the file's columns."""

DEEPEST = 4
"""Levels of nested objects whose values are columns of their own, named `outer.inner`."""

LONGEST_ANSWER = 64_000_000
"""Characters of a file that is one object: it is read at once."""

_CHUNK = 1 << 16


class Found(NamedTuple):
    """A row as it stands, before its file's columns are known; `line` as of `Row`."""

    line: int
    cells: Mapping[str, str]


class NoObject(ValueError):
    """A line of JSON, whole, and no object."""


Objects = Iterator[Found | Unreadable]


def json_objects(stream: TextIO, wanted: Collection[str] = ()) -> tuple[Objects, str]:
    """The objects of a file and how it was understood.

    `wanted`, as `alike` makes them, tell which list of an answer is the one that is read.
    """
    start = stream.read(_CHUNK)
    if start.lstrip("\ufeff \t\r\n")[:1] == "[" and not _is_lines(start):
        return _array(start, stream, wanted), "массив JSON"
    if _is_one_object(start):
        return _answer(start, stream, wanted), "объект JSON со списком"
    stream.seek(0)
    return _objects(Lines(stream), wanted), "строки JSON"


def table_of(
    objects: Objects, wanted: Collection[str] = (), optional: Collection[str] = ()
) -> tuple[Sequence[str], Iterator[Row | Unreadable], Sequence[str]]:
    """The columns, which the first rows name, the rows under them, and the columns not named.

    An object leaves out what it has nothing to say of: a column of `optional` that no object names
    is there, and blank; an answer without objects has all that is `wanted`. BROKEN_FILE where
    nothing that is there is an object.
    """
    first = list(itertools.islice(objects, ROWS_TO_KNOW_COLUMNS))
    known = (one.cells for one in first if isinstance(one, Found))
    names = list(dict.fromkeys(itertools.chain.from_iterable(known)))
    if not first:
        return list(wanted), iter(()), ()
    if not names:
        unread = (one.reason for one in first if isinstance(one, Unreadable))
        reason = next(unread, "в его объектах нет ни одного поля")
        raise Refusal(RefusalCode.BROKEN_FILE, f"Файл не читается: {reason}.")
    looks = {*map(alike, names)}
    absent = [name for name in dict.fromkeys(optional) if alike(name) not in looks]
    names += absent
    return names, (_row_of(one, names) for one in itertools.chain(first, objects)), absent


def _row_of(one: Found | Unreadable, names: Sequence[str]) -> Row | Unreadable:
    if isinstance(one, Unreadable):
        return one
    return Row(one.line, [one.cells.get(name, "") for name in names])


def _is_lines(start: str) -> bool:
    """Whether the first line is whole by itself and no list of objects."""
    inner = start.lstrip("\ufeff \t\r\n")[1:].lstrip()
    return inner[:1] not in ("{", "]", "")


def _is_one_object(start: str) -> bool:
    """An object that does not end with its first line, or with the file, or is in an envelope."""
    text = start.lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return False
    first, ended, rest = text.partition("\n")
    try:
        _JSON.decode(first)
    except (ValueError, RecursionError):
        return not ended or first.strip() == "{" or _opens(first, rest)
    return not rest.strip()


def _opens(first: str, rest: str) -> bool:
    """Whether the first line breaks off in a list of objects, and no object begins the next."""
    return first.rstrip().endswith(("[", "{", ",")) and not rest.lstrip().startswith('{"')


def _rows_in(content: Mapping[str, object], wanted: Collection[str]) -> Sequence[Any]:
    """The rows of an answer: its list of objects (`data.items`, `service_requests`), or itself.

    Of several the one whose first object names most of the wanted columns, then the outermost;
    several in one place of which nothing is said are none. An answer that names nothing wanted and
    has one list alone, an empty one, is of a day without appeals.
    """
    lists = [[[content]], *_lists(content)]
    named = [(_named(rows[0], wanted), rows) for level in lists for rows in level]
    most = max(number for number, _ in named)
    if most:
        return next(rows for number, rows in named if number == most)
    if wanted and [*itertools.chain(*_levels(content))] == [[]]:
        return []
    outermost = next((level for level in lists[1:] if level), [])
    return outermost[0] if len(outermost) == 1 else [content]


def _levels(content: Mapping[str, object]) -> Iterator[list[list[Any]]]:
    """Every list in an answer, whatever is in it, by the number of objects that it lies in."""
    inside = [content]
    for _ in range(DEEPEST):
        values = [value for one in inside for value in one.values()]
        yield [value for value in values if isinstance(value, list)]
        inside = [value for value in values if isinstance(value, dict)]


def _named(row: Mapping[str, object], wanted: Collection[str]) -> int:
    return len({*map(alike, _cells_in(row, wanted))}.intersection(wanted))


def _cells_in(row: Mapping[str, Any], wanted: Collection[str]) -> dict[str, str]:
    """The cells of a row without the envelope that it alone is in (`[{"request": {...}}]`).

    Whoever asks for columns by the name of the envelope gets them so.
    """
    inner = row
    while len(inner) == 1 and isinstance(value := next(iter(inner.values())), dict):
        inner = value
    if inner is not row and any(alike(name) in wanted for name in cells_of(row)):
        return cells_of(row)
    return cells_of(inner)


def _lists(content: Mapping[str, object]) -> list[list[list[Any]]]:
    """The lists of objects in an answer, by the number of objects that they lie in."""
    return [
        [rows for rows in level if rows and all(isinstance(one, dict) for one in rows)]
        for level in _levels(content)
    ]


def _answer(start: str, stream: TextIO, wanted: Collection[str]) -> Objects:
    """The rows of one answer; several objects one after another are rows themselves."""
    text = (start + stream.read(LONGEST_ANSWER)).strip("\ufeff \t\r\n")
    whole, place = list[Any](), 0
    broken: Unreadable | None = None
    try:
        while place < len(text):
            content, place = _JSON.raw_decode(text, place)
            whole.append(content)
            place += len(text[place:]) - len(text[place:].lstrip("\ufeff \t\r\n,"))
    except (ValueError, RecursionError):
        reason = "файл обрывается или это не JSON"
        broken = Unreadable(len(whole) + 1, RefusalCode.BROKEN_FILE, reason)
    rows = _rows_in(whole[0], wanted) if len(whole) == 1 else whole
    for number, value in enumerate(rows, start=1):
        if isinstance(value, dict):
            yield Found(number, _cells_in(value, wanted))
        else:
            yield Unreadable(number, RefusalCode.MALFORMED, "элемент не объект JSON")
    if broken is not None:
        yield broken


def _array(text: str, stream: TextIO, wanted: Collection[str]) -> Objects:
    """The objects of an array one by one; what is broken ends it, for nothing says what follows."""
    number, place = 1, text.index("[") + 1
    while True:
        text, place = _to_the_next(text, place, stream)
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
            yield Unreadable(number, RefusalCode.BROKEN_FILE, reason, (text[place:][:_CHUNK],))
            return
        if isinstance(value, dict):
            yield Found(number, _cells_in(value, wanted))
        else:
            yield Unreadable(number, RefusalCode.MALFORMED, "элемент не объект JSON")
        number, place = number + 1, end


def _to_the_next(text: str, place: int, stream: TextIO) -> tuple[str, int]:
    """Past spaces and commas, reading on where the text ends."""
    while True:
        while place < len(text) and text[place] in ", \t\r\n\ufeff":
            place += 1
        if place < len(text) or not (more := stream.read(_CHUNK)):
            return text, place
        text, place = more, 0


def _objects(lines: Lines, wanted: Collection[str]) -> Objects:
    while not lines.ended():
        lines.begin()
        try:
            text = next(lines)
            if text.strip():
                yield Found(lines.number, _cells_of_line(text, wanted))
        except (RecordTooLong, ValueError, RecursionError) as error:
            remains = ("".join(lines.record)[:LONGEST_RECORD].rstrip("\r\n"),)
            if lines.ended() and not isinstance(error, NoObject):
                reason = "файл обрывается на этой строке"
                yield Unreadable(lines.number, RefusalCode.BROKEN_FILE, reason, remains)
            else:
                reason = "строка не объект JSON"
                yield Unreadable(lines.number, RefusalCode.MALFORMED, reason, remains)


def _cells_of_line(text: str, wanted: Collection[str]) -> dict[str, str]:
    content = _JSON.decode(text)
    if not isinstance(content, dict):
        raise NoObject
    return _cells_in(content, wanted)


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
    if isinstance(value, float):
        return digits(value)
    return value if isinstance(value, str) else json.dumps(value)


NO_VALUE = dict.fromkeys(("NaN", "Infinity", "-Infinity"))
"""No JSON, but how many a program writes that there is no value."""

_JSON = json.JSONDecoder(parse_constant=NO_VALUE.get)
