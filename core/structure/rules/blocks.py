"""Themes, blocks and owners: three things apart (variations, section 2).

A theme is what an appeal is about and what regions are compared by; a block is a set of
themes under one responsible; an owner is a body that answers for a theme, many to many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Self

from core.directory.rules.bodies import Theme
from core.kernel.rules.passport import Municipality
from core.law import days
from core.law.act import Clause
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, keys


class BlockKind(Code):
    """A block of a sector, or one of a theme that cuts across sectors."""

    SECTOR = "sector", "отраслевые"
    THEMATIC = "thematic", "тематические"


@dataclass(frozen=True)
class BlockRule(Rule):
    """A block that an act orders; which blocks there are, decided ones too, the register says.

    `significant` puts its themes under the accelerated mechanism (R4). `channels` limit it to what
    comes by them, `residents` to authors who are known to live in these municipalities, wherever
    the problem is; empty means anybody's. A block so limited may have no themes of its own: it then
    takes every theme.
    """

    code: ClassVar[str] = "block"
    heading: ClassVar[str] = "Блоки"
    noun: ClassVar[str] = "блок"
    called: ClassVar[str] = "Block"
    free: ClassVar[frozenset[str]] = frozenset({"themes"})

    name: str
    themes: Annotated[tuple[str, ...], To(Theme)]
    kind: BlockKind = field(default=BlockKind.SECTOR, metadata={"code": "form"})
    significant: bool = True
    has_responsible: bool = True
    channels: Annotated[frozenset[str], To("Channel")] = frozenset()
    residents: Annotated[frozenset[str], To(Municipality)] = frozenset()

    def sentence(self) -> str:
        """What it orders, in words."""
        parts = [self.name, f"тематики: {keys(self.themes)}" if self.themes else "все тематики"]
        parts.append("отраслевой" if self.kind is BlockKind.SECTOR else "тематический")
        if self.channels:
            parts.append(f"каналы: {keys(self.channels)}")
        if self.residents:
            parts.append(f"авторы живут: {keys(self.residents)}")
        if not self.significant:
            parts.append("вне ускоренного решения")
        if not self.has_responsible:
            parts.append("без ответственного")
        return "; ".join(parts)

    def no_looser_than(self, other: BlockRule) -> bool:
        """Takes in every theme of the other, from anywhere, under no lesser duties."""
        return (
            set(self.themes) >= set(other.themes)
            and not (self.channels or self.residents)
            and self.significant >= other.significant
            and self.has_responsible >= other.has_responsible
        )


@dataclass(frozen=True)
class Block:
    """A block of the centre as it stands on the days from `since` up to `until`.

    By law or by decision alike, with the clause that orders it or let it be decided.
    """

    key: str
    name: str
    themes: tuple[str, ...]
    kind: BlockKind
    significant: bool
    clause: Clause
    since: date | None = None
    until: date | None = None
    has_responsible: bool = True
    channels: frozenset[str] = frozenset()
    residents: frozenset[str] = frozenset()

    @classmethod
    def by_law(cls, rule: BlockRule) -> Self:
        """The block that an act orders, for as long as it does."""
        return cls(
            rule.key,
            rule.name,
            rule.themes,
            rule.kind,
            rule.significant,
            rule.clause,
            rule.since,
            rule.until,
            rule.has_responsible,
            rule.channels,
            rule.residents,
        )

    def holds(self, on: date) -> bool:
        """Whether the block is there on this local day."""
        return days.holds(self.since, self.until, on)

    @property
    def limited(self) -> bool:
        """Whether only what comes by some channels or from some authors is in the block."""
        return bool(self.channels or self.residents)

    def includes(self, theme: str | None, channel: str, home: str | None) -> bool:
        """Whether an appeal of this theme and channel, by a resident of `home`, belongs to it.

        `home` None is an author of whom it is not known where he lives: no resident of anywhere.
        """
        return (
            (theme in self.themes or (self.limited and not self.themes))
            and (not self.channels or channel in self.channels)
            and (not self.residents or home in self.residents)
        )

    def answerable(self, role: str) -> str:
        """Who is told in place of `role`: without a responsible it is the head (R9)."""
        return "head" if role == "block-responsible" and not self.has_responsible else role


def block_of(
    blocks: Iterable[Block], theme: str | None, channel: str, home: str | None
) -> Block | None:
    """The block to which an appeal belongs: the most narrowly limited that includes it.

    Of equally limited blocks the one with fewer themes, then the first key; None where none fits.
    """
    fitting = [block for block in blocks if block.includes(theme, channel, home)]
    return min(fitting, key=_breadth, default=None)


def _breadth(block: Block) -> tuple[int, int, str]:
    limits = bool(block.channels) + bool(block.residents)
    return -limits, len(block.themes), block.key
