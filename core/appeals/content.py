"""What citizens wrote and were answered: for those who handle a case, judge it or check it (R52).

Everybody else has the case without persons. Whoever is complained of in person reads nothing of
it and does not find it by its words, whatever his appointments or admissions; nor does his
delegate, but by an appointment of his own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, exists

from core.appeals.impartiality import may_open, opened, opening
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter
from core.kernel.access import Actor, require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work


def may_read(actor: Actor, case: Appeal) -> bool:
    """Whether text, address, attachments and answers of the case are open to the actor."""
    return may_open(actor, Permission.READ_CONTENT, case)


def open_cases(actor: Actor, appeal_id: Any) -> ColumnElement[bool]:
    """The same of rows that belong to a case, by the column that says to which.

    Of rows of cases themselves `opened` says it: under them this would ask for any case.
    """
    return exists().where(Appeal.id == appeal_id, opened(actor, Permission.READ_CONTENT))


def searcher(actor: Actor, wanted: AppealFilter) -> Actor:
    """Who looks for cases: a search by words tells what is written, so it finds what is open.

    Refuses FORBIDDEN where nothing is open to whoever looks for words.
    """
    if wanted.text is None and not wanted.address:
        return actor
    require(actor, Permission.READ_CONTENT)
    return replace(actor, grants=tuple(opening(actor, Permission.READ_CONTENT)))


@serves(FZ59.cite("6.2"))
async def record_reading(work: Work, appeal_ids: Iterable[int]) -> None:
    """Write down that the actor has read the content of these cases, a line for each."""
    events = [Event("content.read", f"appeal:{number}") for number in sorted(appeal_ids)]
    await work.record_many(events)
