"""Tables of text with delimiters: CSV as spreadsheets, people and `cat` make it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.formulas import as_meant
from core.kernel.tables.heading import LOOKED_AT, UNSEEN, heading, seen
from core.kernel.tables.lines import LONGEST_RECORD, Lines, RecordTooLong
from core.kernel.tables.rows import Row, Unreadable

DELIMITERS = {",": "запятая", ";": "точка с запятой", "\t": "табуляция", "|": "вертикальная черта"}
BLANK = UNSEEN + "\x1a"
_SAID = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)


class Layout(NamedTuple):
    """How the text is laid out: its delimiter and the lines above its header."""

    delimiter: str
    above: int


def delimited_table(
    lines: Lines, wanted: Collection[str]
) -> tuple[Sequence[str], Iterator[Row | Unreadable], str]:
    """The columns, the rows and how it was understood; BROKEN_FILE where there is no header."""
    csv.field_size_limit(LONGEST_RECORD)
    first = lines.ahead(LOOKED_AT)
    if not first:
        raise Refusal(RefusalCode.BROKEN_FILE, "Файл пуст")
    layout = _layout(first, wanted)
    lines.skip(layout.above)
    try:
        header = next(csv.reader(lines, delimiter=layout.delimiter, strict=True))
    except (csv.Error, RecordTooLong, StopIteration) as error:
        raise Refusal(RefusalCode.BROKEN_FILE, "Заголовок файла не разбирается") from error
    told = f"разделитель: {DELIMITERS.get(layout.delimiter, layout.delimiter)}"
    told += f", заголовок в строке {layout.above + 1}"
    if len(lines.record) == 1:
        lines.header = lines.record[0].rstrip("\r\n")
    return [seen(name) for name in header], _rows(lines, header, layout.delimiter), told


def _layout(first: Sequence[str], wanted: Collection[str]) -> Layout:
    """The delimiter that most of the wanted names are read with, else the said or commonest one."""
    sign = _SAID.fullmatch(first[0])
    skipped, said = (1, sign[1]) if sign else (0, "")
    best, found = (-1, False, -1), Layout(said or ",", skipped)
    for delimiter in dict.fromkeys([said, *DELIMITERS] if said else DELIMITERS):
        starts, records = _records(first[skipped:], delimiter)
        place, named = heading(records, wanted)
        rank = named, delimiter == said, len(records[place]) if records else 0
        if rank > best:
            best = rank
            found = Layout(delimiter, skipped + (starts[place] if starts else 0))
    return found


def _records(lines: Sequence[str], delimiter: str) -> tuple[list[int], list[list[str]]]:
    """As many records as are sound, and how many lines stand above each."""
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    starts: list[int] = []
    records: list[list[str]] = []
    above = 0
    try:
        for record in islice(reader, LOOKED_AT):
            starts.append(above)
            records.append(record)
            above = reader.line_num
    except csv.Error:
        pass
    return starts, records


def _rows(lines: Lines, header: Sequence[str], delimiter: str) -> Iterator[Row | Unreadable]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    width = len(header)
    while True:
        lines.begin()
        try:
            values = next(reader)
        except StopIteration:
            return
        except RecordTooLong:
            yield _failed(lines, header, delimiter, "запись слишком длинна")
            continue
        except csv.Error:
            yield _failed(lines, header, delimiter, "кавычки расставлены неверно")
            continue
        if _says_nothing(values, header):
            continue
        if any('="' in line for line in lines.record):
            values = [as_meant(value) for value in values]
        if len(values) == width:
            yield Row(lines.number, values)
        elif len(values) < width and not _is_cut(lines):
            yield Row(lines.number, [*values, *[""] * (width - len(values))])
        elif len(values) > width and not any(map(str.strip, values[width:])):
            yield Row(lines.number, values[:width])
        else:
            reason = f"столбцов {len(values)}, в заголовке {width}"
            yield _failed(lines, header, delimiter, reason, whole=not _is_cut(lines))


def _says_nothing(values: Sequence[str], header: Sequence[str]) -> bool:
    """An empty line, the header again where files were joined, the sign of DOS that a file ends."""
    if not values or values == header:
        return True
    return not values[0].strip(BLANK) and not any(value.strip(BLANK) for value in values)


def _is_cut(lines: Lines) -> bool:
    """Whether the file ends here without the end of a line: what is missing may have been said."""
    return lines.ended() and not lines.record[-1].endswith(("\n", "\r"))


def _failed(
    lines: Lines, columns: Sequence[str], delimiter: str, reason: str, *, whole: bool = False
) -> Unreadable:
    """A quote left open swallows what follows: if those are rows, they are read again.

    A record that is `whole` ends with its line, even where the file does.
    """
    start, following = lines.number, lines.record[1:]
    if _mostly_rows(following, columns, delimiter):
        cells = _remains(lines.record[:1], delimiter, len(columns))
        lines.give_back(len(following))
        return Unreadable(start, RefusalCode.MALFORMED, reason, cells)
    cells = _remains(lines.record, delimiter, len(columns))
    if lines.ended() and not whole:
        return Unreadable(start, RefusalCode.BROKEN_FILE, f"файл обрывается: {reason}", cells)
    if following:
        reason = f"{reason} (строки {start}–{start + len(following)})"
    return Unreadable(start, RefusalCode.MALFORMED, reason, cells)


def _remains(record: Sequence[str], delimiter: str, width: int) -> Sequence[str]:
    """What can still be told apart in a spoilt row, so that a person can mend it.

    A quotation mark that nobody closed is a sign as any other, if the cells are told apart so.
    """
    text = "".join(record)[:LONGEST_RECORD].rstrip("\r\n")
    try:
        cells = next(csv.reader(io.StringIO(text), delimiter=delimiter), [])
    except csv.Error:
        cells = [text]
    parts = text.split(delimiter)
    return parts if len(record) == 1 and len(cells) < len(parts) <= width else cells


def _mostly_rows(following: Sequence[str], columns: Sequence[str], delimiter: str) -> bool:
    fitting = sum(_cells(line, delimiter) == len(columns) for line in following)
    return len(columns) > 1 and 0 < len(following) <= 2 * fitting


def _cells(line: str, delimiter: str) -> int:
    """How many cells a line has as a row of its own; 0 if it is none."""
    try:
        return len(next(csv.reader([line], delimiter=delimiter, strict=True), ()))
    except csv.Error:
        return 0
