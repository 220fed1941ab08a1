"""Sealing personal data and reading them: a permission and a line in the journal each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.many import count_look
from core.appeals.applicants.marks import marks_of
from core.appeals.applicants.model import Applicant
from core.appeals.impartiality import may_open
from core.appeals.model import Appeal
from core.db.bulk import Row, table_of
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.work import Work

APPLICANT = table_of(Applicant)


def sealed_rows(work: Work, contacts: Sequence[tuple[int, Contact]]) -> list[Row]:
    """Each contact sealed in a row of its own, under the id that was reserved for it."""
    return [{"id": row_id, **sealed_row(work, contact)} for row_id, contact in contacts]


def sealed_row(work: Work, contact: Contact) -> dict[str, Any]:
    """The columns of a contact: sealed, and the marks by which it is found."""
    marks = marks_of(contact, work.keys.ring.data[0])
    return {"sealed": work.keys.seal(asdict(contact)), "sealed_at": work.now, **marks}


async def read_contact(work: Work, appeal: Appeal, purpose: str) -> Contact | None:
    """Who wrote this appeal; refused without READ_PERSONAL_DATA for it or without a purpose.

    To whom it complains of it never says who (R52). MANY_PERSONS as `count_look` says.

    The look is journalled, so it is known who saw whose data when and why (59-ФЗ, 6 ч. 2).
    """
    if not may_open(work.actor, Permission.READ_PERSONAL_DATA, appeal):
        raise Refusal(RefusalCode.FORBIDDEN, "Персональные данные заявителя Вам не открыты")
    if not purpose.strip():
        raise Refusal(RefusalCode.REASON_REQUIRED, "Укажите, зачем нужны персональные данные")
    await count_look(work, appeal_id=appeal.id)
    await work.record(Event("applicant.read", f"appeal:{appeal.id}", cause=purpose))
    if appeal.applicant_id is None:
        return None
    applicant = await work.session.get_one(Applicant, appeal.applicant_id)
    return Contact(**work.keys.unseal(applicant.sealed))
