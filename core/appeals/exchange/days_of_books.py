"""From which day a workbook counts: Excel of old Macs began in 1904, not in 1900."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from core.kernel.tables.source import BOOKS

_PART, _LARGEST = "xl/workbook.xml", 1 << 20
_IN_XML = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true|on)["']""")

_HEADER = 512
_FIRST_FATS = struct.Struct("<109I")
_ENTRY = 128
_STREAMS = ("Workbook", "Book")
_LAST = 0xFFFFFFFA
"""From here on a number is no sector: the end of a chain, or nothing."""

_MOST_SECTORS = 256
_DATEMODE, _EOF = 0x22, 0x0A
"""Records of a book: how it counts days, and the end of what is said of it as a whole."""


def since_1904(path: Path) -> bool:
    """Whether a book, XLSX or XLS, counts its days from 1904; what cannot be read does not."""
    with path.open("rb") as file:
        if file.read(len(BOOKS[1])) == BOOKS[1]:
            return _in_records(b"".join(_workbook(file)))
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        if _PART not in archive.namelist():
            return False
        with archive.open(_PART) as part:
            return _IN_XML.search(part.read(_LARGEST)) is not None


def _workbook(file: IO[bytes]) -> Iterator[bytes]:
    """The first sectors of the stream of the book in a compound file."""
    file.seek(0)
    header = file.read(_HEADER)
    if len(header) < _HEADER:
        return
    size = 1 << min(struct.unpack_from("<H", header, 30)[0], 12)
    (first,) = struct.unpack_from("<I", header, 48)
    tables = [number for number in _FIRST_FATS.unpack_from(header, 76) if number < _LAST]

    def chain(sector: int) -> Iterator[bytes]:
        for _ in range(_MOST_SECTORS):
            if sector >= _LAST:
                return
            file.seek((sector + 1) * size)
            yield file.read(size)
            table, place = divmod(sector, size // 4)
            if table >= len(tables):
                return
            file.seek((tables[table] + 1) * size + place * 4)
            sector = int.from_bytes(file.read(4).ljust(4, b"\xff"), "little")

    entries = b"".join(chain(first))
    for start in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        entry = entries[start : start + _ENTRY]
        length = min(int.from_bytes(entry[64:66], "little"), 64)
        if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") in _STREAMS:
            yield from chain(int.from_bytes(entry[116:120], "little"))
            return


def _in_records(stream: bytes) -> bool:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _DATEMODE:
            return stream[place + 4 : place + 5] == b"\x01"
        if kind == _EOF:
            return False
        place += 4 + length
    return False
