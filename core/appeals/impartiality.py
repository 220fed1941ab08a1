"""Nobody handles a complaint about himself: official and body complained of are barred (8 ч. 6)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import ColumnElement, or_, select

from core.appeals.model import Answer, Appeal
from core.appeals.queries import within
from core.appeals.rules.handling import ComplaintRule
from core.appeals.rules.lifecycle import Fact
from core.directory.bodies import Bodies, load_bodies
from core.directory.model import Appointment, Body, Person
from core.directory.rules.appointments import AppointmentState
from core.directory.service import holding, standing_in
from core.kernel.access import Actor, Grant
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work

CONSIDERED = frozenset(
    {
        Fact.ACCEPTED, Fact.ENTRUSTED, Fact.DRAFTED, Fact.SIGNED, Fact.INFORMED, Fact.ANSWERED,
        Fact.PROLONGED, Fact.CONCLUDED,
    }
)  # fmt: skip
"""By which facts a body considers an appeal; what it complains of it can only give on."""

DECIDED = CONSIDERED | {Fact.DRAFT_RETURNED, Fact.REOPENED}
"""What nobody decides of it either who works in the body complained of, by whatever office."""


def barred(appeal: Appeal, bodies: Bodies, body: Body) -> bool:
    """Whether the complaint is about the body, one above it or one that it succeeded."""
    complained = bodies.by_id.get(appeal.complained_body_id or 0)
    return body.key in bodies.barred_by(complained)


async def held_by_complained(work: Work, appeal: Appeal) -> bool:
    """Whether it stands with whom it is about: that may have been named or grown since."""
    if appeal.complained_body_id is None:
        return False
    bodies = await load_bodies(work.session)
    holder = bodies.by_id.get(appeal.body_id or 0)
    return holder is not None and barred(appeal, bodies, holder)


async def check_holder(work: Work, appeal: Appeal, fact: Fact) -> None:
    """Refuse BODY_COMPLAINED_OF to the body complained of, for what it could only give on.

    So it is to its people whose office is of the centre: who is responsible for a block works in
    the body that the block is about.
    """
    if fact in CONSIDERED and await held_by_complained(work, appeal):
        text = "Орган, действия которого обжалуются, не рассматривает жалобу: передайте её"
        raise refusal(work, RefusalCode.BODY_COMPLAINED_OF, text)
    if fact in DECIDED and appeal.complained_body_id is not None:
        own = within_reach(work.actor) | await bodies_of(work, work.actor.person_id)
        check_bodies(work, appeal, await load_bodies(work.session), own)


def within_reach(actor: Actor) -> frozenset[int]:
    """The bodies in whose name the actor acts, by whatever he holds."""
    return frozenset(body for grant in actor.grants for body in grant.scope.bodies or ())


async def bodies_of(work: Work, person_id: int | None) -> frozenset[int]:
    """The bodies in which the person works today, or those for whom he acts."""
    if person_id is None:
        return frozenset()
    today = work.today
    own = or_(Appointment.person_id == person_id, standing_in(person_id, today))
    found = await work.session.scalars(select(Appointment.body_id).where(own, holding(today)))
    return frozenset(body for body in found if body is not None)


def concerned(appeal: Appeal, person_id: int | None) -> bool:
    """Whether the appeal complains of this person."""
    return person_id is not None and appeal.complained_person_id == person_id


def check_person(work: Work, appeal: Appeal, person_id: int | None) -> None:
    """Refuse OFFICIAL_COMPLAINED_OF whom the appeal complains of.

    So he is neither executor nor prolonger, signer or judge of it, whoever asks: whatever names
    a person for a case, beside the one who acts, calls this.
    """
    if concerned(appeal, person_id):
        raise refusal(
            work,
            RefusalCode.OFFICIAL_COMPLAINED_OF,
            "Должностное лицо не рассматривает жалобу на себя",
        )


def check_lent(work: Work, appeal: Appeal, permission: Permission) -> None:
    """Refuse OFFICIAL_COMPLAINED_OF to who may do it only within the appointment of that official.

    A delegate acts for the holder (R62); by an appointment of his own he acts for himself.
    """
    if work.actor.may(permission, appeal) and not work.actor.able(permission, appeal):
        raise refusal(
            work,
            RefusalCode.OFFICIAL_COMPLAINED_OF,
            "Замещающий не рассматривает жалобу на того, за кого он действует",
        )


async def check_hands(work: Work, appeal: Appeal, answer: Answer) -> None:
    """Refuse an answer of whom the appeal complains, official or body, made before he was named."""
    if await given_by_complained(work, appeal, answer):
        text = "Ответ на жалобу готовил орган, действия которого обжалуются"
        raise refusal(work, RefusalCode.BODY_COMPLAINED_OF, text)
    if appeal.complained_person_id is not None and await _wrote(work, [appeal], answer):
        text = "Ответ на жалобу готовило или подписало должностное лицо, которое обжалуется"
        raise refusal(work, RefusalCode.OFFICIAL_COMPLAINED_OF, text)


async def given_by_complained(work: Work, appeal: Appeal, answer: Answer) -> bool:
    """Whether the answer is of the body complained of, or of one under it."""
    if appeal.complained_body_id is None or answer.body_id is None:
        return False
    bodies = await load_bodies(work.session)
    return barred(appeal, bodies, bodies.by_id[answer.body_id])


async def answered_by(work: Work, appeals: Collection[Appeal], answer: Answer) -> list[Appeal]:
    """Those of the appeals that complain of whoever wrote or signed the answer."""
    named = [one for one in appeals if one.complained_person_id is not None]
    return await _wrote(work, named, answer) if named else []


async def _wrote(work: Work, named: Collection[Appeal], answer: Answer) -> list[Appeal]:
    hands = {answer.author, answer.signer} - {None}
    people = set(await work.session.scalars(select(Person.id).where(Person.subject.in_(hands))))
    return [one for one in named if one.complained_person_id in people]


def may_open(actor: Actor, permission: Permission, appeal: Appeal) -> bool:
    """Whether the actor has the permission for the case, and it is not about him nor his lender.

    Who acts only within the appointment of the official complained of is told no more than that
    one is (59-ФЗ, 8 ч. 6; R52, R62).
    """
    if not actor.may(permission, appeal) or concerned(appeal, actor.person_id):
        return False
    return appeal.complained_person_id is None or bool(actor.able(permission, appeal))


def opened(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    """The same of the rows of appeals."""
    return within(Appeal, (grant.scope for grant in opening(actor, permission)))


def opening(actor: Actor, permission: Permission) -> list[Grant]:
    """The grants with this permission, complaints about the actor and his lender left out."""
    return [
        replace(grant, scope=replace(grant.scope, barred=_barred(actor, grant)))
        for grant in actor.grants
        if permission in grant.permissions
    ]


def _barred(actor: Actor, grant: Grant) -> frozenset[int]:
    return frozenset(one for one in (actor.person_id, grant.lender) if one is not None)


async def check_body_of(work: Work, appeal: Appeal, person_id: int) -> None:
    """Refuse BODY_COMPLAINED_OF to whoever works today in a body that the appeal complains of."""
    if appeal.complained_body_id is not None:
        own = await bodies_of(work, person_id)
        check_bodies(work, appeal, await load_bodies(work.session), own)


def check_bodies(work: Work, appeal: Appeal, bodies: Bodies, own: Collection[int]) -> None:
    """Refuse BODY_COMPLAINED_OF where it is about one of these, in which whoever acts works."""
    if any(barred(appeal, bodies, bodies.by_id[one]) for one in own):
        text = "Работник органа, действия которого обжалуются, не рассматривает жалобу"
        raise refusal(work, RefusalCode.BODY_COMPLAINED_OF, text)


async def check_receiver(work: Work, appeal: Appeal, body: Body) -> None:
    """Refuse a body in which nobody but the official complained of could take the appeal."""
    if await left_to_himself(work, appeal, body):
        raise refusal(
            work,
            RefusalCode.OFFICIAL_COMPLAINED_OF,
            f"В органе «{body.name}» жалобу некому рассмотреть, кроме обжалуемого",
        )


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


def refusal(work: Work, code: RefusalCode, text: str) -> Refusal:
    """Of whom the complaint is about, by the rule that bars him."""
    rule = work.rules.get(ComplaintRule, "complaint", work.today)
    return Refusal(code, text, rule.clause)
