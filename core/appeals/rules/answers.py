"""What an answer must have and what may follow it: proof, templates, survey, dispute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.law.rule import Rule
from core.law.russian import days

EVIDENCE = {"document": "документ", "photo": "фотография"}
"""What an attachment may prove a solution by; another kind is said as it is."""


@dataclass(frozen=True)
class EvidenceRule(Rule):
    """What must be attached to call an appeal of the theme solved (key: theme or `*`)."""

    code: ClassVar[str] = "evidence"
    heading: ClassVar[str] = "Подтверждение решения"

    kinds: frozenset[str]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"«решено» подтверждает: {', '.join(EVIDENCE.get(k, k) for k in sorted(self.kinds))}"

    def no_looser_than(self, other: EvidenceRule) -> bool:
        """Asks for everything the other asks for."""
        return self.kinds >= other.kinds


@dataclass(frozen=True)
class TemplateRule(Rule):
    """The centre makes templates of answers, key `answer`; without the rule there are none."""

    code: ClassVar[str] = "template"
    heading: ClassVar[str] = "Шаблоны ответов"

    def sentence(self) -> str:
        """What it orders, in words."""
        return "центр разрабатывает шаблоны ответов"


@dataclass(frozen=True)
class SurveyRule(Rule):
    """How long the survey link lives and which marks (1..5) are bad enough to dispute."""

    code: ClassVar[str] = "survey"
    heading: ClassVar[str] = "Опрос"

    valid_days: int
    bad_mark: int

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"ссылка действует {days(self.valid_days)}; оценка до {self.bad_mark} открывает спор"


@dataclass(frozen=True)
class DisputeRule(Rule):
    """How many days after closing the applicant may dispute the answer."""

    code: ClassVar[str] = "dispute"
    heading: ClassVar[str] = "Оспаривание"

    window_days: int

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"{days(self.window_days)} после закрытия"
