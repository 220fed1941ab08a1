"""Physical lines of a text, for parsers that may have to look ahead or go back."""

from __future__ import annotations

from collections import deque
from typing import TextIO

LONGEST_RECORD = 1_000_000
"""Characters of one record: what is longer is no row but a broken file."""

BYTE_ORDER_MARK = "\ufeff"
"""Belongs to the start of a file; in the middle stands where files were joined."""


class RecordTooLong(Exception):
    """A record goes on for longer than any row may be."""


class Lines:
    """Physical lines, for a parser that may have to go back to one.

    `record` holds the lines since `begin`; `number` is that of the first of them, from 1. Where
    `header` follows a mark of byte order within a line, another file was joined to this one.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._length = 0
        self._returned: deque[str] = deque()
        self.number = 1
        self.record: list[str] = []
        self.header = ""

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
        if BYTE_ORDER_MARK in line:
            line = self._unmarked(line)
        self.record.append(line)
        self._length += len(line)
        if self._length > LONGEST_RECORD:
            raise RecordTooLong
        return line

    def give_back(self, number: int) -> None:
        """Read the last so many lines of the record again."""
        for _ in range(number):
            self._returned.appendleft(self.record.pop())

    def ahead(self, number: int) -> list[str]:
        """So many next lines, fewer where they are long; all of them are still to be read."""
        found: list[str] = []
        while len(found) < number and sum(map(len, found)) <= LONGEST_RECORD and not self.ended():
            found.append(self._returned.popleft())
        self._returned.extendleft(reversed(found))
        return [line.replace(BYTE_ORDER_MARK, "") for line in found]

    def skip(self, number: int) -> None:
        """Pass over so many lines, none of which is a record."""
        for _ in range(number):
            self.begin()
            next(self)
        self.begin()

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

    def _unmarked(self, line: str) -> str:
        """The line without marks; what was joined without an end of line begins the next one."""
        before, _, after = line.partition(BYTE_ORDER_MARK)
        if before and self.header and after.rstrip("\r\n") == self.header:
            self._returned.appendleft(after)
            return f"{before}\n"
        return line.replace(BYTE_ORDER_MARK, "")
