"""The letter to an author who wrote of one question several times before the answer."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.days import written


def answered_with(number: str, registered_on: date, main: str, answered_on: date) -> str:
    """That the appeal of this number was answered in the letter on the `main` one."""
    return (
        f"Ваше обращение от {written(registered_on)} № {number} рассмотрено вместе с Вашим"
        f" обращением № {main} по тому же вопросу. Ответ на оба обращения дан"
        f" {written(answered_on)} в письме на обращение № {main}. Если в обращении № {number}"
        " поставлены иные вопросы, сообщите об этом: на них будет дан отдельный ответ."
    )
