"""Entries of a copy: a line of JSON says what follows, then come its bytes in pieces.

An empty piece ends an entry, so that nothing has to be known of its size before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from core.region.backup.seal import Sealer

PIECE = 500_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What it is (`kind` and whatever belongs to it), and its bytes, to be read once and whole."""

    about: dict[str, Any]
    pieces: Iterator[bytes]

    @property
    def kind(self) -> str:
        """Of what kind it is."""
        return str(self.about["kind"])

    def content(self) -> bytes:
        """All of its bytes, for what is small."""
        return b"".join(self.pieces)


class EntryWriter:
    """Writes entries one after another."""

    def __init__(self, stream: Sealer) -> None:
        self._stream = stream

    def begin(self, kind: str, **about: object) -> None:
        """The head of an entry."""
        self._piece(orjson.dumps({"kind": kind, **about}))

    def add(self, content: bytes) -> None:
        """Bytes of the entry that was begun."""
        for start in range(0, len(content), PIECE):
            self._piece(content[start : start + PIECE])

    def end(self) -> None:
        """The end of the entry."""
        self._piece(b"")

    def whole(self, kind: str, content: object = None, **about: object) -> None:
        """An entry of a JSON document, or of nothing."""
        self.begin(kind, **about)
        if content is not None:
            self.add(orjson.dumps(content))
        self.end()

    def _piece(self, content: bytes) -> None:
        self._stream.write(len(content).to_bytes(4) + content)


def entries(chunks: Iterable[bytes]) -> Iterator[Entry]:
    """The entries of a stream; what of one was not read is passed over."""
    stream = _Stream(iter(chunks))
    while (head := stream.piece()) is not None:
        entry = Entry(orjson.loads(head), stream.pieces())
        yield entry
        for _ in entry.pieces:
            pass


class _Stream:
    """Chunks as one run of bytes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._held = chunks, bytearray()

    def pieces(self) -> Iterator[bytes]:
        while piece := self.piece():
            yield piece

    def piece(self) -> bytes | None:
        """The next piece, None at the end of the stream."""
        size = self._take(4)
        return None if size is None else self._take(int.from_bytes(size))

    def _take(self, size: int) -> bytes | None:
        while len(self._held) < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                return None
            self._held += chunk
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken
