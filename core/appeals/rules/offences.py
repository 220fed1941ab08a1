"""Facts of an offence noted late: the term of sending them on goes by when they came (8 ч. 3)."""

from __future__ import annotations

from collections.abc import Sequence

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact

BROUGHT_BY = "brought_by"
"""What a note carries that was made after its facts had come: the fact that brought them."""
BRINGING = frozenset({Fact.REGISTERED, Fact.SUPPLEMENTED})


def by_what_brought_them(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The facts with each note of an offence at the registration, or at the last document added.

    A body that notes them late has its seven days from the registration all the same. With which
    of several documents they came the ledger does not say: the last before the note is taken, so
    that no breach is asserted that is in doubt.
    """
    if not any(entry.fact is Fact.OFFENCE_TOLD for entry in entries):
        return entries
    found: list[Entry] = []
    brought: Entry | None = None
    for entry in entries:
        if entry.fact in BRINGING:
            brought = entry
        late = entry.fact is Fact.OFFENCE_TOLD and brought is not None and brought.at < entry.at
        found.append(_moved(entry, brought) if late and brought else entry)
    return tuple(found)


def _moved(told: Entry, brought: Entry) -> Entry:
    presumed = brought.data.get("presumed")
    data = {**told.data, BROUGHT_BY: brought.fact, "presumed": presumed}
    return told._replace(at=brought.at, data=data)
