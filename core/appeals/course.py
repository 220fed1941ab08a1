"""The course of a case as the journal tells it: what whoever sees the case sees of its lines."""

from __future__ import annotations

from sqlalchemy import BigInteger, Select, cast, func, or_, select

from core.kernel.journal import JournalEntry

OF_A_CASE = ("appeal.", "answer.", "note.", "notice.", "survey.")
"""How the names of events begin that whoever sees a case sees in its course."""

OF_THE_JOURNAL = frozenset({"notice.released"})
"""Of those, what only the journal tells: that somebody has read an address."""

SUBJECT = "appeal:"


def of_the_course(name: str) -> bool:
    """Whether an event of this name belongs to the course of its case."""
    return name.startswith(OF_A_CASE) and name not in OF_THE_JOURNAL


def told_of(line: int) -> Select[int]:
    """The cases of whose course something stands in the journal after this line of it."""
    number = cast(func.substr(JournalEntry.subject, len(SUBJECT) + 1), BigInteger)
    return select(number).where(
        JournalEntry.id > line,
        JournalEntry.subject.startswith(SUBJECT),
        or_(*(JournalEntry.name.startswith(one) for one in OF_A_CASE)),
        JournalEntry.name.not_in(sorted(OF_THE_JOURNAL)),
    )
