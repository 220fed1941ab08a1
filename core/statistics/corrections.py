"""Many tests at once: Benjamini-Hochberg keeps the share of false alarms among all alarms."""

from __future__ import annotations

from collections.abc import Sequence

FALSE_ALARMS = 0.1


def adjusted(chances: Sequence[float]) -> list[float]:
    """The least share of false alarms at which each of these p-values is an alarm, in order."""
    found, least = [1.0] * len(chances), 1.0
    ranked = sorted(range(len(chances)), key=lambda place: chances[place])
    for rank in range(len(ranked), 0, -1):
        place = ranked[rank - 1]
        least = min(least, chances[place] * len(chances) / rank)
        found[place] = least
    return found


def alarms(chances: Sequence[float], share: float = FALSE_ALARMS) -> list[bool]:
    """Which of these p-values are alarms if this share of alarms may be false."""
    return [chance <= share for chance in adjusted(chances)]
