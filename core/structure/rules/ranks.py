"""Who may hold a role: the rank of the position, the body it is in, how many at once.

Levels are one scale for all regions, so that a region's own positions compare with the federal
floors: a higher number is above.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.directory.rules.bodies import Body, BodyKind
from core.kernel.rules.roles import Role
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, keys, listed
from core.structure.rules.blocks import BlockRule


@dataclass(frozen=True)
class Rank(Rule):
    """A rank of position under the name that the region gives it."""

    code: ClassVar[str] = "rank"
    heading: ClassVar[str] = "Должности"
    noun: ClassVar[str] = "должность"

    name: str
    level: int

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"{self.name}, уровень {self.level} (практика системы)"


@dataclass(frozen=True)
class RankFloor(Rule):
    """The key is a role: whoever holds it ranks no lower than `rank`, whose level is `level`.

    With `alone` the act names this very position, and a higher one does not do either.
    """

    code: ClassVar[str] = "rank-floor"
    heading: ClassVar[str] = "Не ниже какой должности"

    key: Annotated[str, To(Role)]
    rank: Annotated[str, To(Rank)]
    level: int
    alone: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        if self.alone:
            return f"только должность `{self.rank}`"
        return f"не ниже должности `{self.rank}`, уровень {self.level} (практика системы)"

    def no_looser_than(self, other: RankFloor) -> bool:
        """Asks at least the same level, and this one alone where the other does."""
        same = self.rank == other.rank or not other.alone
        return self.level >= other.level and self.alone >= other.alone and same

    def met_by(self, rank: Rank | None) -> bool:
        """Whether who holds a position of this rank may hold the role."""
        if rank is None or self.alone:
            return rank is not None and rank.key == self.rank
        return rank.level >= self.level


@dataclass(frozen=True)
class AcceptedPosition(Rule):
    """A position that the region's act names for a role, whatever the floor (R10).

    The key is the role. Whoever has the rank fits by this clause; the report to the competence
    centre shows the act as the ground.
    """

    code: ClassVar[str] = "accepted-position"
    heading: ClassVar[str] = "Должности, названные актом"

    key: Annotated[str, To(Role)]
    rank: Annotated[str, To(Rank)]

    def undercuts(self, floor: Rule) -> bool:
        """The act names a position instead of asking for a rank: nothing shows that it is one."""
        return isinstance(floor, RankFloor) and floor.key == self.key

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"акт называет должность `{self.rank}`, каков бы ни был минимум"


@dataclass(frozen=True)
class Pool(Rule):
    """Where holders of a role come from. A person fits if one pool of the role takes him.

    `kinds` are kinds of body, `bodies` single bodies by key; either will do. `only` leaves of the
    kinds these bodies alone. `profile` asks an executive body to answer for a theme of the block.
    `blocks` limits the pool to some blocks, `outside` takes some out.
    """

    code: ClassVar[str] = "pool"
    heading: ClassVar[str] = "Откуда назначают"
    lowerable: ClassVar[bool] = True

    role: Annotated[str, To(Role)]
    kinds: frozenset[BodyKind] = frozenset()
    bodies: Annotated[frozenset[str], To(Body)] = frozenset()
    only: Annotated[frozenset[str], To(Body)] = frozenset()
    profile: bool = False
    blocks: Annotated[frozenset[str], To(BlockRule)] = frozenset()
    outside: Annotated[frozenset[str], To(BlockRule)] = frozenset()

    def sentence(self) -> str:
        """What it orders, in words."""
        parts = [f"`{self.role}`: " + "; ".join(self._sources())]
        if self.profile:
            parts.append("орган — профильный")
        if self.blocks:
            parts.append(f"блоки: {keys(self.blocks)}")
        if self.outside:
            parts.append(f"кроме блоков: {keys(self.outside)}")
        return "; ".join(parts)

    def _sources(self) -> list[str]:
        kinds = keys(self.only) or listed(self.kinds)
        return [text for text in (kinds, keys(self.bodies)) if text]

    def no_looser_than(self, other: Pool) -> bool:
        """From no other bodies and for no other blocks."""
        return (
            self.role == other.role
            and self.kinds <= other.kinds
            and self.bodies <= other.bodies
            and (not other.only or frozenset() < self.only <= other.only)
            and (self.profile >= other.profile or BodyKind.EXECUTIVE not in self.kinds)
            and (not other.blocks or frozenset() < self.blocks <= other.blocks)
            and self.outside >= other.outside
        )

    def undercuts(self, floor: Rule) -> bool:
        """A pool beside the floor's, under whatever key, lets in more: one pool is enough."""
        if not isinstance(floor, Pool) or self.role != floor.role:
            return False
        return not self.no_looser_than(floor)

    def serves(self, block: str | None) -> bool:
        """Whether the pool is for this block."""
        return (not self.blocks or block in self.blocks) and block not in self.outside

    def takes(self, body: str | None, kind: BodyKind | None, owned: Iterable[str]) -> bool:
        """Whether staff of the body fit; `owned` are those that answer for the block's themes."""
        if body is None or kind is None:
            return False
        profile = not self.profile or kind is not BodyKind.EXECUTIVE or body in owned
        named = not self.only or body in self.only
        return body in self.bodies or (kind in self.kinds and named and profile)


@dataclass(frozen=True)
class Qualification(Rule):
    """The key is a role: what its holder must besides have, shown by an act that gives it."""

    code: ClassVar[str] = "qualification"
    heading: ClassVar[str] = "Необходимые полномочия"

    key: Annotated[str, To(Role)]
    what: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return self.what


class Per(Code):
    """Within what a role has one holder at a time."""

    REGION = "region", "на регион"
    BLOCK = "block", "на блок"
    BLOCK_AND_BODY = "block_and_body", "на блок от каждого органа"


@dataclass(frozen=True)
class Seat(Rule):
    """The key is a role that one person holds at a time, within `per`."""

    code: ClassVar[str] = "seat"
    heading: ClassVar[str] = "Роли, которые исполняет одно лицо"
    lowerable: ClassVar[bool] = True

    key: Annotated[str, To(Role)]
    per: Per

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"одно лицо {self.per.label}"

    def no_looser_than(self, other: Seat) -> bool:
        """No more holders at a time."""
        widest = list(Per)
        return widest.index(self.per) <= widest.index(other.per)


@dataclass(frozen=True)
class Headcount(Rule):
    """How many of a body an act advises for a role in a block: more is a warning (R9)."""

    code: ClassVar[str] = "headcount"
    heading: ClassVar[str] = "Рекомендованное число"

    role: Annotated[str, To(Role)]
    block: Annotated[str, To(BlockRule)]
    body: Annotated[str, To(Body)]
    number: int

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"`{self.role}` в блоке `{self.block}` от `{self.body}`: рекомендовано {self.number}"
