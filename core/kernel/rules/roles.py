"""Roles of a centre and what each of them may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.kernel.codes import Permission
from core.law.rule import Rule
from core.law.russian import Code, listed


class Reach(Code):
    """How far a role sees; the appointment names the blocks, municipality or body."""

    REGION = "region", "весь регион"
    BLOCKS = "blocks", "свои блоки"
    MUNICIPALITY = "municipality", "своё муниципальное образование"
    BODY = "body", "свой орган"


@dataclass(frozen=True)
class Role(Rule):
    """A role with its permissions and reach. `rank` orders roles: a higher number is above.

    An approver of a prolongation must stand above the executor by this number.
    """

    code: ClassVar[str] = "role"
    heading: ClassVar[str] = "Роли"
    noun: ClassVar[str] = "роль"

    name: str
    reach: Reach
    rank: int
    permissions: frozenset[Permission]
    service: bool = False

    def sentence(self) -> str:
        """What it orders, in words."""
        service = "служебная учётная запись; " if self.service else ""
        return (
            f"{self.name}: {service}{self.reach.label}, уровень {self.rank} (практика системы); "
            f"может: {listed(self.permissions)}"
        )
