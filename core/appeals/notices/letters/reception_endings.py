"""Cards of receptions that take a paper in, explain where to turn, or refuse (59-ФЗ, 13 ч. 4-6)."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.head import STATUTE
from core.appeals.notices.letters.reception import Told
from core.appeals.notices.letters.reference import Reference, midway, written


def handed_in(told: Told, appeal: Reference, until: date | None) -> str:
    """The card where a written appeal was handed in; `until` is the last day of its answer."""
    by = f" до {written(until)} включительно" if until else ""
    return (
        f"{told} Письменное обращение, принятое на личном приёме, зарегистрировано"
        f" {appeal.registered} и будет рассмотрено{by}"
        f" (часть 4 статьи 13 {STATUTE})."
    )


def explained_orally(told: Told, where: str) -> str:
    """The card where the questions were outside of the body's competence."""
    return (
        f"{told} Вопросы не входят в компетенцию принявшего; гражданину разъяснено, куда и в каком"
        f" порядке следует обратиться: {midway(where)} (часть 5 статьи 13 {STATUTE})."
    )


def refused_at_reception(told: Told, number: str, on: date) -> str:
    """The card where the questions had been answered on the merits before."""
    return (
        f"{told} В дальнейшем рассмотрении отказано: ответ по существу поставленных вопросов дан"
        f" {written(on)} на обращение № {number} (часть 6 статьи 13 {STATUTE})."
    )
