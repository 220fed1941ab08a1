"""How long a letter may wait for a person's word before it is registered as an appeal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.law.rule import Rule
from core.shapes.deadlines.rules import Unit
from core.shapes.deadlines.rules.units import spoken


@dataclass(frozen=True)
class LetterTerm(Rule):
    """A letter of which nobody says in time what it is gets registered as an appeal."""

    code: ClassVar[str] = "letter-term"
    heading: ClassVar[str] = "Письма, пришедшие по электронной почте"
    noun: ClassVar[str] = "срок письма"

    length: int
    unit: Unit

    def sentence(self) -> str:
        """What it orders, in words."""
        return (
            f"за {spoken(self.length, self.unit)} определяют, что это: дополнение, новое обращение"
            " или благодарность; иначе письмо регистрируется как обращение"
        )

    def no_looser_than(self, other: LetterTerm) -> bool:
        """No longer in the same unit."""
        return self.unit is other.unit and self.length <= other.length
