"""Who signs a region's tree: its own key, which lies outside its database, under the log's name."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.kernel.keys import Keys
from core.kernel.sealing.notes import (
    BadNote,
    Checkpoint,
    is_signed,
    read_checkpoint,
    read_note,
)


def origin(region: str) -> str:
    """The name of a region's log in notes."""
    return f"tsur/{region}/journal"


def signing_key(keys: Keys) -> Ed25519PrivateKey:
    """The key that signs for the region."""
    key: Any = keys.signing.get_op_key("sign")
    assert isinstance(key, Ed25519PrivateKey)
    return key


def public_keys(keys: Keys) -> list[bytes]:
    """The keys by which heads of this region are checked, the present one first."""
    found: list[bytes] = []
    for one in keys.checking:
        key: Any = one.get_op_key("verify")
        assert isinstance(key, Ed25519PublicKey)
        found.append(key.public_bytes_raw())
    return found


def own_checkpoint(text: str, region: str, keys: Keys) -> Checkpoint | None:
    """The checkpoint of a note that this region signed; None for anything else."""
    try:
        note = read_note(text)
        told = read_checkpoint(note.text)
    except BadNote:
        return None
    name = origin(region)
    return told if told.origin == name and is_signed(note, name, public_keys(keys)) else None
