"""Admitting a prosecutor, a superior body or whoever checks to one case, by a document (R52)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting_persons
from core.appeals.impartiality import check_person
from core.appeals.model import Appeal
from core.appeals.rules.admissions import AdmissionKind
from core.appeals.step import Step
from core.directory.model import Admission, Person
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_ID, readable
from core.kernel.work import Work
from core.law import days
from core.law.act import Clause
from core.structure.second_person import require_second_person

CLAUSE = PRACTICE.cite("lifecycle.admit")


@dataclass(frozen=True, slots=True)
class NewAdmission:
    """Who reads (the id of a person), by what right and document, until when.

    `dated` is the document's local day, `until` the first local day on which he reads no more.
    """

    person_id: int
    kind: AdmissionKind
    document: str
    dated: date
    until: date


def _check_reader(case: Case, person: int) -> None:
    require_second_person(case.work.actor, person)
    check_person(case.work, case.appeal, person)


async def _readers(case: Case) -> list[Choice]:
    return await fitting_persons(case, lambda one: _check_reader(case, one.id))


ADMIT = Step("admit", choices={"person": _readers})


@serves(CLAUSE, FZ59.cite("6.2"))
async def admit(
    work: Work, appeal_id: int, new: NewAdmission, *, expected_version: int | None = None
) -> Appeal:
    """Let a person read the case from today on. Needs SHOW_MATERIALS.

    He sees this case alone, its text, answers and attachments; every reading is journalled. Refuses
    SECOND_PERSON_REQUIRED to whoever would admit himself, OFFICIAL_COMPLAINED_OF for whom the case
    complains of, PERSON_DISMISSED, PROOF_REQUIRED without a document and DATE_OUT_OF_RANGE.
    """
    case = await ADMIT.open(work, appeal_id, expected_version)
    _check_reader(case, new.person_id)
    await _check_works(work, new)
    document = _check_document(new, case.step.clause)
    _check_days(work, new, case.step.clause)
    work.session.add(
        Admission(
            person_id=new.person_id,
            appeal_id=appeal_id,
            kind=new.kind,
            document=document,
            dated=new.dated,
            granted_by=work.actor.subject,
            granted_at=work.now,
            since=work.today,
            until=new.until,
        )
    )
    reason = f"{new.kind.label}: {document} от {new.dated:%d.%m.%Y}"
    data = {"person": new.person_id, "kind": new.kind, "until": new.until.isoformat()}
    return await case.advance(reason=reason, data=data)


async def _check_works(work: Work, new: NewAdmission) -> None:
    person = await work.session.get(Person, new.person_id)
    if person is None or not days.holds(None, person.dismissed, work.today):
        text = "Такого лица в справочнике нет или оно уволено"
        raise Refusal(RefusalCode.PERSON_DISMISSED, text, CLAUSE)


def _check_document(new: NewAdmission, clause: Clause) -> str:
    document = new.document.strip()
    if not 0 < len(document) <= LONGEST_ID or not readable(document):
        text = "Укажите документ, по которому допускают: вид и номер"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, clause)
    return document


def _check_days(work: Work, new: NewAdmission, clause: Clause) -> None:
    if not days.holds(new.dated, new.until, work.today):
        text = "Документ издан не позже сегодняшнего дня, а допуск кончается не раньше завтрашнего"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
