"""What may show that somebody works for the rating: the incentive it guards and what is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from core.law.russian import Code

INSTANT = timedelta(hours=1)
"""Nobody reads, looks into and answers a case within it."""

TERM, LAST_DAYS = 30, 2
"""The thirty days of the mechanism by the body's own receipt (R47), and how many are its last."""


class Signal(Code):
    """What is counted of a body."""

    INSTANT = "instant", "мгновенные ответы"
    REPEATED = "repeated", "повторяющиеся ответы"
    HANDED_ON = "handed-on", "передачи перед самым сроком"
    LAST_DAYS = "last-days", "ответы в последние два дня"
    PUT_OFF = "put-off", "частые продления и переносы"
    MARKED_INSIDE = "marked-inside", "оценки до отправки опроса"
    UNASKED = "unasked", "без опроса там, где не решено"
    REUSED = "reused", "повторные вложения"


@dataclass(frozen=True, slots=True)
class Meaning:
    """In words: what it tempts to do, what is a hit, and of what these are counted."""

    incentive: str
    hits: str
    of: str


MEANINGS: Mapping[Signal, Meaning] = MappingProxyType(
    {
        Signal.INSTANT: Meaning(
            "закрывать формально ради срока",
            "ответ дан меньше чем через час после того, как орган получил обращение",
            "ответы органа за квартал",
        ),
        Signal.REPEATED: Meaning(
            "отвечать одним текстом на разное ради количества",
            "тот же текст был в одном из десяти прежних ответов органа, о другом",
            "окончательные ответы органа за квартал, начиная с шестого",
        ),
        Signal.HANDED_ON: Meaning(
            "передать трудное другому, чтобы срок вышел у него",
            "передано на последних двух сутках из тридцати или позже",
            "обращения, которые орган за квартал передал или по которым ответил",
        ),
        Signal.LAST_DAYS: Meaning(
            "отвечать к сроку, а не когда сделано",
            "ответ дан в последние двое суток из тридцати",
            "ответы за квартал, данные в тридцать суток",
        ),
        Signal.PUT_OFF: Meaning(
            "обещать и переносить вместо того, чтобы сделать",
            "срок ответа продлён или обещанный день перенесён",
            "поступившие за квартал обращения органа, кроме сообщений без обещанного дня",
        ),
        Signal.MARKED_INSIDE: Meaning(
            "ставить себе оценки за заявителей",
            "оценка поставлена раньше, чем письмо с опросом отправлено",
            "оценки по опросам за квартал",
        ),
        Signal.UNASKED: Meaning(
            "спрашивать только довольных",
            "после закрытия опрос заявителю не выдан",
            "закрытые за квартал без решения или после возврата в работу",
        ),
        Signal.REUSED: Meaning(
            "подтверждать разное одним снимком или документом",
            "то же вложение было в одном из десяти прежних ответов органа, о другом",
            "ответы с подтверждающими вложениями за квартал, начиная с шестого",
        ),
    }
)
