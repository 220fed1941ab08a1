"""Where a notice is on its way, and what may be heard of it after that (R66)."""

from __future__ import annotations

from collections.abc import Mapping

from core.law.russian import Code


class NoticeState(Code):
    """How far a notice has come; it is said to be delivered when that is confirmed, not before."""

    WRITTEN = "written", "написано"
    HANDING = "handing", "передаётся почтовому серверу"
    UNCERTAIN = "uncertain", "неизвестно, принял ли его почтовый сервер"
    HANDED = "handed", "передано для доставки"
    TAKEN = "taken", "принято сервером получателя"
    CONFIRMED = "confirmed", "доставлено"
    DELAYED = "delayed", "доставка задерживается"
    RETURNED = "returned", "вернулось"
    FAILED = "failed", "отправить не удалось"
    RECALLED = "recalled", "отозвано до отправки"


S = NoticeState
AWAITED = frozenset({S.WRITTEN, S.HANDING, S.UNCERTAIN})
"""Nobody has taken it yet, or nobody knows whether."""

LEFT = frozenset({S.HANDED, S.TAKEN, S.CONFIRMED, S.DELAYED, S.RETURNED})
"""It was given to who delivers it."""

TROUBLED = frozenset({S.UNCERTAIN, S.DELAYED, S.RETURNED, S.FAILED})
"""A person should look whether it is to go another way."""

FROM: Mapping[NoticeState, frozenset[NoticeState]] = {
    S.HANDED: AWAITED | {S.FAILED},
    S.TAKEN: AWAITED | {S.FAILED, S.HANDED, S.DELAYED},
    S.CONFIRMED: AWAITED | {S.FAILED, S.HANDED, S.TAKEN, S.DELAYED, S.RETURNED},
    S.DELAYED: AWAITED | {S.FAILED, S.HANDED},
    S.RETURNED: AWAITED | {S.FAILED, S.HANDED, S.TAKEN, S.DELAYED},
    S.FAILED: AWAITED,
}
"""What may be heard of a notice, and in which states that is news; anything else is stale.

A report knows more than whoever waits: even what was taken for failed has left, if it came back.
"""


def is_news(state: NoticeState, told: NoticeState) -> bool:
    """Whether a notice in this state goes over into the one that is told of it."""
    return state in FROM.get(told, frozenset())
