"""Values as bytes that are the same on every database and after every migration.

Each is a letter of its type, its length in four bytes and itself. No value has two spellings:
numbers are decimal text, moments microseconds of UTC, keys of an object stand in the order of their
UTF-8 bytes, and text is what was given, folded in no way. Vectors: tests/data/sealing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def canonical(value: object) -> bytes:
    """The bytes of a value; TypeError for a kind that no format knows, ValueError for no number.

    A fraction, which only JSON may hold, is its shortest decimal text.
    """
    if isinstance(value, str):
        return _sized(b"s", value.encode())
    if value is None:
        return b"n"
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, int):
        return _sized(b"i", b"%d" % value)
    if isinstance(value, datetime):
        return _sized(b"m", b"%d" % ((value - EPOCH) // MICROSECOND))
    if isinstance(value, date):
        return _sized(b"d", value.isoformat().encode())
    return _composed(value)


def committed(commitment: bytes) -> bytes:
    """What stands for a personal value: its commitment, and nothing of itself."""
    return _sized(b"c", commitment)


def _composed(value: object) -> bytes:
    if isinstance(value, Mapping):
        keyed = sorted((str(key).encode(), one) for key, one in value.items())
        parts = (_sized(b"s", key) + canonical(one) for key, one in keyed)
        return b"o" + len(keyed).to_bytes(4, "big") + b"".join(parts)
    if isinstance(value, list | tuple):
        return b"l" + len(value).to_bytes(4, "big") + b"".join(map(canonical, value))
    if isinstance(value, float):
        if value - value != 0:
            raise ValueError("not a number of JSON")
        return _sized(b"r", repr(value).encode())
    if isinstance(value, bytes | memoryview):
        return _sized(b"b", bytes(value))
    raise TypeError(f"no canonical form of {type(value).__name__}")


def _sized(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "big") + content
