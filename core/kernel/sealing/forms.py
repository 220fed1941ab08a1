"""Which columns of a table its rows are sealed by: a form never changes, a newer one is added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from core.kernel.sealing.canonical import canonical, committed

BEFORE, WRITTEN = 0, 1
"""A row from before sealing began, which was sealed as it was found; one sealed at insert."""

ROW, LEAF = b"tsur.row/1\n", b"tsur.leaf/1\n"


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a table in their order; `personal` are those that enter as commitments."""

    table: str
    columns: tuple[str, ...]
    personal: tuple[str, ...] = ()

    def digest(
        self,
        number: int,
        nonce: bytes,
        values: Mapping[str, object],
        commitments: Mapping[str, bytes],
    ) -> bytes:
        """The hash of a row; `number` is that of its format, `commitments` by their columns."""
        parts = [ROW, canonical(number), canonical(self.table), canonical(nonce)]
        parts.extend(
            committed(commitments[name]) if name in commitments else canonical(values[name])
            for name in self.columns
        )
        return sha256(b"".join(parts)).digest()


def leaf_content(table: str, row_id: int, number: int, digest: bytes) -> bytes:
    """The bytes of a leaf: which row of which table, its format, and what it hashes to."""
    return LEAF + b"".join(map(canonical, (table, row_id, number, digest)))
