"""What lies in a ZIP by its directory alone: listed, never unpacked.

Only the end of the file is at hand. A directory that begins before it, or that does not fit its
own file, is refused with the archive.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

TAIL = 1_000_000
"""Bytes of the end of a file that are kept while it streams: room for some ten thousand entries."""

LARGEST, MOST_TIMES, SMALL = 4_000_000_000, 100, 10_000_000
"""What an archive may unpack to: in all; so many times its size, unless it is small even so."""

OVERHEAD = 1_000
"""Bytes by which packing may make an entry larger, and one part in a thousand: none needs more."""

END, END_BYTES, LONGEST_NOTE = b"PK\x05\x06", 22, 65_535
ENCRYPTED = 0x1
MOST_LISTED = 1_000


class BadArchive(Exception):
    """No archive whose directory can be believed; it says in Russian why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in an archive, as its directory names it; sizes in bytes, as it says them."""

    name: str
    size: int
    encrypted: bool


class _Tail(io.RawIOBase):
    """The whole file to whoever reads its directory; what lies before the tail is not there."""

    def __init__(self, tail: bytes, size: int) -> None:
        self._tail, self._size, self._at = tail, size, 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError("before the beginning")
        self._at = base + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        start = self._at - (self._size - len(self._tail))
        if start < 0:
            raise BadArchive("оглавление архива слишком велико")
        end = len(self._tail) if size < 0 else start + size
        found = self._tail[start:end]
        self._at += len(found)
        return found


def entries(tail: bytes, size: int) -> Sequence[Entry]:
    """The entries by the directory; BadArchive for one that is broken or unpacks to too much."""
    try:
        with zipfile.ZipFile(_Tail(tail, size)) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadArchive("оглавление архива не читается") from error
    if any(not 0 <= one.header_offset < size for one in found):
        raise BadArchive("оглавление архива не читается")
    held = sum(one.compress_size for one in found)
    if held > size:
        raise BadArchive("в архиве одно и то же содержание названо несколько раз")
    if any(one.compress_size > one.file_size * 1.001 + OVERHEAD for one in found):
        raise BadArchive("оглавление архива называет не те размеры")
    whole = sum(one.file_size for one in found)
    if whole > LARGEST or whole > max(SMALL, MOST_TIMES * size):
        raise BadArchive("архив разворачивается сверх меры")
    return [Entry(one.filename, one.file_size, bool(one.flag_bits & ENCRYPTED)) for one in found]


def ends_packed(tail: bytes) -> bool:
    """Whether a file that begins as something else ends, to its last byte, as an archive does."""
    at = tail.rfind(END, -END_BYTES - LONGEST_NOTE)
    note = int.from_bytes(tail[at + END_BYTES - 2 : at + END_BYTES], "little")
    return at >= 0 and at + END_BYTES + note == len(tail)
