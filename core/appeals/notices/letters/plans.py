"""The letter that what was planned will be done on another day (R56)."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.days import written
from core.appeals.notices.letters.reference import Reference


def put_off_letter(
    appeal: Reference, before: date | None, day: date, reason: str, *, statutory: bool
) -> str:
    """The letter; `before` is the local day that was named earlier, None where none was."""
    noun = "Ваше обращение" if statutory else "Ваше сообщение"
    why = reason.strip().rstrip(".")
    if before is None:
        return (
            f"Решение, запланированное в ответе на {noun} {appeal}, будет исполнено до"
            f" {written(day)} включительно. Основание: {why}."
        )
    return (
        f"Исполнение решения, запланированного в ответе на {noun} {appeal}, перенесено с"
        f" {written(before)} на {written(day)}. Причина переноса: {why}."
    )
