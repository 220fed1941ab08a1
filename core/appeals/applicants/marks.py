"""Marks of applicants: who writes is found by keyed hashes, without unsealing anybody.

A mark is told by the region's data key alone. What old keys marked is marked anew by a job.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

from sqlalchemy import ColumnElement, or_, select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.keyring import data_mark
from core.kernel.search import folded
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

BATCH = 500
MOST_FOUND = 100
PHONE_DIGITS = 10
SUBJECT = "applicants:search"


def marks_of(contact: Contact, key: bytes) -> dict[str, str | None]:
    """The columns by which a sealed person is found: whole name, surname with name, contact."""
    words = folded(contact.name or "").split()
    return {
        "name_mark": _mark(key, "name", " ".join(sorted(words))),
        "short_mark": _mark(key, "name", " ".join(sorted(words[:2]))) if len(words) > 1 else None,
        "contact_mark": _mark(key, "contact", _contact(contact.contact or "")),
        "marked_by": data_mark(key),
    }


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
        .where(*conditions, visible(work.actor, Permission.READ_PERSONAL_DATA), visible(work.actor))
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
    if not _contact(contact):
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
    own = data_mark(key)
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
    said = {
        "name": " ".join(sorted(folded(name or "").split())),
        "contact": _contact(contact or ""),
    }
    asked = {kind: value for kind, value in said.items() if value}
    if not asked:
        raise Refusal(RefusalCode.INVALID, "Назовите имя, телефон или адрес электронной почты")
    keys = work.keys.ring.data
    conditions = [
        or_(*(_has(kind, _mark(key, kind, value)) for key in keys)) for kind, value in asked.items()
    ]
    return conditions, sorted(asked)


def _has(kind: str, mark: str | None) -> ColumnElement[bool]:
    if kind == "contact":
        return Applicant.contact_mark == mark
    return or_(Applicant.name_mark == mark, Applicant.short_mark == mark)


def _contact(said: str) -> str:
    """A phone by its last ten digits, so that +7 and 8 are the same; else as it is written."""
    digits = re.sub(r"\D", "", said, flags=re.ASCII)
    is_phone = "@" not in said and len(digits) >= PHONE_DIGITS
    return digits[-PHONE_DIGITS:] if is_phone else said.strip().casefold()


def _mark(key: bytes, kind: str, value: str) -> str | None:
    if not value:
        return None
    text = f"tsur.applicant/1\0{kind}\0{value}"
    return hmac.new(key, text.encode(), sha256).hexdigest()[:32]
