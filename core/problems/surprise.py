"""Which cells of a table stand out: all of them looked at together, few cases never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from core.shapes.figures.marks import CellMark
from core.statistics.corrections import adjusted
from core.statistics.seasons import Frame, Seen, levels

LEAST, RECENT = 5, 4
"""No cell stands out with fewer cases in so many last weeks (Noufaily and others, 2013)."""

OUT, MUCH = 0.05, 0.01
"""A map without anything unexpected shows something once in twenty; a twentieth of what stands out
is false. Among cells that stand out, those that surprise this much stand out most."""

HALF, UNUSUAL = 0.5, 0.1
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Surprise:
    """How much a count is out of what was expected.

    `expected` is the mean over the period; `chance` of so many or more, `share` the least share of
    false alarms at which it is one among all cells. `mark` says why there is no more to say.
    """

    expected: float | None
    chance: float | None
    share: float | None
    mark: CellMark

    @property
    def out(self) -> bool:
        """Whether the cell stands out."""
        return self.share is not None and self.share <= OUT

    @property
    def step(self) -> int:
        """One of five, from less than expected to by far more; 0 where nothing can be said."""
        if self.share is None or self.chance is None:
            return 0
        if self.out:
            return 5 if self.share <= MUCH else 4
        if self.chance > HALF:
            return 1
        return 2 if self.chance > UNUSUAL else 3


UNKNOWN = Surprise(None, None, None, CellMark.NOT_APPLICABLE)


def surprises(
    cells: Mapping[K, Seen[K]], recent: Mapping[K, int], frame: Frame
) -> dict[K, Surprise]:
    """Of every cell; `recent` is its count in the last weeks. Without weeks nothing is told."""
    if not frame.weeks:
        return dict.fromkeys(cells, UNKNOWN)
    expected = levels(cells, frame)
    enough = {key for key in cells if recent[key] >= LEAST}
    chances = {key: expected[key].chance(one.now) for key, one in cells.items() if key in enough}
    shares = adjusted([chances.get(key, 1.0) for key in cells])
    return {
        key: Surprise(
            expected[key].mean,
            chances.get(key),
            share if key in enough else None,
            CellMark.VALUE if key in enough else CellMark.TOO_FEW,
        )
        for key, share in zip(cells, shares, strict=True)
    }
