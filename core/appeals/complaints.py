"""Complaints about an official: who it is stands in the case, so that he is kept from it."""

from __future__ import annotations

from core.appeals.case import open_case
from core.appeals.model import Appeal
from core.directory.model import Person
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


@serves(FZ59.cite("8.6"))
async def name_official(
    work: Work,
    appeal_id: int,
    person_id: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """Record of which official (the id of a person) the appeal complains. Needs ROUTE.

    From then on he takes no step in it, and no body gets it in which there is nobody else.
    """
    case = await open_case(work, appeal_id, "name-official", expected_version)
    reason = reasoned(reason, case.step.clause)
    person = await work.session.get(Person, person_id)
    if person is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого должностного лица в справочнике нет")
    if case.appeal.complained_person_id == person.id:
        text = "Это должностное лицо в жалобе уже указано"
        raise Refusal(RefusalCode.INVALID, text, case.step.clause)
    case.appeal.complained_person_id = person.id
    return await case.advance(reason=reason, data={"person": person.id})
