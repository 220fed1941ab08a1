"""Whether two appeals are of one author: names compared, and each look journalled."""

from __future__ import annotations

from typing import NamedTuple

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.model import Appeal
from core.kernel.events import Event
from core.kernel.work import Work


class Author(NamedTuple):
    """Name and address (or another contact), folded; empty where the appeal has none."""

    name: str
    where: str


async def author_of(work: Work, appeal: Appeal, cause: str) -> Author:
    """Who wrote it, to be compared for this cause alone: the look is journalled with it."""
    if appeal.applicant_id is None:
        return Author("", "")
    sealed = (await work.session.get_one(Applicant, appeal.applicant_id)).sealed
    contact = Contact(**work.keys.unseal(sealed))
    await work.record(Event("applicant.read", f"appeal:{appeal.id}", cause=cause))
    return Author(_folded(contact.name), _folded(contact.address or contact.contact))


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().replace("ё", "е").split())
