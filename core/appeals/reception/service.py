"""Receiving a citizen: the appeal with its card, and the oral answer that ends it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select

from core.appeals.applicants.service import read_contact
from core.appeals.complaints import name_at_intake
from core.appeals.deciders import titled
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import Status, TakenIn, take_in_many
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Appeal
from core.appeals.notices.letters.reception import Told, answered_orally, to_be_answered
from core.appeals.notices.letters.reception_endings import (
    explained_orally,
    handed_in,
    refused_at_reception,
)
from core.appeals.notices.letters.reference import registered
from core.appeals.reception.endings import check_earlier_answer, end_at_reception
from core.appeals.reception.model import Reception
from core.appeals.rules.deadlines import on_track
from core.appeals.rules.intake import Identification
from core.appeals.rules.receptions import (
    Card,
    IdentityDocument,
    ReceptionRule,
    fault_of_card,
    lacks_consent,
)
from core.appeals.rules.terms import Track
from core.directory.model import Appointment, Person
from core.directory.service import holding, standing_in
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_TEXT, readable
from core.kernel.work import Work
from core.law import days


@serves(FZ59.cite("13"), FZ59.cite("13.4"))
async def receive(
    work: Work, new: NewAppeal, card: Card, *, complained: int | None = None
) -> TakenIn:
    """Take in what was told at a reception, with its card. Needs TAKE_IN.

    `complained` is the official (the id of a person) of whom the citizen complained there. An oral
    answer, given to obvious facts with consent, answers and closes the appeal; so does telling
    where to turn with what is not the body's, and refusing what was answered before. Anything
    else, a written appeal above all, is considered as any other. Refuses, with the clause, another
    channel, a citizen without a name or document, an oral answer without consent, an official
    who is unknown or holds no office, and that the matter is ended by whom or whose body it
    complains of. What is known already keeps its card.
    """
    require(work.actor, Permission.TAKE_IN)
    rule = work.rules.find(ReceptionRule, new.channel, work.today)
    if rule is None:
        text = "Обращения с личного приёма по этому каналу не принимаются"
        raise Refusal(RefusalCode.INVALID, text, FZ59.cite("13"))
    _check(new, card, rule)
    if card.earlier is not None:
        await check_earlier_answer(work, card.earlier)
    day = local_date(new.received_at or work.now, work.zone)
    official = await _official(work, card, rule, day)
    known = new._replace(identified_by=Identification.RECEPTION)  # the document was shown
    (result,) = await take_in_many(work, [known], carded=True)
    if isinstance(result, Refusal):
        raise result
    if result.status is Status.ADDED:
        work.session.add(_row(work, result.appeal_id, card, official))
        if complained is not None:
            appeal = await name_at_intake(work, result.appeal_id, complained)
            result = replace(result, routed=appeal.body_id is not None)
        if card.ends:
            await end_at_reception(work, result.appeal_id, card)
    return result


async def card_text(work: Work, appeal: Appeal, purpose: str) -> str | None:
    """The card as a paper, with the citizen's name; None where the appeal has no card.

    The look is journalled with its purpose. Refused without READ_PERSONAL_DATA for the appeal.
    """
    contact = await read_contact(work, appeal, purpose)
    row = await work.session.scalar(select(Reception).where(Reception.appeal_id == appeal.id))
    if row is None:
        return None
    told = Told(
        local_date(appeal.received_at, work.zone),
        row.official,
        (contact and contact.name) or "Гражданин",
        IdentityDocument(row.document).label,
        appeal.text,
    )
    if row.oral_answer is not None:
        return answered_orally(told, row.oral_answer)
    if row.explained is not None:
        return explained_orally(told, row.explained)
    if row.earlier_number is not None and row.earlier_on is not None:
        return refused_at_reception(told, row.earlier_number, row.earlier_on)
    entries = pure(await read_entries(work, appeal.id))
    due = on_track(deadlines_of(work, appeal, entries), Track.STATUTE)
    until = local_date(due.due_at, work.zone) if due and due.due_at else None
    letter = handed_in if row.written else to_be_answered
    return letter(told, registered(appeal, entries, work.zone), until)


def _check(new: NewAppeal, card: Card, rule: ReceptionRule) -> None:
    if not (new.contact and (new.contact.name or "").strip()):
        text = "В карточку личного приёма вносят фамилию, имя и отчество гражданина"
        raise Refusal(RefusalCode.INVALID, text, rule.clause)
    if wrong := fault_of_card(card):
        raise Refusal(RefusalCode.INVALID, wrong, rule.clause)
    if lacks_consent(card):
        text = "Устно отвечают только с согласия гражданина, о нём делается запись в карточке"
        raise Refusal(RefusalCode.CONSENT_REQUIRED, text, rule.clause)
    oral = card.oral_answer or card.explained or ""
    if len(oral) > LONGEST_TEXT:
        text = f"Ответ длиннее {LONGEST_TEXT} знаков"
        raise Refusal(RefusalCode.TEXT_TOO_LONG, text, rule.clause)
    if not readable(oral):
        raise Refusal(RefusalCode.TEXT_UNREADABLE, "В ответе недопустимые знаки", rule.clause)


async def _official(work: Work, card: Card, rule: ReceptionRule, on: date) -> str:
    """Office and name of who received; on that local day he was a head or authorised."""
    person = await work.session.get(Person, card.official)
    if person is None or not days.holds(None, person.dismissed, on):
        text = "Личный приём ведёт должностное лицо, внесённое в справочник"
        raise Refusal(RefusalCode.NOT_FOUND, text, rule.clause)
    own = or_(Appointment.person_id == person.id, standing_in(person.id, on))
    if await work.session.scalar(select(Appointment.id).where(own, holding(on))) is None:
        text = "Личный приём ведут руководители и уполномоченные лица: назначения у сотрудника нет"
        raise Refusal(RefusalCode.WRONG_AUTHORITY, text, rule.clause)
    return await titled(work.session, person) or person.name


def _row(work: Work, appeal_id: int, card: Card, official: str) -> Reception:
    assert card.document is not None
    return Reception(
        appeal_id=appeal_id,
        official_id=card.official,
        official=official,
        document=card.document,
        obvious=card.obvious,
        consent=card.consent,
        oral_answer=card.oral_answer.strip() if card.oral_answer is not None else None,
        written=card.written,
        explained=card.explained.strip() if card.explained is not None else None,
        earlier_number=card.earlier.number.strip() if card.earlier else None,
        earlier_on=card.earlier.on if card.earlier else None,
        actor=work.actor.subject,
        recorded_at=work.now,
    )
