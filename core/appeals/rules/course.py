"""From where on a term looks at the facts: what became an appeal later is one from then on.

No clock is set back: what is counted for messages too goes on from the first receipt (R49).
"""

from __future__ import annotations

from collections.abc import Sequence

from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline
from core.shapes.deadlines.rules.units import Unit


def owes_answer(rule: Deadline, entries: Sequence[Entry]) -> bool:
    """Whether the term runs at all: no answer is owed to nobody (59-ФЗ, 11 ч. 1; R50).

    What the source itself promised it must keep, and whoever is found out later is answered.
    """
    if not rule.governs or rule.unit is Unit.GIVEN:
        return True
    received = first(entries, Fact.RECEIVED)
    return not (received and "unanswered" in received.data) or _found_out(entries) is not None


def course_for(rule: Deadline, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The facts that the term looks at.

    Of what became an appeal terms for appeals alone see the day on which it did as the receipt,
    and whoever had been given it by then as whoever was given it that day;
    of an anonymous letter the answer sees the day on which its author was found out as the
    registration. All other terms see all.
    """
    changed = first(entries, Fact.REGIME_CHANGED)
    if changed is not None and Regime.MESSAGE not in rule.regimes:
        held = any(e.fact is Fact.ROUTED and e.seq < changed.seq for e in entries)
        routed = (changed._replace(fact=Fact.ROUTED),) if held else ()
        return (*_from(changed, Fact.RECEIVED, entries), *routed)
    found_out = _found_out(entries)
    if found_out is not None and rule.governs:
        return _from(found_out, Fact.REGISTERED, entries)
    return entries


def _found_out(entries: Sequence[Entry]) -> Entry | None:
    """The fact by which the author of an anonymous letter became known."""
    return next((e for e in entries if e.fact is Fact.IDENTIFIED and e.data.get("owed")), None)


def _from(turn: Entry, as_fact: Fact, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The facts since this one, which stands for another."""
    return (turn._replace(fact=as_fact), *(e for e in entries if e.seq > turn.seq))
