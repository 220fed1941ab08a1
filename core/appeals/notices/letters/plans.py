"""The letter that what was planned will be done on another day (R56)."""

from __future__ import annotations

from datetime import date

from core.appeals.notices.letters.head import Head
from core.appeals.notices.letters.reference import midway, written


def put_off_letter(head: Head, before: date | None, day: date, reason: str) -> str:
    """The letter; `before` is the local day that was named earlier, None where none was."""
    planned = f"запланированного в ответе на {head.yours}"
    if before is None:
        return head.letter(
            f"Исполнение решения, {planned}, назначено на {written(day)}."
            f" Основание: {midway(reason)}."
        )
    return head.letter(
        f"Исполнение решения, {planned}, перенесено с {written(before)} на {written(day)}."
        f" Причина переноса: {midway(reason)}."
    )
