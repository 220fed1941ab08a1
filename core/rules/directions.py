"""Directions of a centre's work: a region's own names over federal codes (R19)."""

from __future__ import annotations

from dataclasses import dataclass

from core.rules.rule import Rule


@dataclass(frozen=True)
class Direction(Rule):
    """A direction or function. `federal` is the code that all regions share, if it has one.

    `partners` are bodies with which it is carried out.
    """

    name: str
    federal: str | None = None
    partners: frozenset[str] = frozenset()

    def no_looser_than(self, other: Direction) -> bool:
        """Still the same federal direction, under whatever name, with no partner less."""
        return self.federal == other.federal and self.partners >= other.partners


@dataclass(frozen=True)
class DirectionTask(Rule):
    """What the act counts to a direction in so many words."""

    direction: str
    what: str
