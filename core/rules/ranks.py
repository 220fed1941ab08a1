"""Who may hold a role: the rank of the position, the body it is in, how many at once.

Levels are one scale for all regions, so that a region's own positions compare with the federal
floors: a higher number is above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.rules.blocks import BodyKind
from core.rules.rule import Rule


@dataclass(frozen=True)
class Rank(Rule):
    """A rank of position under the name that the region gives it."""

    name: str
    level: int


@dataclass(frozen=True)
class RankFloor(Rule):
    """The key is a role: whoever holds it ranks no lower than `rank`, whose level is `level`."""

    rank: str
    level: int

    def no_looser_than(self, other: RankFloor) -> bool:
        """Asks at least the same level."""
        return self.level >= other.level


@dataclass(frozen=True)
class AcceptedPosition(Rule):
    """A position that the region's act names for a role, whatever the floor (R10).

    The key is the role. Whoever has the rank fits by this clause; the report to the competence
    centre shows the act as the ground.
    """

    rank: str


@dataclass(frozen=True)
class Pool(Rule):
    """Where holders of a role come from. A person fits if one pool of the role takes him.

    `kinds` are kinds of body, `bodies` single bodies by key; either will do. `profile` asks an
    executive body to answer for a theme of the block. `blocks` limits the pool to some blocks,
    `outside` takes some out.
    """

    role: str
    kinds: frozenset[BodyKind] = frozenset()
    bodies: frozenset[str] = frozenset()
    profile: bool = False
    blocks: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()

    def no_looser_than(self, other: Pool) -> bool:
        """From no other bodies and for no other blocks."""
        return (
            self.role == other.role
            and self.kinds <= other.kinds
            and self.bodies <= other.bodies
            and self.profile >= other.profile
            and (not other.blocks or frozenset() < self.blocks <= other.blocks)
            and self.outside >= other.outside
        )

    def serves(self, block: str | None) -> bool:
        """Whether the pool is for this block."""
        return (not self.blocks or block in self.blocks) and block not in self.outside

    def takes(self, body: str | None, form: BodyKind | None, owned: Iterable[str]) -> bool:
        """Whether staff of the body fit; `owned` are those that answer for the block's themes."""
        if body is None or form is None:
            return False
        profile = not self.profile or form is not BodyKind.EXECUTIVE or body in owned
        return body in self.bodies or (form in self.kinds and profile)


@dataclass(frozen=True)
class Qualification(Rule):
    """The key is a role: what its holder must besides have, shown by an act that gives it."""

    what: str


class Per(StrEnum):
    """Within what a role has one holder at a time."""

    REGION = "region"
    BLOCK = "block"
    BLOCK_AND_BODY = "block_and_body"


@dataclass(frozen=True)
class Seat(Rule):
    """The key is a role that one person holds at a time, within `per`."""

    per: Per


@dataclass(frozen=True)
class Headcount(Rule):
    """How many of a body an act advises for a role in a block: more is a warning (R9)."""

    role: str
    block: str
    body: str
    number: int
