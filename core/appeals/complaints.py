"""Complaints about an official or a body: who it is stands in the case and is kept from it."""

from __future__ import annotations

from core.appeals.alone import take_from_complained
from core.appeals.case import Case
from core.appeals.choices import Choice, fitting_bodies, fitting_persons
from core.appeals.delivery.recalls import recall_complained
from core.appeals.ledger import read_entries
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Transition
from core.appeals.step import Step
from core.directory.bodies import find_body, load_bodies
from core.directory.model import Body, Person
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


def _check_person(case: Case, person: Person) -> None:
    if case.appeal.complained_person_id == person.id:
        text = "Это должностное лицо в жалобе уже указано"
        raise Refusal(RefusalCode.INVALID, text, case.step.clause)


def _check_body(case: Case, body: Body) -> None:
    if case.appeal.complained_body_id == body.id:
        text = "Этот орган в жалобе уже указан"
        raise Refusal(RefusalCode.INVALID, text, case.step.clause)


async def _officials(case: Case) -> list[Choice]:
    return await fitting_persons(case, lambda one: _check_person(case, one))


async def _bodies(case: Case) -> list[Choice]:
    return await fitting_bodies(case, lambda _, one: _check_body(case, one))


NAME = Step("name-official", choices={"person": _officials})
NAME_BODY = Step("name-body", choices={"body": _bodies})


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

    From then on he takes no step in it and is its executor no more; an answer that he wrote or
    signed and that has not left yet is taken back, and no body has the case in which there is
    nobody else: from such a one it goes to the coordinator.
    """
    case = await NAME.open(work, appeal_id, expected_version)
    return await _name(case, person_id, reasoned(reason, case.step.clause))


@serves(FZ59.cite("8.6"))
async def name_body(
    work: Work, appeal_id: int, body_key: str, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Record of which body the appeal complains, where that was not seen at intake. Needs ROUTE.

    From then on neither it nor one under it considers the appeal; what it prepared and has not
    sent is taken back, and what it has goes to the coordinator.
    """
    case = await NAME_BODY.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    appeal, body = case.appeal, find_body(await load_bodies(work.session), body_key)
    _check_body(case, body)
    appeal.complained_body_id = body.id
    await case.advance(body=body.key, reason=reason)
    await recall_complained(case)
    return await take_from_complained(case, reason)


async def name_at_intake(work: Work, appeal_id: int, person_id: int) -> Appeal:
    """The same for what this unit of work has just taken in: whoever may take in names him."""
    require(work.actor, Permission.TAKE_IN)
    rule = work.rules.get(Transition, "name-official", work.today)
    appeal = await work.session.get_one(Appeal, appeal_id)
    return await _name(Case(work, appeal, await read_entries(work, appeal_id), rule), person_id)


async def _name(case: Case, person_id: int, reason: str | None = None) -> Appeal:
    work, appeal = case.work, case.appeal
    person = await work.session.get(Person, person_id)
    if person is None:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого должностного лица в справочнике нет")
    _check_person(case, person)
    appeal.complained_person_id = person.id
    if appeal.executor_id == person.id:
        appeal.executor_id = None
    await case.advance(reason=reason, data={"person": person.id})
    await recall_complained(case)
    return await take_from_complained(case, reason)
