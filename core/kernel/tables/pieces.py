"""A part of a book in pieces that tear no cell, so that it is never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

_CHUNK = 1 << 20
_CELLS = (b"<c ", b"<table:table-cell")


def pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a part, cut before a cell or else a tag: none is torn that is not very large."""
    kept = b""
    while chunk := part.read(_CHUNK):
        kept += chunk
        cut = max(kept.rfind(cell) for cell in _CELLS)
        cut = cut if cut > 0 else kept.rfind(b"<")
        if cut > 0:
            yield kept[:cut]
            kept = kept[cut:]
        elif len(kept) > _CHUNK:
            yield kept
            kept = b""
    yield kept
