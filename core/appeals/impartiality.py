"""Nobody handles a complaint about himself: the official complained of is barred (8 ч. 6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import ColumnElement, or_, select, true

from core.appeals.model import Answer, Appeal
from core.appeals.rules.handling import ComplaintRule
from core.directory.model import Appointment, Body, Person
from core.directory.rules.appointments import AppointmentState
from core.directory.service import grants_of, holding, standing_in
from core.kernel.access import Actor
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work


def concerned(appeal: Appeal, person_id: int | None) -> bool:
    """Whether the appeal complains of this person."""
    return person_id is not None and appeal.complained_person_id == person_id


def check_person(work: Work, appeal: Appeal, person_id: int | None) -> None:
    """Refuse OFFICIAL_COMPLAINED_OF whom the appeal complains of.

    So he is neither executor nor prolonger, signer or judge of it, whoever asks: whatever names
    a person for a case, beside the one who acts, calls this.
    """
    if concerned(appeal, person_id):
        raise _refusal(work, "Должностное лицо не рассматривает жалобу на себя")


async def check_lent(work: Work, appeal: Appeal, permission: Permission) -> None:
    """Refuse OFFICIAL_COMPLAINED_OF to who may do it only within the appointment of that official.

    A delegate acts for the holder (R62); by an appointment of his own he acts for himself.
    """
    actor, named = work.actor, appeal.complained_person_id
    if named is None or actor.person_id is None:
        return
    today = holding(work.today)
    within = standing_in(actor.person_id, work.today)
    lent = select(Appointment.id).where(Appointment.person_id == named, within, today)
    if (await work.session.scalars(lent.limit(1))).first() is None:
        return
    own = select(Appointment).where(Appointment.person_id == actor.person_id, today)
    held = (await work.session.scalars(own)).all()
    alone = replace(actor, grants=grants_of(held, work.rules, work.today))
    if not alone.may(permission, appeal):
        raise _refusal(work, "Замещающий не рассматривает жалобу на того, за кого он действует")


async def check_hands(work: Work, appeal: Appeal, answer: Answer) -> None:
    """Refuse OFFICIAL_COMPLAINED_OF for an answer that he wrote or signed before he was named."""
    if appeal.complained_person_id is not None and await _wrote(work, [appeal], answer):
        text = "Ответ на жалобу готовило или подписало должностное лицо, которое обжалуется"
        raise _refusal(work, text)


async def answered_by(work: Work, appeals: Collection[Appeal], answer: Answer) -> list[Appeal]:
    """Those of the appeals that complain of whoever wrote or signed the answer."""
    named = [one for one in appeals if one.complained_person_id is not None]
    return await _wrote(work, named, answer) if named else []


async def _wrote(work: Work, named: Collection[Appeal], answer: Answer) -> list[Appeal]:
    hands = {answer.author, answer.signer} - {None}
    people = set(await work.session.scalars(select(Person.id).where(Person.subject.in_(hands))))
    return [one for one in named if one.complained_person_id in people]


def unconcerned(actor: Actor) -> ColumnElement[bool]:
    """The appeals that do not complain of the actor: for steps with many at once."""
    if actor.person_id is None:
        return true()
    named = Appeal.complained_person_id
    return or_(named.is_(None), named != actor.person_id)


async def check_receiver(work: Work, appeal: Appeal, body: Body) -> None:
    """Refuse a body in which nobody but the official complained of could take the appeal."""
    if await left_to_himself(work, appeal, body):
        raise _refusal(work, f"В органе «{body.name}» жалобу некому рассмотреть, кроме обжалуемого")


async def left_to_himself(work: Work, appeal: Appeal, body: Body) -> bool:
    """Whether the official complained of is the only one whom the body has."""
    if appeal.complained_person_id is None:
        return False
    query = select(Appointment.person_id).where(
        Appointment.body_id == body.id,
        Appointment.state == AppointmentState.IN_FORCE,
        Appointment.holds(work.today),
    )
    return set(await work.session.scalars(query)) == {appeal.complained_person_id}


def _refusal(work: Work, text: str) -> Refusal:
    rule = work.rules.get(ComplaintRule, "complaint", work.today)
    return Refusal(RefusalCode.OFFICIAL_COMPLAINED_OF, text, rule.clause)
