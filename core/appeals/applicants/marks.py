"""Marks of applicants: who writes is found by keyed hashes, without unsealing anybody.

A mark is told by the region's data key alone. What old keys marked is marked anew by a job.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256

from sqlalchemy import ColumnElement, or_, select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.contacts import contacts_of
from core.appeals.applicants.model import Applicant
from core.appeals.impartiality import opened
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.search import folded
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

BATCH = 500
MOST_FOUND = 100
WAY = "2"
"""Of marking: whom another one has marked is marked anew by the job."""

SUBJECT = "applicants:search"


def marks_of(contact: Contact, key: bytes) -> dict[str, str | None]:
    """The columns by which a sealed person is found: whole name, surname with name, contacts."""
    words = folded(contact.name or "").split()
    first, other, *_ = (*contacts_of(contact.contact or ""), "", "")
    return {
        "name_mark": _mark(key, "name", " ".join(sorted(words))),
        "short_mark": _mark(key, "name", " ".join(sorted(words[:2]))) if len(words) > 1 else None,
        "contact_mark": _mark(key, "contact", first),
        "other_mark": _mark(key, "contact", other),
        "marked_by": marking(key),
    }


def marking(key: bytes) -> str | None:
    """What tells whether somebody was marked by this key, and in the way of today."""
    return _mark(key, "marking", WAY)


@serves(FZ59.cite("6.2"))
async def find_applicant(
    work: Work, purpose: str, *, name: str | None = None, contact: str | None = None
) -> Sequence[Appeal]:
    """The latest appeals of whoever has this name, or this phone or e-mail, or both.

    A name is whole, or surname and first name; case, order and ё do not matter. Needs
    READ_PERSONAL_DATA, where the appeals are, and a purpose; the look is journalled with what was
    found, not with whom was looked for (59-ФЗ, 6 ч. 2).
    """
    require(work.actor, Permission.READ_PERSONAL_DATA)
    purpose = reasoned(purpose, FZ59.cite("6.2"))
    conditions, kinds = _asked(work, name, contact)
    query = (
        select(Appeal)
        .join(Applicant, Applicant.id == Appeal.applicant_id)
        .where(*conditions, opened(work.actor, Permission.READ_PERSONAL_DATA), visible(work.actor))
        .order_by(Appeal.received_at.desc(), Appeal.id.desc())
        .limit(MOST_FOUND)
    )
    found = (await work.session.scalars(query)).all()
    told = {"appeals": [appeal.id for appeal in found], "by": kinds}
    await work.record(Event("applicant.sought", SUBJECT, purpose, after=told))
    return found


async def appeals_of_person(work: Work, contact: str, name: str | None = None) -> Sequence[str]:
    """The numbers of all appeals of whoever has this phone or e-mail, and this name if one is said.

    A name alone would find namesakes too. Needs OPERATE; INVALID without a contact.
    """
    require(work.actor, Permission.OPERATE)
    if not contacts_of(contact):
        raise Refusal(RefusalCode.INVALID, "Назовите телефон или адрес электронной почты")
    conditions, _ = _asked(work, name, contact)
    query = (
        select(Appeal.number)
        .join(Applicant, Applicant.id == Appeal.applicant_id)
        .where(*conditions)
        .order_by(Appeal.id)
    )
    return (await work.session.scalars(query)).all()


async def run_mark(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: mark those whom no key, or another than the first one, has marked."""
    key = work.keys.ring.data[0]
    own = marking(key)
    stale = or_(Applicant.marked_by.is_(None), Applicant.marked_by != own)
    query = select(Applicant).where(stale).order_by(Applicant.id).limit(BATCH)
    for applicant in await work.session.scalars(query.with_for_update()):
        contact = Contact(**work.keys.unseal(applicant.sealed))
        for column, value in marks_of(contact, key).items():
            setattr(applicant, column, value)


def _asked(
    work: Work, name: str | None, contact: str | None
) -> tuple[list[ColumnElement[bool]], list[str]]:
    """The conditions on applicants of what is said, under every key, and what kinds it is."""
    whole = " ".join(sorted(folded(name or "").split()))
    said = {"name": (whole,) if whole else (), "contact": contacts_of(contact or "")}
    asked = {kind: values for kind, values in said.items() if values}
    if not asked:
        raise Refusal(RefusalCode.INVALID, "Назовите имя, телефон или адрес электронной почты")
    keys = work.keys.ring.data
    conditions = [
        or_(*(_has(kind, _mark(key, kind, value)) for key in keys for value in values))
        for kind, values in asked.items()
    ]
    return conditions, sorted(asked)


def _has(kind: str, mark: str | None) -> ColumnElement[bool]:
    if kind == "contact":
        return or_(Applicant.contact_mark == mark, Applicant.other_mark == mark)
    return or_(Applicant.name_mark == mark, Applicant.short_mark == mark)


def _mark(key: bytes, kind: str, value: str) -> str | None:
    if not value:
        return None
    text = f"tsur.applicant/1\0{kind}\0{value}"
    return hmac.new(key, text.encode(), sha256).hexdigest()[:32]
