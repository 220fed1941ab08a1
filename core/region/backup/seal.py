"""A sealed copy: scrypt makes a key of a passphrase, a stream is sealed chunk after chunk.

Each copy has a key of its own, for the salt is its own; its head is plain.
"""

from __future__ import annotations

import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.stream import Stream
from core.kernel.unreadable import why

NAME, NUMBER = "tsur.backup", 1
FORMAT = f"{NAME}/{NUMBER}"
COST = 2**15
CHUNK = 1_000_000
"""Bytes of what is sealed in one go, before they are compressed."""

LARGEST_CHUNK = CHUNK + 100_000
LARGEST_HEAD = 10_000


class Sealer:
    """Writes a stream into a file; only `close` makes it whole."""

    def __init__(self, file: BinaryIO, secret: str, told: Mapping[str, str]) -> None:
        salt = os.urandom(16)
        head = {"format": FORMAT, **told, "cost": COST, "salt": b64encode(salt).decode()}
        self._head = orjson.dumps(head) + b"\n"
        self._file, self._number, self._waiting = file, 0, bytearray()
        self._stream = Stream(_key(secret, salt, COST), self._head)
        file.write(self._head)

    def write(self, content: bytes) -> None:
        """Add to the stream."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def close(self) -> None:
        """Write the end of the stream; the file stays open."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, content: bytes, *, last: bool) -> None:
        hidden = self._stream.seal(zlib.compress(content, 1), self._number, last=last)
        self._file.write(len(hidden).to_bytes(4) + hidden)
        self._number += 1


def head_of(path: Path) -> dict[str, Any]:
    """What a copy tells without a passphrase: format, id, made_at, program; Refusal(INVALID)."""
    return _read_head(path)[0]


def opened(path: Path, secret: str) -> Iterator[bytes]:
    """The chunks of a stream; Refusal(INVALID) where the passphrase does not fit or it changed."""
    head, raw = _read_head(path)
    stream = Stream(_key(secret, b64decode(head["salt"]), head["cost"]), raw)
    with path.open("rb") as file:
        file.seek(len(raw))
        number, last = 0, False
        while not last:
            size = int.from_bytes(file.read(4))
            hidden = file.read(size) if size <= LARGEST_CHUNK else b""
            if not hidden or len(hidden) < size:
                raise _refused(path, "копия оборвана или изменена")
            last = not file.peek(1)
            yield _plain(stream, path, hidden, number, last=last)
            number += 1


def _plain(stream: Stream, path: Path, hidden: bytes, number: int, *, last: bool) -> bytes:
    try:
        packed = stream.open(hidden, number, last=last)
    except InvalidTag:
        why = "копия оборвана или изменена" if number else "пароль не подходит или копия изменена"
        raise _refused(path, why) from None
    return zlib.decompressobj().decompress(packed, LARGEST_CHUNK)


def _read_head(path: Path) -> tuple[dict[str, Any], bytes]:
    """The head as it is understood, and its bytes."""
    try:
        with path.open("rb") as file:
            raw = file.readline(LARGEST_HEAD)
        head = orjson.loads(raw)
        name, number = head["format"].split("/")
        fit = name == NAME and raw.endswith(b"\n") and head["cost"] == COST
        fit = fit and len(b64decode(head["salt"])) == 16
    except OSError as error:
        raise _refused(path, f"не читается ({why(error)})") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        fit = False
    if not fit:
        raise _refused(path, "это не копия tsur")
    if number != str(NUMBER):
        raise _refused(path, f"копия формата {number}, программа знает {NUMBER}: обновите её")
    return head, raw


def _refused(path: Path, why: str) -> Refusal:
    return Refusal(RefusalCode.INVALID, f"{path}: {why}")


def _key(secret: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(secret.encode())
