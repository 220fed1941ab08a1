"""Reports as law: which figures of its period a kind of document is filled in with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.documents.rules import PLAIN, DocumentField, DocumentKind, FieldForm
from core.law.act import Clause
from core.law.rule import Rule
from core.law.russian import Code, listed


class Part(Code):
    """What of a period is told."""

    SOURCES = "sources", "источники"
    THEMES = "themes", "тематики"
    BLOCKS = "blocks", "отраслевые блоки"
    CHARGE = "charge", "своя и чужая ответственность"
    BODIES = "bodies", "оценка работы органов"
    CHANGE = "change", "изменение к предыдущему периоду и к неделе назад"
    ROADMAP = "roadmap", "мероприятия действующей дорожной карты"


FIGURES = DocumentField(
    "figures",
    "Показатели за период",
    FieldForm.TABLE,
    required=False,
    columns=("Показатель", "За период", "К предыдущему", "К неделе назад"),
)
BODIES = DocumentField(
    "bodies",
    "Оценка работы органов",
    FieldForm.TABLE,
    required=False,
    columns=("Орган", "Поступило", "Дан ответ", "С опозданием", "Решено"),
)
REPORT_FIELDS = (*PLAIN, FIGURES, BODIES)
"""What a report says: as any document, and its figures and the assessment of bodies in tables."""


@dataclass(frozen=True)
class ReportForm(Rule):
    """A kind of document, by its key, is prepared out of the figures of a closed period.

    The figures of cases that were received in it; what becomes of the text is its drafter's matter.
    """

    code: ClassVar[str] = "report-form"
    heading: ClassVar[str] = "Отчёты, которые готовят по показателям"
    noun: ClassVar[str] = "форма отчёта"

    parts: frozenset[Part]

    def sentence(self) -> str:
        """What it orders, in words."""
        return f"заполняют показателями закрытого периода (практика системы): {listed(self.parts)}"


EVERY_DAY = frozenset({Part.SOURCES, Part.THEMES, Part.CHARGE, Part.CHANGE})
TO_LEADERS = frozenset({Part.THEMES, Part.BLOCKS, Part.BODIES, Part.CHANGE})


def daily_summary(clause: Clause, replaces: Clause | None = None) -> tuple[Rule, ...]:
    """The centre's daily summary by a clause: the kind of document, and what fills it in."""
    key, name, daily = "daily-summary", "Ежедневная сводка центра", "no act says how often"
    return (
        DocumentKind(
            key, name, reading=daily, fields=REPORT_FIELDS, clause=clause, replaces=replaces
        ),
        ReportForm(key, EVERY_DAY, clause=clause, replaces=replaces),
    )
