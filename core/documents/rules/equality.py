"""Where what is entered on the portal is equal to an official letter (R18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.law.rule import Rule


@dataclass(frozen=True)
class PortalEquality(Rule):
    """Key `portal`: a step submitted on the portal has the force and the date of a letter.

    Never that of an act: a step that asks for a resolution or an order still asks for it (R18).
    """

    code: ClassVar[str] = "portal-equality"
    heading: ClassVar[str] = "Портал: что приравнено к официальному письму"

    portal: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return (
            f"внесённое на «{self.portal}» приравнено к официальному письму с номером и датой "
            "шага; акта оно не заменяет"
        )
