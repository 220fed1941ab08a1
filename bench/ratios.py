"""The arithmetic: a figure is compared within its round, and the median of rounds is told.

Absolute figures of a shared machine mean nothing; what one server does against another in the
same minute does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import TypeVar

T = TypeVar("T")
Round = Mapping[str, float]
"""One figure of each who took part in a round."""


def median_ratio(rounds: Sequence[Round], one: str, other: str) -> float | None:
    """The median of one's figure over the other's in each round; None where either is absent."""
    ratios = [r[one] / r[other] for r in rounds if one in r and r.get(other)]
    return median(ratios) if ratios else None


def ratios_to(rounds: Sequence[Round], us: str) -> dict[str, float]:
    """Our figure over that of each other one, as medians over the rounds."""
    others = dict.fromkeys(name for r in rounds for name in r if name != us)
    found = {name: median_ratio(rounds, us, name) for name in others}
    return {name: ratio for name, ratio in found.items() if ratio is not None}


def rotated(names: Sequence[T], rounds: int) -> Iterator[list[T]]:
    """The order of each round: everybody is first, second, ... in turn."""
    for number in range(rounds):
        at = number % len(names) if names else 0
        yield [*names[at:], *names[:at]]


def median_of(rounds: Sequence[Round], name: str) -> float:
    """The median of one's figure over the rounds."""
    return median(r[name] for r in rounds)


def rounded(value: float, digits: int = 3) -> float:
    """To so many significant digits: more would be a promise."""
    return float(f"{value:.{digits}g}")
