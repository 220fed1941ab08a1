"""What an answer must have and what may follow it: proof, templates, survey, dispute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from core.appeals.rules.intake import Channel
from core.appeals.rules.lifecycle import Outcome
from core.directory.rules.bodies import Theme
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, keys
from core.shapes.deadlines.rules.units import Unit, brief

ANY_THEME = "*"
EVIDENCE = {"document": "документ", "photo": "фотография", "act": "акт"}
"""What an attachment may prove a solution by; another kind is said as it is."""


NO_DAY = "no-day"
"""The reason for which a measure promised without its day comes back (R56, R59)."""


class AnswerKind(Code):
    """What an answer does: only the final one ends the term of the answer (R55)."""

    FINAL = "final", "окончательный"
    INTERIM = "interim", "промежуточный"


def evidence(kinds: Iterable[str]) -> str:
    """What the kinds of evidence are called, in the alphabet's order of their codes."""
    return ", ".join(EVIDENCE.get(kind, kind) for kind in sorted(kinds))


@dataclass(frozen=True)
class EvidenceRule(Rule):
    """What must be attached to call an appeal of the theme solved (key: theme or `*`)."""

    code: ClassVar[str] = "evidence"
    heading: ClassVar[str] = "Подтверждение решения"

    key: Annotated[str, To(Theme, also={ANY_THEME})]
    kinds: frozenset[str]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"«решено» подтверждает: {evidence(self.kinds)}"

    def no_looser_than(self, other: EvidenceRule) -> bool:
        """Asks for everything the other asks for."""
        return self.kinds >= other.kinds


@dataclass(frozen=True)
class DraftFault(Rule):
    """For what a draft may be returned before it is sent, the key being the reason's (R59)."""

    code: ClassVar[str] = "draft-fault"
    heading: ClassVar[str] = "Причины возврата проекта ответа"

    name: str

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"проект возвращают, если {self.name}"


def warned_of(outcome: str | None, plan_date: date | None) -> list[str]:
    """The reasons (keys) for which a draft may come back, of which the signer is warned (R56)."""
    return [NO_DAY] if outcome == Outcome.PLANNED and plan_date is None else []


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
    """How long the survey link lives and which marks (1..5) are bad enough to dispute.

    `valid_days` is a length in `unit`; calendar days are 24 hours each.
    """

    code: ClassVar[str] = "survey"
    heading: ClassVar[str] = "Опрос"

    valid_days: int
    bad_mark: int
    unit: Unit = Unit.CALENDAR_DAYS

    def sentence(self) -> str:
        """What it orders, in words."""
        valid = brief(self.valid_days, self.unit)
        low = f"при оценке не выше {self.bad_mark} ответ можно сразу оспорить"
        return f"ссылка действует {valid}; {low}"


@dataclass(frozen=True)
class DisputeRule(Rule):
    """How long after closing the applicant may dispute the answer; key `answer`, or another.

    `window_days` is a length in `unit`; calendar days are 24 hours each. `themes` and `channels`
    narrow it to these alone (empty: all): of several windows the narrowest rule decides.
    """

    code: ClassVar[str] = "dispute"
    heading: ClassVar[str] = "Оспаривание"

    window_days: int
    unit: Unit = Unit.CALENDAR_DAYS
    themes: Annotated[frozenset[str], To(Theme)] = frozenset()
    channels: Annotated[frozenset[str], To(Channel)] = frozenset()

    def sentence(self) -> str:
        """What it orders, in words."""
        parts = [f"{brief(self.window_days, self.unit)} после закрытия"]
        narrowed = (("тематики", self.themes), ("каналы", self.channels))
        parts += [f"{what}: {keys(names)}" for what, names in narrowed if names]
        return "; ".join(parts)

    def covers(self, theme: str | None, channel: str) -> bool:
        """Whether the window is one for an answer to a case of this theme and channel."""
        by_theme = not self.themes or theme in self.themes
        return by_theme and (not self.channels or channel in self.channels)


def window_of(rules: Iterable[DisputeRule], theme: str | None, channel: str) -> DisputeRule | None:
    """The window that decides: theme and channel before one of them, one before neither."""
    fitting = [rule for rule in rules if rule.covers(theme, channel)]
    return min(fitting, key=lambda rule: (-_narrowness(rule), rule.key), default=None)


def _narrowness(rule: DisputeRule) -> int:
    return bool(rule.themes) + bool(rule.channels)
