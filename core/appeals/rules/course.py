"""From where on a term looks at the facts: what became an appeal later is one from then on.

No clock is set back: what is counted for messages too goes on from the first receipt (R49).
"""

from __future__ import annotations

from collections.abc import Sequence

from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import TOLD_HIGHEST
from core.appeals.rules.terms import Deadline
from core.shapes.deadlines.rules.units import Unit


class Course:
    """The facts of one appeal, oldest first, as each term looks at them.

    What turns them is looked for once: every term of the appeal asks for it.
    """

    __slots__ = ("_changed", "_entries", "_found_out", "_held", "_unanswered")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._changed = changed = first(entries, Fact.REGIME_CHANGED)
        self._held = changed is not None and any(
            entry.fact is Fact.ROUTED and entry.seq < changed.seq for entry in entries
        )
        received = first(entries, Fact.RECEIVED)
        self._unanswered = received is not None and "unanswered" in received.data
        # The fact by which the author of an anonymous letter became known.
        self._found_out = next(
            (e for e in entries if e.fact is Fact.IDENTIFIED and e.data.get("owed")), None
        )

    def owes_answer(self, rule: Deadline) -> bool:
        """Whether the term runs at all: no answer is owed to nobody (59-ФЗ, 11 ч. 1; R50).

        What the source itself promised it must keep, and whoever is found out later is answered.
        """
        if not self._unanswered or self._found_out is not None:
            return True
        return not rule.governs or rule.unit is Unit.GIVEN

    def seen_by(self, rule: Deadline) -> Sequence[Entry]:
        """The facts that the term looks at.

        Of what became an appeal terms for appeals alone see the day on which it did as the receipt,
        whoever had been given it by then as whoever was given it that day, and an offence noted by
        then as one of that day;
        of an anonymous letter the answer sees the day on which its author was found out as the
        registration. All other terms see all.
        """
        changed, found_out = self._changed, self._found_out
        if changed is not None and Regime.MESSAGE not in rule.regimes:
            routed = (changed._replace(fact=Fact.ROUTED),) if self._held else ()
            before = (entry for entry in self._entries if entry.seq < changed.seq)
            told = (e._replace(at=changed.at) for e in before if e.fact is Fact.OFFENCE_TOLD)
            return (*self._from(changed, Fact.RECEIVED), *routed, *told)
        if found_out is not None and rule.governs:
            marked = any(TOLD_HIGHEST in e.data for e in self._entries if e.seq < found_out.seq)
            highest = {TOLD_HIGHEST: True} if marked else {}
            known = found_out._replace(data={**found_out.data, **highest})
            return self._from(known, Fact.REGISTERED)
        return self._entries

    def _from(self, turn: Entry, as_fact: Fact) -> tuple[Entry, ...]:
        """The facts since this one, which stands for another."""
        return (turn._replace(fact=as_fact), *(e for e in self._entries if e.seq > turn.seq))
