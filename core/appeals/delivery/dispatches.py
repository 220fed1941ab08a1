"""Handing a signed answer over for delivery: the moment and its proof stop the clock (R2, R66)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from core.appeals.applicants.model import Applicant
from core.appeals.case import Case
from core.appeals.choices import Choice
from core.appeals.delivery.departures import (
    address,
    leaves_at,
    replace_troubled,
    require_none_waits,
)
from core.appeals.delivery.enclosures import listed, require_ready
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.signatures import digest, draft_of
from core.appeals.delivery.ways import check_came, check_signed_for, ways_of
from core.appeals.impartiality import check_hands
from core.appeals.ledger import deadlines_of
from core.appeals.model import Answer, Appeal
from core.appeals.notices.letters.answer import answered
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.letters.interim import interim_letter
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.answers import AnswerKind
from core.appeals.rules.deadlines import governing, on_track
from core.appeals.rules.lifecycle import Outcome, Transition
from core.appeals.rules.plans import end_of
from core.appeals.rules.signatures import Way
from core.appeals.rules.terms import Track
from core.appeals.step import Step
from core.directory.model import Body, Person
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_ID, reasoned, seconds
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.deadlines.rules.standing import Standing

TO_THE_ADDRESS = FZ59.cite("10.4")
PROVEN = PRACTICE.cite("lifecycle.deliver")


@dataclass(frozen=True, slots=True)
class NewDispatch:
    """How an answer is handed over.

    `number` proves it: of the register, of the post or of the message; an electronic answer
    without one goes through the appeal's channel, whose word is the proof. `at` is the moment of
    the register, today's. Another address than the appeal's needs its ground: who gave it when.
    """

    way: Way
    number: str | None = None
    at: datetime | None = None
    address: str | None = None
    address_ground: str | None = None


async def _check_draft(case: Case) -> None:
    check_signed(await draft_of(case))


async def _ways(case: Case) -> list[Choice]:
    return await ways_of(case, await draft_of(case))


SEND = Step("answer", (_check_draft,), choices={"way": _ways})


@serves(TO_THE_ADDRESS)
async def send(
    work: Work, appeal_id: int, new: NewDispatch, *, expected_version: int | None = None
) -> Appeal:
    """Hand the signed answer over: the clock stops at that moment. Needs ANSWER.

    What the appeal's channel is to send is sent when it says so. Refuses NO_DRAFT, NOT_SIGNED,
    a signature that is too weak for the way, PROOF_REQUIRED, WRONG_ADDRESS and a moment before
    the signing or of another day. A late answer is sent and recorded as late (R3).
    """
    case = await SEND.open(work, appeal_id, expected_version)
    return await _on_its_way(case, await draft_of(case), new)


async def hand_over(case: Case, answer: Answer, new: NewDispatch) -> Appeal:
    """The same for the draft of a case that is open already."""
    check_signed(answer)
    return await _on_its_way(case, answer, new)


async def _on_its_way(case: Case, answer: Answer, new: NewDispatch) -> Appeal:
    check_came(case, new.way)
    return await dispatch(case, answer, new, earliest=answer.signed_at)


async def dispatch(
    case: Case, answer: Answer, new: NewDispatch, *, earliest: datetime | None
) -> Appeal:
    """Put the answer on its way, for the first time or again, no earlier than this moment.

    What a channel is to send waits a while, in which it can be taken back. Refuses WRONG_STATE
    while the same answer waits already, and OFFICIAL_COMPLAINED_OF for what he had a hand in whom
    the appeal complains of.
    """
    if answer.sent_at is None:
        await check_hands(case.work, case.appeal, answer)
    check_signed_for(case, answer, new.way)
    await require_none_waits(case, answer)
    row = await _row(case, answer, new)
    row.handed_at = None if _by_channel(new) else register_moment(case, new.at, earliest)
    enclosed = answer.attachments or []
    attached = await require_ready(case.work, enclosed) if row.handed_at is None else []
    kind, text = await letter_for(case, answer)
    moments = {"sent_at": row.handed_at, "send_at": row.handed_at or leaves_at(case)}
    notice = write_notice(case.work, case.appeal, kind, listed(text, enclosed), **moments)
    notice.number, notice.attachments = row.number, attached
    await case.work.session.flush()
    row.notice_id = notice.id
    case.work.session.add(row)
    if row.sealed_address is not None:
        await address(case.work, notice, (new.address or "").strip())
    await replace_troubled(case, answer, notice)
    await case.work.session.flush()
    if row.handed_at is None:
        told = {"answer": answer.id, "notice": notice.id}
        await case.work.record(Event("answer.handed", f"appeal:{case.appeal.id}", after=told))
        return case.appeal
    return await mark_sent(case, answer, row)


async def mark_sent(case: Case, answer: Answer, row: Dispatch) -> Appeal:
    """The fact that the answer was sent, or sent again, at the moment of its dispatch."""
    assert row.handed_at is not None
    proof: dict[str, object] = {"way": row.way, "proven_by": row.number}
    if answer.kind == AnswerKind.INTERIM:
        return await _inform(case, answer, row.handed_at, proof)
    case.appeal.undelivered = False
    if answer.sent_at is not None:
        return await _advance(case, "resend", row.handed_at, proof)
    assert answer.outcome is not None
    appeal, outcome = case.appeal, Outcome(answer.outcome)
    late = _is_late(case, row.handed_at)
    answer.sent_at, answer.late = row.handed_at, late
    appeal.outcome, appeal.plan_date = outcome, answer.plan_date or appeal.plan_date
    appeal.answered_at = appeal.answered_at or row.handed_at
    data = {"outcome": outcome, "late": late, **proof}
    appeal = await _advance(case, "answer", row.handed_at, data)
    if answer.plan_date is None:
        return appeal
    return await _advance(case, "plan", row.handed_at, planned(case.work, answer.plan_date))


def planned(work: Work, day: date) -> dict[str, object]:
    """What the fact says by which a day is named: its last moment begins no answer's term (R56)."""
    return {"plan_date": day.isoformat(), "promised_at": end_of(day, work.zone).isoformat()}


@serves(PRACTICE.cite("lifecycle.inform"))
async def _inform(case: Case, answer: Answer, at: datetime, proof: Mapping[str, object]) -> Appeal:
    """The applicant was told how it stands: every term of the answer runs on (R55)."""
    answer.sent_at = at
    case.appeal.informed_at = case.appeal.informed_at or at
    return await _advance(case, "inform", at, {"answer": answer.id, **proof})


async def _advance(case: Case, step: str, at: datetime, data: Mapping[str, object]) -> Appeal:
    rule = case.work.rules.get(Transition, step, case.work.today)
    return await replace(case, step=rule).advance(data=data, at=at)


def _by_channel(new: NewDispatch) -> bool:
    return new.way is Way.ELECTRONIC and new.number is None


def check_signed(answer: Answer) -> None:
    """Refuse NOT_SIGNED for a draft without a signature, or with other words than were signed."""
    if answer.signed_at is None:
        text = "Ответ не подписан: отправить можно только подписанный ответ"
        raise Refusal(RefusalCode.NOT_SIGNED, text, FZ59.cite("10.3"))
    if answer.signed_digest != digest(answer):
        text = "Текст ответа не тот, который подписан"
        raise Refusal(RefusalCode.NOT_SIGNED, text, FZ59.cite("10.3"))


def register_moment(case: Case, at: datetime | None, earliest: datetime | None) -> datetime:
    """When it was handed over: now, or as the register of today says, in the order of facts."""
    now, moment = case.work.now, seconds(at) or case.work.now
    floor = max(filter(None, (earliest, case.rows[-1].at)))
    of_today = local_date(moment, case.work.zone) == case.work.today
    if moment > now or not of_today or moment < floor:
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE,
            "Отправку записывают днём, когда она сделана, и не раньше подписания ответа",
            PROVEN,
        )
    return moment


async def _row(case: Case, answer: Answer, new: NewDispatch) -> Dispatch:
    number = (new.number or "").strip()
    if not _by_channel(new) and not 0 < len(number) <= LONGEST_ID:
        raise Refusal(
            RefusalCode.PROOF_REQUIRED,
            "Укажите номер реестра, почтового отправления, расписки или сообщения",
            PROVEN,
        )
    elsewhere = await other_address(case, new)
    return Dispatch(
        appeal_id=case.appeal.id,
        answer_id=answer.id,
        way=new.way,
        sealed_address=case.work.keys.seal({"address": elsewhere}) if elsewhere else None,
        address_ground=reasoned(new.address_ground or "", TO_THE_ADDRESS) if elsewhere else None,
        number=number or None,
        sender=case.work.actor.subject,
    )


async def other_address(case: Case, new: NewDispatch) -> str | None:
    """The address where it is not the appeal's; WRONG_ADDRESS for one without a ground."""
    address = (new.address or "").strip()
    if not address:
        return None
    known = await _known(case)
    if address.casefold() in known:
        return None
    if not (new.address_ground or "").strip():
        raise Refusal(
            RefusalCode.WRONG_ADDRESS,
            "Это не адрес из обращения: ответ направляют по адресу обращения,"
            " а по другому — если его сообщил сам заявитель, с указанием, когда и как",
            TO_THE_ADDRESS,
        )
    return address


async def _known(case: Case) -> set[str]:
    """The addresses that the appeal itself names."""
    if case.appeal.applicant_id is None:
        return set()
    applicant = await case.work.session.get_one(Applicant, case.appeal.applicant_id)
    said = case.work.keys.unseal(applicant.sealed)
    given = (said.get("contact"), said.get("address"))
    return {str(one).strip().casefold() for one in given if one}


async def letter_for(case: Case, answer: Answer) -> tuple[NoticeKind, str]:
    """The letter of the body that answers, under the name of who signed; unsigned without one."""
    session = case.work.session
    body = await session.get(Body, answer.body_id or 0)
    signer = await session.scalar(select(Person.name).where(Person.subject == answer.signer))
    head = await head_of(case)
    signed = ", ".join(filter(None, (answer.signed_as, signer)))
    head = replace(head, sender=body.name if body else head.sender, signer=signed)
    if answer.kind == AnswerKind.FINAL:
        return NoticeKind.ANSWERED, answered(head, answer.text, answer.norm)
    until, by = _last_day(case)
    return NoticeKind.INFORMED, interim_letter(head, answer.text, until, by)


def _last_day(case: Case) -> tuple[date | None, Clause | None]:
    """The last day of what governs, by the statute's clause where its own term ends then too."""
    dues = deadlines_of(case.work, case.appeal, case.entries)
    due, statute = governing(dues), on_track(dues, Track.STATUTE)
    if due is None or due.due_at is None:
        return None, None
    named = statute if statute and statute.due_at == due.due_at else due
    return local_date(due.due_at, case.work.zone), named.rule.clause


def _is_late(case: Case, at: datetime) -> bool:
    due = governing(deadlines_of(case.work, case.appeal, case.entries))
    return due is not None and due.standing(at) is Standing.BREACHED
