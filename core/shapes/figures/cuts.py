"""The combinations of dimensions that are kept counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.law.russian import Code
from core.shapes.figures.periods import Level


@dataclass(frozen=True, slots=True)
class Cut:
    """A combination that is kept, at these levels of time; what it leaves out is summed over."""

    dimensions: frozenset[Code]
    levels: tuple[Level, ...]

    @property
    def key(self) -> str:
        """Its name in the table."""
        return "+".join(sorted(self.dimensions))


def cut(*dimensions: Code, levels: tuple[Level, ...] = (Level.MONTH, Level.DAY)) -> Cut:
    """The cut of these dimensions; at months and days where nothing else is said."""
    return Cut(frozenset(dimensions), levels)


def first_with(cuts: Sequence[Cut], needed: Iterable[Code]) -> Cut | None:
    """The first of the cuts that has all these dimensions; None where rows have to be counted."""
    wanted = frozenset(needed)
    return next((cut for cut in cuts if cut.dimensions >= wanted), None)
