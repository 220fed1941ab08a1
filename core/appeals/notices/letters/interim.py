"""The letter of an interim answer: it tells how things stand and ends no term (R55)."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.answer import STATUTE, AnswerLetter
from core.appeals.notices.letters.days import written
from core.appeals.rules.intake import Regime


def interim_letter(letter: AnswerLetter, regime: Regime, until: date | None) -> str:
    """The letter; `until` is the last day of the answer, None where no term runs."""
    noun = "Вашего обращения" if regime is Regime.APPEAL else "Вашего сообщения"
    lines = [
        letter.body or "",
        f"Исходящий № {letter.outgoing} от {written(letter.sent_on)}",
        f"О ходе рассмотрения {noun} от {written(letter.registered_on)} № {letter.number}"
        f" сообщаем: {letter.text}",
        _still_open(regime, until),
        f"Подписано: {letter.signatory}.",
    ]
    return "\n".join(line for line in lines if line)


def _still_open(regime: Regime, until: date | None) -> str:
    last_day = f" до {written(until)} включительно" if until else ""
    norm = f" (часть 1 статьи 12 {STATUTE})" if regime is Regime.APPEAL and until else ""
    return (
        f"Рассмотрение не окончено: окончательный ответ будет дан{last_day}{norm}."
        " Настоящий промежуточный ответ срока рассмотрения не изменяет."
    )
