"""Facts of an offence: what a note of them says of the terms that it begins.

A note made late counts from when the facts came (8 ч. 3). Whose registration is the highest
official's (12 ч. 1.1) the notes say too: each has the keys of his bodies as the directory was.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import EVERY, TOLD_HIGHEST, Mark, Occasion
from core.appeals.rules.registrations import EACH_REGISTRATION, registrations

OF_THE_HIGHEST = Occasion(Fact.REGISTERED, nth=EVERY, carrying=TOLD_HIGHEST)

HIGHEST = "highest"
"""What a note of an offence carries: the keys of the bodies of the highest official."""
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
    return _of_the_highest(found)


def _of_the_highest(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The facts with a mark on each registration by the highest official of what tells an offence.

    Facts that came only after his registration leave its terms as they were.
    """
    told = [entry for entry in entries if entry.fact is Fact.OFFENCE_TOLD and HIGHEST in entry.data]
    bodies = {one.seq: one.body for one in registrations(entries)} if told else {}

    def marked(entry: Entry) -> Entry:
        body = bodies.get(entry.seq)
        if not any(body in bodies_told(one) for one in told if one.at <= entry.at):
            return entry
        return entry._replace(data={**entry.data, TOLD_HIGHEST: True})

    return tuple(map(marked, entries))


def beginnings(entries: Sequence[Entry], body: str | None) -> Collection[Mark]:
    """With what a term begins that the next body's registration would begin."""
    told = (one for one in entries if one.fact is Fact.OFFENCE_TOLD)
    highest = body is not None and any(body in bodies_told(one) for one in told)
    return (EACH_REGISTRATION, OF_THE_HIGHEST) if highest else (EACH_REGISTRATION,)


def noted(highest: Sequence[str]) -> dict[str, object]:
    """What a note carries: the bodies of the highest official, if the directory knows any."""
    return {HIGHEST: [*highest]} if highest else {}


def bodies_told(note: Entry) -> Sequence[object]:
    """The bodies of the highest official by this note of an offence."""
    bodies = note.data.get(HIGHEST)
    return bodies if isinstance(bodies, list | tuple) else ()


def _moved(told: Entry, brought: Entry) -> Entry:
    presumed = brought.data.get("presumed")
    data = {**told.data, BROUGHT_BY: brought.fact, "presumed": presumed}
    return told._replace(at=brought.at, data=data)
