"""Sealing a file as it streams: each piece by itself, none may be moved, changed or cut off.

AES-256-GCM by the scheme STREAM: the nonce is the number of the piece and whether it is the last.
Each file has a key of its own, which is kept sealed by the region's data key beside what is known
of the file: when keys are rotated it is sealed anew, and without it the bytes say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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
        self._cipher, self._held, self._number = AESGCM(key), bytearray(), 0
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
        sealed = self._cipher.encrypt(_nonce(self._number, last), content, HEAD)
        self._number += 1
        return sealed


def unsealed(pieces: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """The plain bytes, each piece after it was checked; BrokenFile where one does not fit.

    Whoever gets to the end without it has had the whole file.
    """
    cipher, held, number = AESGCM(key), bytearray(), 0
    source = iter(pieces)
    while len(held) < len(HEAD):
        piece = next(source, None)
        if piece is None:
            break
        held += piece
    if held[: len(HEAD)] != HEAD:
        raise BrokenFile("no sealed file")
    del held[: len(HEAD)]
    for piece in source:
        held += piece
        while len(held) > PIECE + TAG:
            yield _opened(cipher, bytes(held[: PIECE + TAG]), number, last=False)
            del held[: PIECE + TAG]
            number += 1
    while len(held) > PIECE + TAG:
        yield _opened(cipher, bytes(held[: PIECE + TAG]), number, last=False)
        del held[: PIECE + TAG]
        number += 1
    yield _opened(cipher, bytes(held), number, last=True)


def _opened(cipher: AESGCM, sealed: bytes, number: int, *, last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(number, last), sealed, HEAD)
    except (InvalidTag, ValueError) as error:
        raise BrokenFile(f"piece {number}") from error


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + (b"\1" if last else b"\0")
