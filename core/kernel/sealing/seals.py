"""The seal of a row: its format, its hash, what the program marked it by, its commitments."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from core.kernel.keys import Keys
from core.kernel.sealing.commitments import commitment, lock, new_salts, unlock
from core.kernel.sealing.forms import Form
from core.kernel.sealing.vault import FILE, Vault

NONCE_BYTES, MARK_BYTES, HASH_BYTES = 16, 16, 32
HEAD_BYTES = 2 + NONCE_BYTES + MARK_BYTES + HASH_BYTES
SEALING = "sealing"
"""Where a session knows by what its rows are sealed."""

Columns = dict[str, bytes | None]
"""`seal` and `salts` of a row."""


@dataclass(frozen=True, slots=True)
class Seal:
    """`mark` is made with the region's key: a row that only knows how to hash has none."""

    number: int
    nonce: bytes
    mark: bytes
    digest: bytes
    commitments: Mapping[str, bytes]

    def packed(self, form: Form) -> bytes:
        """As it stands in the row."""
        mask = sum(1 << at for at, name in enumerate(form.personal) if name in self.commitments)
        own = b"".join(self.commitments[one] for one in form.personal if one in self.commitments)
        return bytes((self.number, mask)) + self.nonce + self.mark + self.digest + own

    def holds(self, form: Form, values: Mapping[str, object]) -> bool:
        """Whether the row is what was sealed; of personal values only their commitments count."""
        return form.digest(self.number, self.nonce, values, self.commitments) == self.digest


def read_seal(packed: bytes | None, form: Form) -> Seal | None:
    """The seal of a row; None where there is none or it is broken."""
    if packed is None or len(packed) < HEAD_BYTES:
        return None
    mask, rest = packed[1], packed[HEAD_BYTES:]
    names = [name for at, name in enumerate(form.personal) if mask >> at & 1]
    if mask >> len(form.personal) or len(rest) != HASH_BYTES * len(names):
        return None
    parts = [rest[at : at + HASH_BYTES] for at in range(0, len(rest), HASH_BYTES)]
    nonce, after = packed[2 : 2 + NONCE_BYTES], packed[2 + NONCE_BYTES : HEAD_BYTES]
    own = dict(zip(names, parts, strict=True))
    return Seal(packed[0], nonce, after[:MARK_BYTES], after[MARK_BYTES:], own)


@dataclass(frozen=True)
class Sealing:
    """Seals the rows of one region: by a mark of its data key and keys of its vault."""

    keys: Keys = field(repr=False)
    folder: Path

    @cached_property
    def vault(self) -> Vault:
        """The store of persons' keys, in the region's folder."""
        return Vault(self.folder / FILE)

    def seal(
        self,
        form: Form,
        values: Mapping[str, object],
        *,
        number: int | None = None,
        personal: bool = True,
    ) -> Columns:
        """The two columns of a new row; `personal` is False where no word in it is a person's.

        `number` is its format, today's where none is said.
        """
        number, nonce = form.number if number is None else number, os.urandom(NONCE_BYTES)
        names = [one for one in form.personal if personal and values[one] is not None]
        salts = new_salts(len(names))
        said = {
            name: commitment(salt, f"{form.table}.{name}", values[name])
            for name, salt in zip(names, salts, strict=True)
        }
        digest = form.digest(number, nonce, values, said)
        seal = Seal(number, nonce, _mark(self._mark_keys[0], digest), digest, said)
        locked = lock(salts, self.vault.take()) if salts else None
        return {"seal": seal.packed(form), "salts": locked}

    def marked(self, seal: Seal) -> bool:
        """Whether this program made the seal, by one of the keys that the region has."""
        return any(compare_digest(_mark(key, seal.digest), seal.mark) for key in self._mark_keys)

    @staticmethod
    def kept(
        seal: Seal, form: Form, values: Mapping[str, object], salts: bytes, key: bytes
    ) -> bool:
        """Whether the personal values of a row are those that were committed to.

        `key` is that of the vault by which the salts are encrypted.
        """
        found = unlock(salts, key)
        if found is None or len(found) != len(seal.commitments):
            return False
        return all(
            commitment(salt, f"{form.table}.{column}", values[column]) == seal.commitments[column]
            for salt, column in zip(found, seal.commitments, strict=True)
        )

    @property
    def _mark_keys(self) -> Sequence[bytes]:
        return [_mark_key(key) for key in self.keys.ring.data]


def _mark_key(key: bytes) -> bytes:
    return blake2b(key, digest_size=32, person=b"tsur.seal.mark").digest()


def _mark(key: bytes, digest: bytes) -> bytes:
    return blake2b(digest, key=key, digest_size=MARK_BYTES).digest()
