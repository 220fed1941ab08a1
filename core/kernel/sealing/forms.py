"""Which columns of a table its rows are sealed by: a form never changes, a newer one is added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from core.kernel.sealing.canonical import canonical, committed

BEFORE, WRITTEN, WIDENED = 0, 1, 2
"""A row from before sealing began, sealed as it was found; one sealed at insert; one of which more
is sealed than at first."""

ROW, LEAF = b"tsur.row/1\n", b"tsur.leaf/1\n"


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of a table in their order; `personal` are those that enter as commitments.

    `added` are columns that only a row of format `WIDENED` is sealed with.
    """

    table: str
    columns: tuple[str, ...]
    personal: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The format of a row that is written today."""
        return WIDENED if self.added else WRITTEN

    def columns_of(self, number: int) -> tuple[str, ...]:
        """The columns that a row of this format is sealed with."""
        if number >= WIDENED or not self.added:
            return self.columns
        return tuple(one for one in self.columns if one not in self.added)

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
            for name in self.columns_of(number)
        )
        return sha256(b"".join(parts)).digest()


def leaf_content(table: str, row_id: int, number: int, digest: bytes) -> bytes:
    """The bytes of a leaf: which row of which table, its format, and what it hashes to."""
    return LEAF + b"".join(map(canonical, (table, row_id, number, digest)))
