"""What a status code of RFC 3463 means, in words: the server's own may carry an address."""

from __future__ import annotations

import re

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

CODE = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
WORDS = {
    "1.1": "такого почтового ящика нет",
    "1.2": "такого почтового домена нет",
    "1.3": "адрес написан с ошибкой",
    "1.6": "адресат сменил почтовый ящик",
    "1.10": "домен адресата не принимает почту",
    "2.0": "почтовый ящик не принимает письма",
    "2.1": "почтовый ящик отключён",
    "2.2": "почтовый ящик переполнен",
    "2.3": "письмо больше, чем принимает почтовый ящик",
    "3.4": "письмо больше, чем принимает сервер получателя",
    "4.1": "сервер получателя не отвечает",
    "4.4": "домен адресата не найден",
    "4.7": "время доставки истекло",
    "7.0": "сервер получателя отказал по своим правилам",
    "7.1": "сервер получателя отказал по своим правилам",
}
KINDS = {
    "1": "адрес не подходит",
    "2": "почтовый ящик не принял письмо",
    "3": "почтовый сервер получателя не принял письмо",
    "4": "сбой в сети или в маршруте",
    "5": "сбой при обмене с сервером",
    "6": "содержание письма не принято",
    "7": "сервер получателя отказал по своим правилам",
}
OTHER = "причина не названа"


def words_of(status: str | None) -> str:
    """«такого почтового ящика нет (5.1.1)»; what is no code of RFC 3463 names no reason."""
    if status is None or not CODE.fullmatch(status):
        return OTHER
    detail = status.partition(".")[2]
    words = WORDS.get(detail) or KINDS.get(detail.partition(".")[0]) or OTHER
    return f"{words} ({status})"


def checked_status(status: str | None) -> str | None:
    """The code as it is; Refusal(INVALID) for what is none: free words may name a person."""
    if status is not None and not CODE.fullmatch(status):
        text = "Код доставки — три числа через точку, как 5.1.1"
        raise Refusal(RefusalCode.INVALID, text)
    return status
