"""The letter by which an applicant is answered, and that by which a repeat is."""

from __future__ import annotations

from core.appeals.notices.letters.head import STATUTE, Head
from core.appeals.notices.letters.reference import ended, written


def answered(head: Head, text: str, norm: str | None) -> str:
    """«Ответ»; the norm is the one on which a refusal stands."""
    return head.letter(
        f"По результатам рассмотрения {head.of_yours} сообщаем: {text.strip()}",
        f"Основание: {ended(norm)}" if norm else "",
        _protest(head),
    )


def answered_with(head: Head, main: Head, text: str) -> str:
    """The answer on the `main` case to its author, who had written of the question again."""
    return head.letter(
        f"{head.yours} рассмотрено вместе {main.with_yours} по тому же вопросу."
        f" Единый ответ дан {written(head.today)} под № {main.appeal.number}: {text.strip()}",
        f"Если под № {head.appeal.number} поставлены иные вопросы, сообщите об этом:"
        " на них будет дан отдельный ответ.",
        _protest(head),
    )


def _protest(head: Head) -> str:
    if head.statutory:
        return (
            "В случае несогласия Вы вправе обжаловать принятое решение в административном"
            f" и (или) судебном порядке (пункт 4 статьи 5 {STATUTE})."
        )
    if head.law:
        return f"В случае несогласия Вы вправе обжаловать ответ {head.practice}."
    return (
        "В случае несогласия Вы вправе подать обращение в порядке, установленном"
        f" пунктом 1 статьи 4 {STATUTE}."
    )
