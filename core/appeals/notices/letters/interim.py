"""The letter of an interim answer: it tells how things stand and ends no term (R55)."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.head import Head, norm_of
from core.appeals.notices.letters.reference import written
from core.law.act import Clause


def interim_letter(head: Head, text: str, until: date | None, by: Clause | None) -> str:
    """The letter; `until` is the last day of the answer `by` this clause, None: no term runs."""
    last_day = f" до {written(until)} включительно" if until else ""
    norm = f" ({norm_of(by)})" if head.statutory and until and by else ""
    return head.letter(
        f"О ходе рассмотрения {head.of_yours} сообщаем: {text.strip()}",
        f"Рассмотрение не окончено: окончательный ответ будет дан{last_day}{norm}."
        " Настоящий промежуточный ответ срока рассмотрения не изменяет.",
    )
