"""A file as it lies there: its fingerprint, its encoding and its physical lines."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

LONGEST_RECORD = 1_000_000
"""Characters of one record: what is longer is no row but a broken file."""

_CHUNK = 1 << 20
_OTHER_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `digest` of its bytes, `size` in bytes, the encoding it was found to be."""

    path: Path
    digest: str
    size: int
    encoding: str

    def open(self) -> TextIO:
        """The text; a byte that the encoding does not know becomes a lone surrogate."""
        return self.path.open(encoding=self.encoding, errors="surrogateescape", newline="")


def examine(path: Path) -> Source:
    """Read the file: UTF-8 where its wide characters mostly make sense, else Windows-1251.

    A few broken bytes or a cut character do not turn a UTF-8 file into another one.
    """
    digest, size, start, sound = hashlib.sha256(), 0, b"", True
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            start = start or chunk[:4]
            digest.update(chunk)
            size += len(chunk)
            sound = sound and _decodes(decoder, chunk)
    if start.startswith(_OTHER_BOMS):
        raise Refusal(RefusalCode.BROKEN_FILE, "Файл в UTF-16: нужна UTF-8 или Windows-1251")
    if start.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    else:
        encoding = "utf-8" if sound or _sensible(path) else "cp1251"
    return Source(path, digest.hexdigest(), size, encoding)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _sensible(path: Path) -> bool:
    """Whether no more is broken than makes sense in a file that is not all UTF-8."""
    sense, nonsense = 0, 0
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        while text := file.read(_CHUNK):
            broken = len(_ESCAPED.findall(text))
            nonsense += broken
            sense += len(text) - len(text.encode("ascii", "ignore")) - broken
    return nonsense <= sense


class RecordTooLong(Exception):
    """A record goes on for longer than any row may be."""


class Lines:
    """Physical lines, for a parser that may have to go back to one.

    `record` holds the lines since `begin`; `number` is that of the first of them, from 1.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._length = 0
        self._returned: deque[str] = deque()
        self.number = 1
        self.record: list[str] = []

    def begin(self) -> None:
        """A new record starts at the next line."""
        self.number += len(self.record)
        self.record = []
        self._length = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        """The next line with its end; RecordTooLong when the record outgrows any row."""
        line = self._returned.popleft() if self._returned else self._read()
        self.record.append(line)
        self._length += len(line)
        if self._length > LONGEST_RECORD:
            raise RecordTooLong
        return line

    def give_back(self, number: int) -> None:
        """Read the last so many lines of the record again."""
        for _ in range(number):
            self._returned.appendleft(self.record.pop())

    def ended(self) -> bool:
        """Whether no line is left."""
        if not self._returned:
            try:
                self._returned.append(self._read())
            except StopIteration:
                return True
        return False

    def _read(self) -> str:
        line = self._stream.readline(LONGEST_RECORD + 1)
        if not line:
            raise StopIteration
        rest = line
        while len(rest) > LONGEST_RECORD and not rest.endswith("\n"):
            rest = self._stream.readline(LONGEST_RECORD + 1)
        return line
