"""Why no term of an appeal runs: where none governs, one of these reasons does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.appeals.rules.deadlines import DueDate, governing
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.registrations import awaits_registration
from core.kernel.acts.federal import FZ59, PRACTICE, RU_1844
from core.law.act import Clause
from core.law.russian import Code

UNANSWERED = "unanswered"
"""What the receipt carries where no answer is owed to an author without a name or an address."""

VERDICTS = frozenset({Fact.ANSWERED, Fact.UPHELD, Fact.DISPUTED, Fact.REOPENED, Fact.RESUMED})


class NoTerm(Code):
    """Why nothing is awaited by a day."""

    WITHDRAWN = "withdrawn", "рассмотрение прекращено по заявлению автора"
    ANSWERED = "answered", "ответ дан"
    DECLINED = "declined", "возражение отклонено, ответ остаётся в силе"
    AWAITS_REGISTRATION = (
        "awaits_registration",
        "срок ответа начнётся с регистрации в органе, которому обращение направлено",
    )
    ANONYMOUS = "anonymous", "не указаны фамилия или почтовый адрес, ответ не даётся"
    NO_ACT = "no_act", "ни один акт не устанавливает срока"


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
    return NoTermReason(code, _clause(code, regime))


def _code(entries: Sequence[Entry]) -> NoTerm:
    if first(entries, Fact.WITHDRAWN) is not None:
        return NoTerm.WITHDRAWN
    verdict = next((one.fact for one in reversed(entries) if one.fact in VERDICTS), None)
    if verdict is Fact.ANSWERED:
        return NoTerm.ANSWERED
    if verdict is Fact.UPHELD:
        return NoTerm.DECLINED
    received = first(entries, Fact.RECEIVED)
    if received is not None and received.data.get(UNANSWERED):
        return NoTerm.ANONYMOUS
    unregistered = first(entries, Fact.REGISTERED) is None or awaits_registration(entries)
    return NoTerm.AWAITS_REGISTRATION if unregistered else NoTerm.NO_ACT


def _clause(code: NoTerm, regime: Regime) -> Clause:
    if code is NoTerm.ANSWERED and regime is Regime.MESSAGE:
        return RU_1844.cite("2.delivery-system")
    return {
        NoTerm.WITHDRAWN: FZ59.cite("5.5"),
        NoTerm.ANSWERED: FZ59.cite("12.1"),
        NoTerm.DECLINED: PRACTICE.cite("lifecycle.dispute"),
        NoTerm.AWAITS_REGISTRATION: FZ59.cite("8.2"),
        NoTerm.ANONYMOUS: FZ59.cite("11.1"),
        NoTerm.NO_ACT: PRACTICE.cite("no-term"),
    }[code]
