"""What a letter is, how its case was found, and what a person says of it."""

from __future__ import annotations

from core.law.russian import Code


class Kind(Code):
    """What a letter is. Only what a person wrote makes an appeal, and only he may be answered."""

    WRITTEN = "written", "письмо"
    BOUNCE = "bounce", "отчёт о доставке"
    RECEIPT = "receipt", "уведомление о прочтении"
    AUTOREPLY = "autoreply", "автоматический ответ"
    INVITATION = "invitation", "приглашение календаря"
    LIST = "list", "рассылка"
    OWN = "own", "наше собственное письмо"
    LOOP = "loop", "письмо ходит по кругу"
    COPY = "copy", "то же письмо ещё раз"


class Found(Code):
    """By what a letter was put to its case."""

    ADDRESS = "address", "по адресу, на который оно пришло"
    THREAD = "thread", "по письму, на которое оно отвечает"
    NUMBER = "number", "по номеру обращения"
    PERSON = "person", "указал сотрудник"


class Said(Code):
    """What a letter was said to be."""

    ADDITION = "addition", "дополнение к обращению"
    APPEAL = "appeal", "новое обращение"
    THANKS = "thanks", "благодарность"


class LetterState(Code):
    """Where a letter stands."""

    UNREAD = "unread", "получено, ещё не разобрано"
    WAITING = "waiting", "ждёт решения сотрудника"
    DECIDED = "decided", "решение принято"
    MACHINE = "machine", "не от человека, обращением не является"


def answerable(kind: Kind) -> bool:
    """Whether a machine may answer such a letter: two machines would never stop."""
    return kind is Kind.WRITTEN
