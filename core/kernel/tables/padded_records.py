"""Numbers of XLS that a person sees with zeros or signs before them, as `padded` has them of XLSX.

The reader of books says of a cell what stands in it and not how it is shown.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from core.kernel.tables.compound import Record, records
from core.kernel.tables.padded import Shown, shown_by

Places = Mapping[tuple[int, int], Shown]
"""By row and column, from 0."""

_START, _END = 0x809, 0x0A
_SHEET, _FORMAT, _STYLE = 0x85, 0x41E, 0xE0
_NUMBERS = frozenset({0x203, 0x27E, 0x06})
"""A number, a short number, and what a formula came to."""

_SHORT_NUMBERS = 0xBD
_LARGEST = 1 << 28


def padded_cells(path: Path) -> Mapping[str, Places]:
    """The cells that are shown so, by the name of their sheet; none of what cannot be read."""
    found: dict[str, dict[tuple[int, int], Shown]] = {}
    with path.open("rb") as file:
        if path.stat().st_size > _LARGEST:
            return found
        stream = records(file)
        try:
            sheets, styles = _said(stream)
            if styles:
                for name, row, column, style in _cells(stream, sheets):
                    if style in styles:
                        found.setdefault(name, {})[row, column] = styles[style]
        except (struct.error, IndexError, UnicodeDecodeError):
            return {}
    return found


def _said(stream: Iterator[Record]) -> tuple[dict[int, str], dict[int, Shown]]:
    """What is said of the book as a whole: where each sheet begins, and styles of zeros."""
    sheets: dict[int, str] = {}
    formats: dict[int, str] = {}
    used: list[int] = []
    for one in stream:
        if one.kind == _SHEET:
            place, _, length = struct.unpack_from("<IHB", one.data)
            sheets[place] = _text(one.data[7:], length)
        elif one.kind == _FORMAT:
            key, length = struct.unpack_from("<HH", one.data)
            formats[key] = _text(one.data[4:], length)
        elif one.kind == _STYLE:
            used.append(struct.unpack_from("<2xH", one.data)[0])
        elif one.kind == _END:
            break
    shown = ((number, shown_by(formats.get(key, ""))) for number, key in enumerate(used))
    return sheets, {number: code for number, code in shown if code is not None}


def _cells(
    stream: Iterator[Record], sheets: Mapping[int, str]
) -> Iterator[tuple[str, int, int, int]]:
    """Sheet, row, column and style of each number; a chart in a sheet has numbers of its own."""
    name, depth = "", 0
    for one in stream:
        name = sheets.get(one.place, name)
        depth += (one.kind == _START) - (one.kind == _END)
        if depth != 1 or not name:
            continue
        if one.kind in _NUMBERS:
            yield name, *struct.unpack_from("<3H", one.data)
        elif one.kind == _SHORT_NUMBERS:
            row, first = struct.unpack_from("<2H", one.data)
            for number in range((len(one.data) - 6) // 6):
                (style,) = struct.unpack_from("<H", one.data, 4 + number * 6)
                yield name, row, first + number, style


def _text(data: bytes, length: int) -> str:
    """A text of which so many signs are there, of one byte or two."""
    if data[0] & 1:
        return data[1 : 1 + 2 * length].decode("utf-16-le")
    return data[1 : 1 + length].decode("latin-1")
