"""Commitments to personal values: a hash over 16 random bytes and the value.

The salts of a row are encrypted by a key of the vault; without it nobody learns from a commitment
which of a list of candidates it stands for.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.kernel.sealing.canonical import canonical
from core.kernel.sealing.vault import NAME_BYTES, Key

SALT_BYTES, NONCE_BYTES = 16, 12
DOMAIN = b"tsur.commitment/1\n"


def commitment(salt: bytes, where: str, value: object) -> bytes:
    """What stands in a sealed row for the value of this column (`ledger.reason`)."""
    return sha256(DOMAIN + salt + canonical(where) + canonical(value)).digest()


def new_salts(number: int) -> list[bytes]:
    """So many salts, each drawn by itself."""
    return [os.urandom(SALT_BYTES) for _ in range(number)]


def lock(salts: Sequence[bytes], key: Key) -> bytes:
    """The salts of one row for storage: the name of the key, then what it encrypted."""
    return shut(b"".join(salts), key)


def shut(plain: bytes, key: Key) -> bytes:
    """The name of the key, then what it encrypted."""
    nonce = os.urandom(NONCE_BYTES)
    return key[0] + nonce + AESGCM(key[1]).encrypt(nonce, plain, key[0])


def key_name(locked: bytes) -> bytes:
    """By which key of the vault they are encrypted."""
    return locked[:NAME_BYTES]


def unlock(locked: bytes, key: bytes) -> list[bytes] | None:
    """The salts; None where these bytes are not what was locked by the key."""
    try:
        plain = opened(locked, key)
    except (InvalidTag, ValueError):
        return None
    return [plain[at : at + SALT_BYTES] for at in range(0, len(plain), SALT_BYTES)]


def opened(locked: bytes, key: bytes) -> bytes:
    """What was shut; InvalidTag or ValueError where these bytes are not of this key."""
    name, rest = locked[:NAME_BYTES], locked[NAME_BYTES:]
    return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], name)
