"""Requests of GeoReport v2 in XML: one object for each element below the root."""

from __future__ import annotations

from collections import deque
from typing import TextIO
from xml.parsers import expat

from core.appeals.exchange.objects import Found, Objects
from core.kernel.codes import RefusalCode
from core.kernel.tables.lines import LONGEST_RECORD
from core.kernel.tables.rows import Unreadable

_CHUNK = 1 << 16


class Declared(ValueError):
    """A document type is declared: none is needed here, and entities are a way to attack."""


class Requests:
    """What the parser has met: whole requests, counted, for all may stand in one line."""

    def __init__(self) -> None:
        self.found: deque[Found] = deque()
        self.parser = expat.ParserCreate("utf-8")  # the text is decoded: what it declares is past
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._said
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self._path: list[str] = []
        self._cells: dict[str, str] = {}
        self._text: list[str] = []
        self.number = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._text = []
        if len(self._path) == 2:
            self._cells, self.number = {}, self.number + 1

    def _said(self, text: str) -> None:
        self._text.append(text)
        if len(self._text) > LONGEST_RECORD:
            raise Declared("an element without an end")

    def _end(self, name: str) -> None:
        path = ".".join(self._path[2:])
        text = "".join(self._text).strip()
        if path and (text or path not in self._cells):
            self._cells[path] = "; ".join(filter(None, (self._cells.get(path), text)))
        if len(self._path) == 2:
            self.found.append(Found(self.number, self._cells))
        self._path.pop()
        self._text = []


def requests(stream: TextIO) -> Objects:
    """The requests of a document; what is broken ends it."""
    met = Requests()
    try:
        while text := stream.read(_CHUNK):
            met.parser.Parse(text.encode("utf-8", "replace"))
            while met.found:
                yield met.found.popleft()
        met.parser.Parse(b"", True)
    except (expat.ExpatError, Declared):
        yield from met.found
        reason = "документ XML обрывается или составлен неверно"
        yield Unreadable(met.number + 1, RefusalCode.BROKEN_FILE, reason)


def _refuse_doctype(*said: object) -> None:
    raise Declared("a document type")
