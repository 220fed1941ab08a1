"""The letter that the consideration ended by the applicant's own statement (59-ФЗ, 5 п. 5)."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.head import STATUTE, Head
from core.appeals.notices.letters.reference import written


def withdrawn(head: Head, stated_on: date) -> str:
    """«Прекращение рассмотрения по заявлению»; `stated_on` is the day of the statement."""
    ground = f"(пункт 5 статьи 5 {STATUTE})" if head.statutory else head.practice
    return head.letter(
        f"Рассмотрение {head.of_yours} прекращено {written(head.today)} на основании Вашего"
        f" заявления от {written(stated_on)} {ground}. Вы вправе обратиться вновь."
    )
