"""What stands in the subject of a letter: why it is written and by which appeal, nobody's name."""

from __future__ import annotations

from core.appeals.notices.model import NoticeKind
from core.appeals.rules.intake import Regime

ANSWERS = frozenset({NoticeKind.ANSWERED, NoticeKind.ANSWERED_WITH})


def subject_of(kind: NoticeKind, number: str, regime: Regime) -> str:
    """«Ответ на обращение № КУ-2026-000001»; what is no appeal is called a message."""
    appeal = regime is not Regime.MESSAGE
    if kind in ANSWERS:
        return f"Ответ на {'обращение' if appeal else 'сообщение'} № {number}"
    about = f"по {'обращению' if appeal else 'сообщению'} № {number}"
    if kind is NoticeKind.CODE:
        return f"Код для страницы {about}"
    if kind is NoticeKind.SURVEY:
        return f"Оцените ответ {about}"
    return f"Уведомление {about}: {kind.label}"
