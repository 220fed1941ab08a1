"""Why no term of an appeal runs: where none governs, one of these reasons does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.appeals.rules.deadlines import DueDate, governing
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact, Outcome
from core.appeals.rules.occasions import is_appealed, last_verdict
from core.appeals.rules.registrations import awaits_registration
from core.kernel.acts.federal import FZ59, PRACTICE, RU_1844
from core.law.act import Clause
from core.law.russian import Code

UNANSWERED = "unanswered"
"""What the receipt carries where no answer is owed to an author without a name or an address."""


class NoTerm(Code):
    """Why nothing is awaited by a day."""

    WITHDRAWN = "withdrawn", "рассмотрение прекращено по заявлению автора"
    SENT_BACK = "sent_back", "жалоба возвращена автору с разъяснением права обратиться в суд"
    COURT_DECISION = "court_decision", "обращение о судебном решении возвращено автору"
    CONCLUDED = "concluded", "рассмотрение закончено без ответа по существу"
    ANSWERED = "answered", "ответ дан"
    DECLINED = "declined", "возражение отклонено, ответ остаётся в силе"
    OBJECTED = "objected", "ответ оспорен новым обращением, сроки идут по нему"
    AWAITS_REGISTRATION = (
        "awaits_registration",
        "срок ответа начнётся с регистрации в органе, которому обращение направлено",
    )
    ANONYMOUS = "anonymous", "не указаны фамилия или почтовый адрес, ответ не даётся"
    NO_ACT = "no_act", "ни один акт не устанавливает срока"


ENDED = {
    Fact.WITHDRAWN: NoTerm.WITHDRAWN,
    Fact.SENT_BACK: NoTerm.SENT_BACK,
    Fact.COURT_DECISION: NoTerm.COURT_DECISION,
    Fact.CONCLUDED: NoTerm.CONCLUDED,
}
"""Facts after which no answer on the substance is awaited."""

GROUNDS = {
    Outcome.ANONYMOUS: "11.1",
    Outcome.ABUSIVE: "11.3",
    Outcome.UNREADABLE: "11.4",
    Outcome.UNCLEAR: "11.4.1",
    Outcome.CORRESPONDENCE_ENDED: "11.5",
    Outcome.PUBLISHED: "11.5.1",
    Outcome.SECRET: "11.6",
}
"""The part of art. 11 by which no answer on the substance is given."""


@dataclass(frozen=True, slots=True)
class NoTermReason:
    """The reason and the clause that it follows from."""

    code: NoTerm
    clause: Clause


def no_term_reason(
    entries: Sequence[Entry], dues: Iterable[DueDate], regime: Regime
) -> NoTermReason | None:
    """Why no governing term runs by these facts; None while one does."""
    due = governing(dues)
    if due is not None and due.stopped_at is None:
        return None
    code = _code(entries)
    ground = _ground(entries) if code is NoTerm.CONCLUDED else None
    return NoTermReason(code, ground or _clause(code, regime))


def _code(entries: Sequence[Entry]) -> NoTerm:
    ended = next((code for fact, code in ENDED.items() if first(entries, fact) is not None), None)
    if ended is not None:
        return ended
    last = last_verdict(entries)
    verdict = last.fact if last else None
    if verdict is Fact.ANSWERED:
        return NoTerm.ANSWERED
    if verdict is Fact.UPHELD:
        return NoTerm.DECLINED
    if is_appealed(entries):
        return NoTerm.OBJECTED
    received = first(entries, Fact.RECEIVED)
    if received is not None and received.data.get(UNANSWERED):
        return NoTerm.ANONYMOUS
    unregistered = first(entries, Fact.REGISTERED) is None or awaits_registration(entries)
    return NoTerm.AWAITS_REGISTRATION if unregistered else NoTerm.NO_ACT


def _ground(entries: Sequence[Entry]) -> Clause | None:
    """What art. 11 says of an appeal that was left without an answer on its substance."""
    concluded = first(entries, Fact.CONCLUDED)
    said = concluded.data.get("outcome") if concluded else None
    part = GROUNDS.get(Outcome(str(said))) if said else None
    return FZ59.cite(part) if part else None


def _clause(code: NoTerm, regime: Regime) -> Clause:
    if code is NoTerm.ANSWERED and regime is Regime.MESSAGE:
        return RU_1844.cite("2.delivery-system")
    return {
        NoTerm.WITHDRAWN: FZ59.cite("5.5"),
        NoTerm.SENT_BACK: FZ59.cite("8.7"),
        NoTerm.COURT_DECISION: FZ59.cite("11.2"),
        NoTerm.CONCLUDED: FZ59.cite("11"),
        NoTerm.ANSWERED: FZ59.cite("12.1"),
        NoTerm.DECLINED: PRACTICE.cite("lifecycle.dispute"),
        NoTerm.OBJECTED: FZ59.cite("5.4"),
        NoTerm.AWAITS_REGISTRATION: FZ59.cite("8.2"),
        NoTerm.ANONYMOUS: FZ59.cite("11.1"),
        NoTerm.NO_ACT: PRACTICE.cite("no-term"),
    }[code]
