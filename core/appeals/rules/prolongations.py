"""Why an answer may be put off: an exceptional case, or a request under 59-ФЗ, 10 ч. 2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.registrations import registrations
from core.law.russian import Code


class ProlongationGround(Code):
    """What the statute knows as a ground (59-ФЗ, 12 ч. 2)."""

    EXCEPTIONAL = "exceptional", "исключительный случай"
    INQUIRY = "inquiry", "запрос документов и материалов"


def sent_inquiry(entries: Sequence[Entry], seq: int) -> Entry | None:
    """The request of this number that was sent in the present consideration; None for none.

    What a body asked before it forwarded the appeal is no ground for the receiver.
    """
    asked = (entry for entry in _present(entries) if entry.fact is Fact.ASKED)
    return next((entry for entry in asked if entry.seq == seq), None)


def prolongations(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """How the present consideration was put off.

    The term of a receiver runs from its own registration (R47): that an earlier body put its own
    off takes no right from him, and does not move his term either (`prolonged_days`).
    """
    return tuple(entry for entry in _present(entries) if entry.fact is Fact.PROLONGED)


def _present(entries: Sequence[Entry]) -> Iterator[Entry]:
    registered = registrations(entries)
    begun = registered[-1].seq if registered else 0
    return (entry for entry in entries if entry.seq > begun)
