"""The letter that a term was put off (59-ФЗ, 12 ч. 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.appeals.notices.letters.head import STATUTE, Head
from core.appeals.notices.letters.reference import Reference, by_official, midway, written


@dataclass(frozen=True, slots=True)
class SentInquiry:
    """The request that an answer waits for: its receiver's name, local day and number."""

    body: str
    sent: Reference


def prolonged(
    head: Head, until: date, why: str | SentInquiry, decided_by: str, more: str = ""
) -> str:
    """The letter; `why` is the exceptional case in words or the request, `more` is added to it."""
    if isinstance(why, SentInquiry):
        cause = f"направлением запроса в орган «{why.body}» {why.sent}"
    else:
        cause = f"исключительным случаем ({midway(why)})"
    return head.letter(
        f"Срок рассмотрения {head.of_yours} продлён до {written(until)} включительно в "
        f"связи с {cause}. Решение принято {by_official(decided_by)} на основании части 2 статьи "
        f"12 {STATUTE}.",
        more,
    )
