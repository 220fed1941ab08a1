"""The card of a personal reception (59-ФЗ, art. 13); it names the citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.appeals.notices.letters.head import STATUTE
from core.appeals.notices.letters.reference import (
    Reference,
    by_official,
    ended,
    midway,
    written,
)

PART = f"(часть 3 статьи 13 {STATUTE})."


@dataclass(frozen=True, slots=True)
class Told:
    """What was told at the reception: the local day, to whom, by whom, showing what."""

    on: date
    official: str
    citizen: str
    document: str
    content: str

    def __str__(self) -> str:
        received = f"{written(self.on)} на личном приёме, проведённом {by_official(self.official)},"
        shown = f"{self.citizen}, предъявивший(ая) документ, удостоверяющий личность"
        return f"{received} {shown} ({self.document}), изложил(а): {ended(self.content)}"


def answered_orally(told: Told, answer: str) -> str:
    """The card where the facts were obvious and the citizen agreed."""
    return (
        f"{told} Факты являются очевидными и дополнительной проверки не требуют, с согласия "
        f"гражданина ответ дан устно: {midway(answer)} {PART}"
    )


def to_be_answered(told: Told, appeal: Reference, until: date | None) -> str:
    """The card where a written answer is owed, by the last day `until` where it has one."""
    registered = f"Устное обращение зарегистрировано {appeal.registered}"
    by = f" до {written(until)} включительно" if until else ""
    return f"{told} {registered}, письменный ответ будет дан{by} {PART}"
