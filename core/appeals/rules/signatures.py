"""How an answer is signed and on which way it goes to the applicant (59-ФЗ, 10 ч. 3, 4; R64)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.appeals.rules.intake import Regime
from core.law.rule import Rule
from core.law.russian import Code, labels, listed


class SignatureKind(Code):
    """What a signature is by Федеральный закон № 63-ФЗ, or that it is one on paper."""

    HANDWRITTEN = "handwritten", "собственноручная подпись"
    SIMPLE = "simple", "простая электронная подпись"
    UNQUALIFIED = "unqualified", "усиленная неквалифицированная электронная подпись"
    QUALIFIED = "qualified", "усиленная квалифицированная электронная подпись"


class Way(Code):
    """How an answer goes to the applicant, or to everybody."""

    POST = "post", "почтовой связью"
    IN_PERSON = "in_person", "лично под расписку"
    ELECTRONIC = "electronic", "в форме электронного документа"
    PUBLISHED = "published", "размещением на официальном сайте"


@dataclass(frozen=True)
class SignatureRule(Rule):
    """With which signatures an answer of these regimes may go on these ways."""

    code: ClassVar[str] = "signature"
    heading: ClassVar[str] = "Подписание и направление ответа"

    ways: frozenset[Way]
    kinds: frozenset[SignatureKind]
    regimes: frozenset[Regime] = frozenset({Regime.APPEAL})

    def sentence(self) -> str:
        """What it orders, in words."""
        regimes, ways = listed(self.regimes), ", ".join(labels(self.ways))
        return f"режим: {regimes}; ответ {ways}: {', '.join(labels(self.kinds))}"

    def no_looser_than(self, other: SignatureRule) -> bool:
        """Asks for no weaker signature, on no fewer ways and in no fewer regimes."""
        wide = self.ways >= other.ways and self.regimes >= other.regimes
        return wide and self.kinds <= other.kinds
