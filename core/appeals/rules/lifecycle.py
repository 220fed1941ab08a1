"""Where an appeal is, what happens to it and who may take which step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from core.kernel.codes import Permission
from core.law.act import Clause
from core.law.rule import Rule
from core.law.russian import Code, labels


class State(Code):
    """Where an appeal is. What came of it is its outcome, another thing."""

    RECEIVED = "received", "поступило"
    QUEUED = "queued", "в очереди координатора"
    ASSIGNED = "assigned", "направлено"
    IN_WORK = "in_work", "в работе"
    ANSWERED = "answered", "отвечено"
    CLOSED = "closed", "закрыто"
    DISPUTED = "disputed", "оспорено"


OPEN_STATES = frozenset(
    {State.RECEIVED, State.QUEUED, State.ASSIGNED, State.IN_WORK, State.DISPUTED}
)


class Outcome(Code):
    """What came of an appeal."""

    SOLVED = "solved", "решено, с подтверждением"
    PARTLY_SOLVED = "partly_solved", "решено частично"
    PLANNED = "planned", "запланировано, с датой"
    EXPLAINED = "explained", "разъяснено"
    REFUSED = "refused", "отказано, с нормой"
    NOT_CONFIRMED = "not_confirmed", "не подтвердилось"
    FORWARDED = "forwarded", "направлено по принадлежности"
    WITHDRAWN = "withdrawn", "отозвано заявителем"
    SENT_BACK = "sent_back", "жалоба возвращена с разъяснением права обратиться в суд"
    COURT_DECISION = "court_decision", "возвращено: обжалуется судебное решение"
    ANONYMOUS = "anonymous", "ответ не даётся: не указаны фамилия или почтовый адрес"
    ABUSIVE = "abusive", "оставлено без ответа: оскорбления или угрозы"
    UNREADABLE = "unreadable", "ответ не даётся: текст не поддаётся прочтению"
    UNCLEAR = "unclear", "ответ не даётся: суть определить нельзя"
    SECRET = "secret", "ответ не даётся: охраняемая законом тайна"
    CORRESPONDENCE_ENDED = "correspondence_ended", "переписка прекращена"
    PUBLISHED = "published", "ответ размещён на официальном сайте"


WITHOUT_ANSWER = frozenset(
    {
        Outcome.ANONYMOUS,
        Outcome.ABUSIVE,
        Outcome.UNREADABLE,
        Outcome.UNCLEAR,
        Outcome.SECRET,
        Outcome.CORRESPONDENCE_ENDED,
        Outcome.PUBLISHED,
    }
)
"""Outcomes of art. 11 of 59-ФЗ: each has its own proof, and no answer is called by them."""

UNANSWERED = frozenset({Outcome.WITHDRAWN, Outcome.SENT_BACK, Outcome.COURT_DECISION})
"""What no answer on the merits can come to: each has a step of its own."""


class Fact(Code):
    """What the ledger of an appeal records."""

    RECEIVED = "received", "поступление"
    REGISTERED = "registered", "регистрация"
    RECEIPT_TOLD = "receipt_told", "официальная запись о поступлении"
    ROUTED = "routed", "направление"
    QUEUED = "queued", "постановка в очередь"
    TRANSFERRED = "transferred", "передача"
    ACCEPTED = "accepted", "принятие"
    RETURNED = "returned", "возврат"
    DELEGATED = "delegated", "делегирование"
    COPIED = "copied", "направление копии"
    RESULTS_GIVEN = "results_given", "представление результатов рассмотрения"
    COMPLAINED = "complained", "указание того, чьи действия обжалуются"
    PROLONGED = "prolonged", "продление"
    DRAFTED = "drafted", "подготовка ответа"
    SIGNED = "signed", "подписание ответа"
    DRAFT_RETURNED = "draft_returned", "возврат проекта ответа на исправление"
    INFORMED = "informed", "промежуточный ответ"
    ANSWERED = "answered", "ответ"
    DELIVERED = "delivered", "вручение ответа"
    UNDELIVERED = "undelivered", "возврат ответа без вручения"
    RESENT = "resent", "повторное направление ответа"
    RECALLED = "recalled", "отзыв подписанного ответа до отправки"
    UNSENT = "unsent", "отмена отправки, сделанной с ошибкой отправителя"
    CLOSED = "closed", "закрытие"
    WITHDRAWN = "withdrawn", "отзыв"
    SENT_BACK = "sent_back", "возврат жалобы заявителю"
    COURT_DECISION = "court_decision", "возврат обращения о судебном решении"
    CONCLUDED = "concluded", "прекращение рассмотрения без ответа по существу"
    PLANNED = "planned", "назначение дня исполнения запланированного"
    FULFILLED = "fulfilled", "исполнение запланированного"
    MEASURED = "measured", "принятие меры по результатам рассмотрения"
    SURVEYED = "surveyed", "оценка"
    DISPUTED = "disputed", "оспаривание"
    UPHELD = "upheld", "подтверждение ответа"
    REOPENED = "reopened", "возврат в работу"
    RESUMED = "resumed", "возобновление по новому обращению"
    JOINED = "joined", "объединение"
    SPLIT = "split", "разделение"
    ASKED = "asked", "запрос сведений"
    SUPPLIED = "supplied", "представление сведений"
    SUPPLEMENTED = "supplemented", "приобщение документа заявителя"
    SHOWN = "shown", "ознакомление заявителя с материалами"
    ADMITTED = "admitted", "допуск к обращению по основанию"
    DECLARED = "declared", "событие, о котором говорит акт региона"
    IDENTIFIED = "identified", "установление личности"
    REGIME_CHANGED = "regime_changed", "признание сообщения обращением"
    OFFENCE_TOLD = "offence_told", "сведения о правонарушении"
    OFFENCE_SENT = "offence_sent", "направление сведений о правонарушении"
    CORRECTED = "corrected", "исправление принятого"
    ENTRUSTED = "entrusted", "назначение исполнителя"


UNDOINGS: Mapping[Fact, tuple[Fact, frozenset[Fact]]] = {
    Fact.UNSENT: (Fact.ANSWERED, frozenset({Fact.PLANNED}))
}
"""What takes the last fact of a kind back for good, and with it those that have followed it: the
sender's own error is not sending, and what that answer planned was not said either (R66)."""


@dataclass(frozen=True)
class Transition(Rule):
    """A step: the key is the use case, from which states, to which, and who may take it.

    `target` None leaves the state as it is.
    """

    code: ClassVar[str] = "transition"
    heading: ClassVar[str] = "Шаги обращения"

    sources: frozenset[State]
    target: State | None
    permission: Permission
    fact: Fact

    @classmethod
    def anywhere(cls, key: str, permission: Permission, fact: Fact, clause: Clause) -> Transition:
        """A step in whatever state, which leaves it as it is."""
        return cls(key, frozenset(State), None, permission, fact, clause=clause)

    def sentence(self) -> str:
        """What it orders, in words."""
        target = f"«{self.target.label}»" if self.target else "без перемены состояния"
        sources = ", ".join(f"«{name}»" for name in labels(self.sources))
        return f"{self.fact.label}: {sources} → {target}; право: {self.permission.label}"
