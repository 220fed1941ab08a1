"""What is an appeal, what needs no answer, and which matters have federal laws of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.appeals.rules.intake import Regime
from core.law.rule import Rule


@dataclass(frozen=True)
class AppealRule(Rule):
    """What is an appeal under 59-ФЗ wherever nothing says that it is something else."""

    code: ClassVar[str] = "appeal-definition"
    heading: ClassVar[str] = "Что является обращением"

    def sentence(self) -> str:
        """What it orders, in words."""
        return (
            "обращение направлено письменно или в форме электронного документа либо изложено"
            " на личном приёме; сомнение решается в пользу обращения"
        )


@dataclass(frozen=True)
class AnonymousRule(Rule):
    """Without surname or address no answer is owed; facts of an offence must be sent on."""

    code: ClassVar[str] = "anonymous"
    heading: ClassVar[str] = "Анонимные обращения"

    def sentence(self) -> str:
        """What it orders, in words."""
        return (
            "без фамилии или адреса ответ не даётся и срок ответа не течёт; обращение"
            " регистрируется, сведения о правонарушении направляются в компетентный орган"
        )


@dataclass(frozen=True)
class OtherOrder(Rule):
    """A matter for which another federal law sets procedure and term (59-ФЗ, 1 ч. 2; R65)."""

    code: ClassVar[str] = "other-order"
    heading: ClassVar[str] = "Порядки других федеральных законов"

    regime: Regime
    law: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"{self.regime.label}: порядок и срок устанавливает {self.law}"
