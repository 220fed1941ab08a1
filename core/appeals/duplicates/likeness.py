"""How alike two cases are, and the marks by which one like it is found without reading them all.

Of a text the marks are those of the few words whose marks are smallest: like texts share some of
them, however many texts there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from math import cos, floor, hypot, radians

METRES_PER_DEGREE = 111_320
NEAR, FAR = 150, 1_000
BONUS = 300
WORDS = 16
"""Of texts that share a fifth of their words, the least that is proposed, 97 of 100 share one of
so many marks; of those that share half of them, all."""

CELL = 0.003
"""Degrees of a cell of places: what is NEAR lies in the same one or in one beside it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at of a case."""

    id: int
    theme: str | None
    municipality: str | None
    received_at: datetime
    terms: str
    address: str | None
    latitude: float | None
    longitude: float | None

    def marks(self) -> set[int]:
        """What a group that begins with it is found by."""
        return {*self._words(), *self._address(), *self._cells(0)}

    def sought(self) -> set[int]:
        """The marks of groups that may be like it: its own, and those of the cells around."""
        return {*self._words(), *self._address(), *self._cells(1)}

    def _words(self) -> list[int]:
        return sorted(self._mark("word", word) for word in set(self.terms.split()))[:WORDS]

    def _address(self) -> Iterator[int]:
        if self.address:
            yield self._mark("address", self.address)

    def _cells(self, around: int) -> Iterator[int]:
        if self.latitude is None or self.longitude is None:
            return
        north, east = floor(self.latitude / CELL), floor(self.longitude / (2 * CELL))
        beside = range(-around, around + 1)
        for cell in ((north + up, east + right) for up in beside for right in beside):
            yield self._mark("cell", str(cell))

    def _mark(self, *what: str) -> int:
        said = "\0".join((self.theme or "", self.municipality or "", *what))
        return int.from_bytes(blake2b(said.encode(), digest_size=8).digest()) >> 1


def likeness(one: Look, other: Look) -> tuple[int, str]:
    """How alike two cases of one theme are, in thousandths, and why, in Russian."""
    words = _shared_words(one.terms, other.terms)
    reasons = [f"общих слов {words * 100 // 1000} %"]
    score = words
    if (metres := _distance(one, other)) is not None:
        reasons.append(f"расстояние {metres} м")
        score += BONUS if metres <= NEAR else (-BONUS if metres > FAR else 0)
    elif one.address and one.address == other.address:
        reasons.append("тот же адрес")
        score += BONUS
    return max(0, min(score, 1000)), ", ".join(reasons)


def _shared_words(one: str, other: str) -> int:
    left, right = set(one.split()), set(other.split())
    return 1000 * len(left & right) // max(1, len(left | right))


def _distance(one: Look, other: Look) -> int | None:
    if one.latitude is None or other.latitude is None:
        return None
    if one.longitude is None or other.longitude is None:
        return None
    north = (one.latitude - other.latitude) * METRES_PER_DEGREE
    east = (one.longitude - other.longitude) * METRES_PER_DEGREE * cos(radians(one.latitude))
    return round(hypot(north, east))
