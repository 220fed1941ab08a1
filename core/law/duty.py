"""A clause that orders work rather than a value, and the use cases that carry it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from core.law.act import Clause
from core.law.rule import Rule
from core.law.russian import keys


@dataclass(frozen=True)
class Duty(Rule):
    """A layer says which use cases (`satisfaction.answer_survey`) carry out a clause of its act.

    The key is the clause's own id, so no layer takes another's duty away.
    """

    heading: ClassVar[str] = "Что исполняет обязанности"

    served_by: tuple[str, ...]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"исполняет {keys(self.served_by)}"

    @classmethod
    def of(cls, clause: Clause, *served_by: str) -> Self:
        """The duty of a clause under the clause's own id."""
        return cls(clause.ref, served_by, clause=clause)
