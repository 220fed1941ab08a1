"""Values that stand in a row for ever, and are read while the vault has their key.

What a sealed row says beside its commitments cannot be changed: the value of a person in it is
written encrypted, and is gone with its key.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping

import orjson

from core.kernel.sealing.commitments import key_name, opened, shut
from core.kernel.sealing.vault import Vault


def concealed(vault: Vault, values: Mapping[str, object]) -> dict[str, str]:
    """The values by their names as a row may keep them, under one key that is theirs alone."""
    if not values:
        return {}
    key = vault.take()
    said = {name: shut(orjson.dumps(value), key) for name, value in values.items()}
    return {name: b64encode(locked).decode() for name, locked in said.items()}


def name_in(said: str) -> bytes:
    """The name of the key by which it is concealed."""
    return key_name(b64decode(said))


def revealed(vault: Vault, said: str) -> object:
    """The value; LookupError once its key is destroyed."""
    raw = b64decode(said)
    key = vault.find([key_name(raw)]).get(key_name(raw))
    if key is None:
        raise LookupError("no key")
    return orjson.loads(opened(raw, key))
