"""AES-256-GCM by the scheme STREAM: a stream is sealed piece by piece, as it comes.

The nonce is the number of the piece and whether it is the last, and the head is bound to each: so a
changed, moved, missing or surplus piece is found, and so is a lost end. A key is for one stream.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Stream:
    """The cipher of one stream, whose plain head is `head`."""

    def __init__(self, key: bytes, head: bytes) -> None:
        self._cipher, self._head = AESGCM(key), head

    def seal(self, content: bytes, number: int, *, last: bool) -> bytes:
        """The sealed piece with this number, counted from 0."""
        return self._cipher.encrypt(_nonce(number, last), content, self._head)

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes:
        """The piece; InvalidTag where it is not the one that was sealed in this place."""
        return self._cipher.decrypt(_nonce(number, last), sealed, self._head)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])
