"""The course of a case as the journal tells it: what whoever sees the case sees of its lines."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, not_, or_, select, true

from core.kernel.access import Actor, Scope
from core.kernel.codes import Permission
from core.kernel.journal import JournalEntry

OF_A_CASE = ("appeal.", "answer.", "note.", "notice.", "survey.")
"""How the names of events begin that whoever sees a case sees in its course."""

OF_THE_JOURNAL = frozenset({"notice.released"})
"""Of those, what only the journal tells: that somebody has read an address."""

SUBJECT = "appeal:"

OF_CASES = frozenset(
    {
        "appeal", "arrival", "attachment", "batch", "evidence_package", "export", "indicator",
        "letter", "material_request", "problem", "problem_sighting", "search",
    }
)  # fmt: skip
"""What lines of the journal happen to that are cases, belong to them, or are counted of them."""


def reads_all_cases(actor: Actor) -> bool:
    """Whether the actor may count whatever there is."""
    return Scope() in actor.scopes(Permission.READ_APPEALS)


def tells_of_cases(subject: str) -> bool:
    """Whether a line about this subject lets cases be counted."""
    return subject.partition(":")[0] in OF_CASES


def countable(actor: Actor, subject: Any) -> ColumnElement[bool]:
    """The lines, by their column of subjects, from which the actor counts no case that is not his.

    Whoever reads the journal and not the appeals would count small cells by it, line by line.
    """
    if reads_all_cases(actor):
        return true()
    kinds = (subject.startswith(f"{one}:", autoescape=True) for one in sorted(OF_CASES))
    return not_(or_(*kinds))


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
