"""Sealing a file as it streams: each piece by itself, none may be moved, changed or cut off.

Each file has a key of its own, which is kept sealed by the region's data key beside what is known
of the file: when keys are rotated it is sealed anew, and without it the bytes say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.kernel.stream import Stream

PIECE = 64 * 1024
TAG = 16
HEAD = b"tsur.file/1\n"


class BrokenFile(Exception):
    """A file was changed or cut, or this key is not its own."""


def new_key() -> bytes:
    """A key for one file."""
    return AESGCM.generate_key(256)


class Sealer:
    """Makes sealed bytes of plain ones; never holds more than a piece and what was just given."""

    def __init__(self, key: bytes) -> None:
        self._stream, self._held, self._number = Stream(key, HEAD), bytearray(), 0
        self._head = HEAD

    def add(self, content: bytes) -> bytes:
        """What is to be written now; a whole piece waits until it is known not to be the last."""
        self._held += content
        written = [self._begun()]
        while len(self._held) > PIECE:
            written.append(self._piece(bytes(self._held[:PIECE]), last=False))
            del self._held[:PIECE]
        return b"".join(written)

    def finish(self) -> bytes:
        """The end of the file."""
        return self._begun() + self._piece(bytes(self._held), last=True)

    def _begun(self) -> bytes:
        head, self._head = self._head, b""
        return head

    def _piece(self, content: bytes, *, last: bool) -> bytes:
        sealed = self._stream.seal(content, self._number, last=last)
        self._number += 1
        return sealed


def unsealed(pieces: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """The plain bytes, each piece after it was checked; BrokenFile where one does not fit.

    Whoever gets to the end without it has had the whole file.
    """
    stream, held, number = Stream(key, HEAD), bytearray(), 0
    source = iter(pieces)
    while len(held) < len(HEAD):
        piece = next(source, None)
        if piece is None:
            break
        held += piece
    if held[: len(HEAD)] != HEAD:
        raise BrokenFile("no sealed file")
    del held[: len(HEAD)]
    for piece in chain((b"",), source):  # the head may have come with all there is
        held += piece
        while len(held) > PIECE + TAG:
            yield _opened(stream, bytes(held[: PIECE + TAG]), number, last=False)
            del held[: PIECE + TAG]
            number += 1
    yield _opened(stream, bytes(held), number, last=True)


def _opened(stream: Stream, sealed: bytes, number: int, *, last: bool) -> bytes:
    try:
        return stream.open(sealed, number, last=last)
    except (InvalidTag, ValueError) as error:
        raise BrokenFile(f"piece {number}") from error
