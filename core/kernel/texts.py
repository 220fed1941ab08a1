"""Texts that people send: whether they can be kept, how long they may be, reasons."""

from __future__ import annotations

from datetime import datetime

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import whole_seconds
from core.law.act import Clause

LONGEST_TEXT = 20_000


LONGEST_ID = 200


LONGEST_CONTACT = 1_000
"""Of a name, an address, a telephone: papers have lines for them, not pages."""


INVISIBLE = "".join(
    map(chr, (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF))
) + "".join(map(chr, range(0x2066, 0x206A)))
"""Signs without a width, and those that turn the writing round: a number copied out of an address
book comes in a pair of them. Nobody sees them, and they make two of what is one."""


def readable(text: str) -> bool:
    """Whether every database can store the text: no NUL, no lone surrogates."""
    try:
        return b"\x00" not in text.encode()
    except UnicodeEncodeError:
        return False


def filled(text: str, longest: int) -> bool:
    """Whether the text says anything, is no longer than this and can be stored."""
    return bool(text.strip()) and len(text) <= longest and readable(text)


def seconds(moment: datetime | None) -> datetime | None:
    """The moment in UTC to the second, as it is kept."""
    return None if moment is None else whole_seconds(moment)


LONGEST_REASON = 4_000


def reasoned(reason: str, clause: Clause | None, what: str = "") -> str:
    """The reason without outer spaces; refused when there is none, it is too long or unreadable.

    Of what is no reason `what` says, in the nominative: «вопрос органу».
    """
    text = reason.strip()
    if not text:
        said = f"Не заполнено: {what}" if what else "Укажите причину"
        raise Refusal(RefusalCode.REASON_REQUIRED, said, clause)
    if len(text) > LONGEST_REASON:
        said = f"Длиннее {LONGEST_REASON} знаков: {what or 'причина'}"
        raise Refusal(RefusalCode.TEXT_TOO_LONG, said, clause)
    if not readable(text):
        said = f"Недопустимые знаки: {what or 'причина'}"
        raise Refusal(RefusalCode.TEXT_UNREADABLE, said, clause)
    return text
