"""Why no term runs, by the facts: a table."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.rules.deadlines import Circumstances, due_dates
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.no_term import NoTerm, no_term_reason
from core.appeals.rules.terms import Deadline
from core.law.rulebook import Rulebook
from tests.core.appeals.test_after_the_answer import ANSWERED, DISPUTED, OBJECTED, REOPENED, RESUMED
from tests.core.appeals.test_deadlines import APPEAL, MOSCOW, ORDINARY, at, ledger
from tests.fixtures.calendars import OFFICIAL

MESSAGE = Circumstances(Regime.MESSAGE, "sport", significant=False)
DAY = at("2026-03-02 10:00:00")
REGISTERED = ((Fact.RECEIVED, DAY), (Fact.REGISTERED, DAY), (Fact.ROUTED, DAY))
IN_WORK = (*REGISTERED, (Fact.ACCEPTED, DAY))
FORWARDED = (*IN_WORK, (Fact.TRANSFERRED, at("2026-03-04 10:00:00")))
LATER = at("2026-04-10 12:00:00")
CASES = {
    "an appeal in work": (REGISTERED, ORDINARY, None),
    "a disputed case": (DISPUTED, ORDINARY, None),
    "disputed by a new appeal": (OBJECTED, ORDINARY, (NoTerm.OBJECTED, "fz59/5.4")),
    "a reopened case": (REOPENED, ORDINARY, None),
    "a resumed case": (RESUMED, ORDINARY, None),
    "answered": (ANSWERED, ORDINARY, (NoTerm.ANSWERED, "fz59/12.1")),
    "a message answered": (ANSWERED, MESSAGE, (NoTerm.ANSWERED, "ru.1844/2.delivery-system")),
    "rejected": (
        (*DISPUTED, (Fact.UPHELD, LATER)), ORDINARY,
        (NoTerm.DECLINED, "tsur.practice/lifecycle.dispute"),
    ),
    "answered again": (
        (*REOPENED, (Fact.ANSWERED, LATER)), ORDINARY, (NoTerm.ANSWERED, "fz59/12.1"),
    ),
    "withdrawn": ((*IN_WORK, (Fact.WITHDRAWN, LATER)), APPEAL, (NoTerm.WITHDRAWN, "fz59/5.5")),
    "given back as a complaint for nobody": (
        (*IN_WORK, (Fact.SENT_BACK, LATER)), APPEAL, (NoTerm.SENT_BACK, "fz59/8.7"),
    ),
    "given back as one against a court": (
        (*IN_WORK, (Fact.COURT_DECISION, LATER)), APPEAL, (NoTerm.COURT_DECISION, "fz59/11.2"),
    ),
    **{
        f"left without an answer: {outcome}": (
            (*IN_WORK, (Fact.CONCLUDED, LATER, {"outcome": outcome})), APPEAL,
            (NoTerm.CONCLUDED, f"fz59/{part}"),
        )
        for outcome, part in (
            ("anonymous", "11.1"), ("abusive", "11.3"), ("unreadable", "11.4"),
            ("unclear", "11.4.1"),
            ("correspondence_ended", "11.5"), ("published", "11.5.1"), ("secret", "11.6"),
        )
    },
    "withdrawn while disputed": (
        (*DISPUTED, (Fact.WITHDRAWN, LATER)), APPEAL, (NoTerm.WITHDRAWN, "fz59/5.5"),
    ),
    "forwarded, the mechanism's term runs": (FORWARDED, APPEAL, None),
    "forwarded": (FORWARDED, ORDINARY, (NoTerm.AWAITS_REGISTRATION, "fz59/8.2")),
    "registered by the receiver": ((*FORWARDED, (Fact.REGISTERED, LATER)), ORDINARY, None),
    "given back by the receiver": ((*FORWARDED, (Fact.RETURNED, LATER)), ORDINARY, None),
    "received": (((Fact.RECEIVED, DAY),), ORDINARY, (NoTerm.AWAITS_REGISTRATION, "fz59/8.2")),
    "a message that no act gives a term": (
        REGISTERED, MESSAGE, (NoTerm.NO_ACT, "tsur.practice/no-term"),
    ),
}  # fmt: skip


def told(
    law: Rulebook, entries: list[Entry], circumstances: Circumstances
) -> tuple[NoTerm, str] | None:
    rules = law.all(Deadline, date(2026, 3, 2))
    dues = due_dates(rules, entries, circumstances, MOSCOW, OFFICIAL)
    reason = no_term_reason(entries, dues, circumstances.regime)
    return (reason.code, reason.clause.ref) if reason else None


@pytest.mark.parametrize(("facts", "circumstances", "reason"), CASES.values(), ids=CASES)
@pytest.mark.clause("tsur.practice/no-term", "fz59/8.2")
def test_a_term_runs_or_a_reason_is_told(
    law: Rulebook,
    facts: tuple[tuple[Fact, object], ...],
    circumstances: Circumstances,
    reason: tuple[NoTerm, str] | None,
) -> None:
    assert told(law, ledger(*facts), circumstances) == reason  # type: ignore[arg-type]


@pytest.mark.clause("fz59/11.1")
def test_without_a_name_or_an_address_no_answer_is_owed(law: Rulebook) -> None:
    entries = ledger((Fact.RECEIVED, DAY, {"unanswered": "fz59/11.1"}), (Fact.REGISTERED, DAY))
    assert told(law, entries, MESSAGE) == (NoTerm.ANONYMOUS, "fz59/11.1")


@pytest.mark.clause("fz59/8.3")
def test_a_withdrawal_is_no_forwarding_and_late_for_none(law: Rulebook) -> None:
    facts = ledger(*IN_WORK, (Fact.WITHDRAWN, LATER))
    rules = law.all(Deadline, date(2026, 3, 2))
    dues = due_dates(rules, facts, ORDINARY, MOSCOW, OFFICIAL)
    assert "forwarding" not in {due.rule.key for due in dues}
