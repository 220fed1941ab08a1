"""Values that stand in a row for ever, and are read while the vault has their key.

What a sealed row says beside its commitments cannot be changed: the value of a person in it is
written encrypted, and is gone with its key.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.kernel.sealing.commitments import NONCE_BYTES, key_name
from core.kernel.sealing.vault import NAME_BYTES, Vault


def concealed(vault: Vault, values: Mapping[str, object]) -> dict[str, str]:
    """The values by their names as a row may keep them, under one key that is theirs alone."""
    if not values:
        return {}
    name, key = vault.take()
    return {one: _written(name, key, value) for one, value in values.items()}


def name_in(said: str) -> bytes:
    """The name of the key by which it is concealed."""
    return key_name(b64decode(said))


def revealed(vault: Vault, said: str) -> object:
    """The value; LookupError once its key is destroyed."""
    raw = b64decode(said)
    key = vault.find([key_name(raw)]).get(key_name(raw))
    if key is None:
        raise LookupError("no key")
    nonce, hidden = raw[NAME_BYTES:][:NONCE_BYTES], raw[NAME_BYTES + NONCE_BYTES :]
    return orjson.loads(AESGCM(key).decrypt(nonce, hidden, key_name(raw)))


def _written(name: bytes, key: bytes, value: object) -> str:
    nonce = os.urandom(NONCE_BYTES)
    return b64encode(name + nonce + AESGCM(key).encrypt(nonce, orjson.dumps(value), name)).decode()
