"""XLS below the reader of books: the records of a book, out of the compound file that holds it."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

_HEADER = 512
_FIRST_FATS = struct.Struct("<109I")
_ENTRY = 128
_STREAMS = ("Workbook", "Book")
_LAST = 0xFFFFFFFA
"""From here on a number is no sector: the end of a chain, or nothing."""


class Record(NamedTuple):
    """A record of a book: where it begins in the stream, its kind and what it holds."""

    place: int
    kind: int
    data: bytes


def records(file: IO[bytes]) -> Iterator[Record]:
    """The records of a book one after the other; of what is no such file, none."""
    yield from _records(_workbook(file))


def _records(chunks: Iterable[bytes]) -> Iterator[Record]:
    kept, place = b"", 0
    for chunk in chunks:
        kept += chunk
        at = 0
        while at + 4 <= len(kept):
            kind, length = struct.unpack_from("<HH", kept, at)
            end = at + 4 + length
            if end > len(kept):
                break
            yield Record(place + at, kind, kept[at + 4 : end])
            at = end
        kept, place = kept[at:], place + at


def _workbook(file: IO[bytes]) -> Iterator[bytes]:
    """The sectors of the stream of the book."""
    most = file.seek(0, 2) // _ENTRY
    file.seek(0)
    header = file.read(_HEADER)
    if len(header) < _HEADER:
        return
    size = 1 << min(max(struct.unpack_from("<H", header, 30)[0], 7), 12)
    (first,) = struct.unpack_from("<I", header, 48)
    tables = list(_tables(file, header, size, most))

    def chain(sector: int) -> Iterator[bytes]:
        for _ in range(most):
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


def _tables(file: IO[bytes], header: bytes, size: int, most: int) -> Iterator[int]:
    """The sectors of the table of chains: the first in the header, those of a large file behind."""
    yield from (number for number in _FIRST_FATS.unpack_from(header, 76) if number < _LAST)
    (sector,) = struct.unpack_from("<I", header, 68)
    for _ in range(most):
        if sector >= _LAST:
            return
        file.seek((sector + 1) * size)
        numbers = file.read(size)
        if len(numbers) < size:
            return
        *more, sector = struct.unpack(f"<{size // 4}I", numbers)
        yield from (number for number in more if number < _LAST)
