"""The letter by which an applicant is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.appeals.notices.letters.days import written
from core.appeals.rules.intake import Regime

STATUTE = "Федерального закона от 02.05.2006 № 59-ФЗ"


@dataclass(frozen=True, slots=True)
class AnswerLetter:
    """What the letter says; days are local, `signatory` is by what office or power it is signed.

    `body` is None where nobody knows it any longer.
    """

    body: str | None
    number: str
    registered_on: date
    text: str
    norm: str | None
    signatory: str
    sent_on: date
    outgoing: str


def answer_letter(letter: AnswerLetter, regime: Regime) -> str:
    """The letter; what is no appeal is answered without the statute."""
    noun = "Вашего обращения" if regime is Regime.APPEAL else "Вашего сообщения"
    given = written(letter.registered_on)
    lines = [
        letter.body or "",
        f"Исходящий № {letter.outgoing} от {written(letter.sent_on)}",
        f"По результатам рассмотрения {noun} от {given} № {letter.number} сообщаем: {letter.text}",
        f"Основание: {letter.norm}." if letter.norm else "",
        _protest(regime),
        f"Подписано: {letter.signatory}.",
    ]
    return "\n".join(line for line in lines if line)


def _protest(regime: Regime) -> str:
    if regime is Regime.APPEAL:
        return (
            "В случае несогласия Вы вправе обжаловать принятое решение в административном"
            f" и (или) судебном порядке (пункт 4 статьи 5 {STATUTE})."
        )
    return (
        "В случае несогласия Вы вправе подать обращение в порядке, установленном"
        f" пунктом 1 статьи 4 {STATUTE}."
    )
