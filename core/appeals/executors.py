"""Who in the executing body has a case on his desk: named, shown in lists, found by."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting_persons
from core.appeals.impartiality import check_body_of, check_person
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Fact, State, Transition
from core.appeals.step import Asking, Step
from core.directory.model import Appointment, Person
from core.directory.service import holding
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.days import over

CLAUSE = PRACTICE.cite("lifecycle.accept")


def _transition(_work: Asking) -> Transition:
    held = frozenset({State.ASSIGNED, State.IN_WORK, State.ANSWERED, State.DISPUTED})
    return Transition("name-executor", held, None, Permission.ACCEPT, Fact.ENTRUSTED, clause=CLAUSE)


def _check_held(case: Case) -> None:
    if case.appeal.body_id is None:
        text = "Обращение у координатора: исполнителя называет орган, который его исполняет"
        raise Refusal(RefusalCode.WRONG_STATE, text, CLAUSE)


async def _check_executor(case: Case, person: Person) -> None:
    work = case.work
    check_person(work, case.appeal, person.id)
    await check_body_of(work, case.appeal, person.id)
    if not await work.session.scalar(select(_serves(work, case, person.id))):
        text = "Исполнителем называют сотрудника органа, у которого обращение"
        raise Refusal(RefusalCode.OUTSIDE_POOL, text, CLAUSE)


async def _executors(case: Case) -> list[Choice]:
    """Officials of the body that has the case."""
    return await fitting_persons(case, lambda one: _check_executor(case, one), case.appeal.body_id)


ENTRUST = Step("name-executor", (_check_held,), _transition, {"person": _executors})


async def name_executor(
    work: Work, appeal_id: int, person_id: int, *, expected_version: int | None = None
) -> Appeal:
    """Name the official of the body that has the case as its executor. Needs ACCEPT.

    He stays so until another is named or the case leaves the body. Refuses PERSON_DISMISSED,
    OUTSIDE_POOL for who has no appointment in the body today, OFFICIAL_COMPLAINED_OF and, for who
    works in the body complained of too, BODY_COMPLAINED_OF.
    """
    case = await ENTRUST.open(work, appeal_id, expected_version)
    person = await work.session.get(Person, person_id)
    if person is None or (person.dismissed is not None and over(person.dismissed, work.today)):
        raise Refusal(RefusalCode.PERSON_DISMISSED, "Такого сотрудника нет или он уволен")
    await _check_executor(case, person)
    before, case.appeal.executor_id = case.appeal.executor_id, person.id
    return await case.advance(data={"executor": [before, person.id]})


def _serves(work: Work, case: Case, person_id: int) -> ColumnElement[bool]:
    return exists().where(
        Appointment.person_id == person_id,
        Appointment.body_id == case.appeal.body_id,
        holding(work.today),
    )
