"""Directions of a centre's work: a region's own names over federal codes (R19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from core.directory.rules.bodies import Body
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import keys


@dataclass(frozen=True)
class Direction(Rule):
    """A direction or function. `federal` is the code that all regions share, if it has one.

    `partners` are bodies with which it is carried out.
    """

    code: ClassVar[str] = "direction"
    heading: ClassVar[str] = "Направления и функции"
    noun: ClassVar[str] = "направление"

    name: str
    federal: Annotated[str | None, To("Direction")] = None
    partners: Annotated[frozenset[str], To(Body)] = frozenset()

    def sentence(self) -> str:
        """What it orders, in words."""
        listed = "входит в федеральный перечень" if self.federal else "вне федерального перечня"
        partners = f"; участвуют: {keys(self.partners)}" if self.partners else ""
        return f"«{self.name}», {listed}{partners}"

    def no_looser_than(self, other: Direction) -> bool:
        """Still the same federal direction, under whatever name, with no partner less."""
        return self.federal == other.federal and self.partners >= other.partners


@dataclass(frozen=True)
class DirectionTask(Rule):
    """What the act counts to a direction in so many words."""

    code: ClassVar[str] = "direction-task"
    heading: ClassVar[str] = "Содержание направлений"
    only_said: ClassVar[bool] = True

    direction: Annotated[str, To(Direction)]
    what: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"`{self.direction}`: {self.what}"
