"""What proves that a table is the same: how many rows, and a fingerprint of them in any order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

SIZE = 2**256


@dataclass(slots=True)
class Tally:
    """Grows row by row; two are equal where the same rows were counted, in whatever order."""

    rows: int = 0
    total: int = 0

    def add(self, row: bytes) -> None:
        """Count a row as it is written down."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(sha256(row).digest())) % SIZE

    @property
    def told(self) -> list[object]:
        """Rows and fingerprint as a copy keeps them."""
        return [self.rows, f"{self.total:064x}"]


class Lines:
    """Counts the lines of a stream that comes in arbitrary parts; each ends with a line break."""

    def __init__(self) -> None:
        self.tally, self._rest = Tally(), b""

    def add(self, part: bytes) -> None:
        """Count the lines that this part ends."""
        *lines, self._rest = (self._rest + part).split(b"\n")
        for line in lines:
            self.tally.add(line)


def tally(rows: Iterable[object]) -> Tally:
    """Of rows whose `repr` says all of them: numbers, texts, bytes."""
    found = Tally()
    for row in rows:
        found.add(repr(row).encode())
    return found
