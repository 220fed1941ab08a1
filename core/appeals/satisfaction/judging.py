"""The verdict on a dispute, by someone outside the executor's line, with its letter (R46)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from core.appeals.alone import take_from_complained
from core.appeals.case import Case, open_case
from core.appeals.choices import Choice
from core.appeals.impartiality import bodies_of, check_hands, check_person, within_reach
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Answer, Appeal
from core.appeals.notices.letters.disputes import Objection, declined
from core.appeals.notices.letters.disputes import upheld as letter_upheld
from core.appeals.notices.letters.head import Head, head_of
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.deadlines import governing, on_track
from core.appeals.rules.intake import Regime
from core.appeals.rules.lifecycle import Fact, State
from core.appeals.rules.terms import Track
from core.appeals.satisfaction.model import Dispute
from core.appeals.step import Step
from core.directory.bodies import load_bodies
from core.directory.offices import office_of
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

PREPARING = (Fact.ACCEPTED, Fact.DRAFTED, Fact.SIGNED, Fact.ANSWERED)
"""Whoever recorded one of these took part in the answer."""


async def _check_dispute(case: Case, dispute: Dispute) -> None:
    if dispute.judged_at is not None or dispute.withdrawn_at is not None:
        text = "Этот спор уже закончен"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)
    await _check_independence(case, dispute)


async def _check_independence(case: Case, dispute: Dispute) -> None:
    """Nobody who took part in the answer, and of no body in the line of one that answered.

    Whose office is of the centre works in a body all the same: of one over it he may.
    """
    work, appeal = case.work, case.appeal
    answers = select(Answer.author, Answer.body_id).where(Answer.appeal_id == appeal.id)
    rows = (await work.session.execute(answers)).all()
    authors = {author for author, _ in rows}
    authors |= {row.actor for row in case.rows if row.fact in PREPARING}
    bodies = await load_bodies(work.session)
    held = (appeal.body_id, dispute.body_id, *(body for _, body in rows))
    answering = [bodies.by_id[one] for one in held if one is not None]
    line = frozenset[int]().union(*map(bodies.line, answering))
    under = {bodies.by_key[key].id for body in answering for key in bodies.barred_by(body)}
    works_there = within_reach(work.actor) & line or (
        await bodies_of(work, work.actor.person_id) & under
    )
    if work.actor.subject in authors or works_there:
        raise Refusal(
            RefusalCode.JUDGE_NOT_INDEPENDENT,
            "Спор решает тот, кто не готовил ответ и не подчинён исполнителю",
            case.step.clause,
        )


async def _last(case: Case) -> Dispute:
    """The last dispute of the case, which is still to be judged, and by the actor."""
    query = select(Dispute).where(Dispute.appeal_id == case.appeal.id)
    last = await case.work.session.scalar(query.order_by(Dispute.id.desc()).limit(1))
    if last is None:
        text = "Это обращение не оспорено"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)
    await _check_dispute(case, last)
    return last


async def _disputes(case: Case) -> list[Choice]:
    last = await _last(case)
    opened = local_date(last.opened_at, case.work.zone)
    return [Choice(last, f"от {opened:%d.%m.%Y}")]


JUDGE = Step("judge", (_last,), choices={"dispute": _disputes})


@serves(FZ59.cite("5.4"))
async def judge(
    work: Work,
    dispute_id: int,
    *,
    upheld: bool,
    verdict: str,
    expected_version: int | None = None,
) -> Appeal:
    """Decide a dispute outside the executor's line. Needs JUDGE_DISPUTES.

    `upheld` means the applicant is right: the case goes back into work with its own counter,
    while the first deadline stays met or breached as it was. Its new term ends no later than that
    of the new appeal by which it was disputed. The applicant is told in the same transaction.
    Refuses OFFICIAL_COMPLAINED_OF whom either case complains of, BODY_COMPLAINED_OF who works in
    such a body, and both codes where a rejection would confirm an answer of theirs (8 ч. 6).
    """
    require(work.actor, Permission.JUDGE_DISPUTES)
    dispute = await work.session.get(Dispute, dispute_id, with_for_update=True)
    if dispute is None:
        raise _unknown()
    case = await _case_of(work, dispute, expected_version)
    verdict = reasoned(verdict, case.step.clause, "решение по спору")
    await _check_dispute(case, dispute)
    filed = await _filed_by(work, dispute)
    if filed is not None:
        check_person(work, filed, work.actor.person_id)
    if not upheld:
        await _check_standing(case)
    new = filed if filed and filed.regime == Regime.APPEAL else None
    dispute.judged_at, dispute.judge = work.now, work.actor.subject
    dispute.upheld, dispute.verdict = upheld, verdict
    if upheld:
        await _reopen(case, verdict, await _promised(work, new) if new else None)
    else:
        case.appeal.closed_at = case.appeal.closed_at or work.now
        await case.advance(fact=Fact.UPHELD, state=State.CLOSED, reason=verdict)
    kind = NoticeKind.OBJECTION_UPHELD if upheld else NoticeKind.OBJECTION_DECLINED
    write_notice(work, new or case.appeal, kind, await _letter(case, dispute, new))
    return case.appeal


async def _check_standing(case: Case) -> None:
    """No verdict confirms what whom the appeal complains of answered: others are to consider it."""
    answered = {case.appeal.id, case.appeal.repeats_id} - {None}  # a repeat, with the first one's
    sent = (Answer.appeal_id.in_(answered), Answer.sent_at.is_not(None))
    query = select(Answer).where(*sent).order_by(Answer.id.desc()).limit(1)
    answer = await case.work.session.scalar(query)
    if answer is not None:
        await check_hands(case.work, case.appeal, answer)


async def _case_of(work: Work, dispute: Dispute, expected_version: int | None) -> Case:
    """The disputed case; where it may not be read the dispute is as unknown as one that is not."""
    try:
        return await open_case(work, dispute.appeal_id, JUDGE.key, expected_version)
    except Refusal as refusal:
        if refusal.code is RefusalCode.NOT_FOUND:
            raise _unknown() from refusal
        raise


def _unknown() -> Refusal:
    return Refusal(RefusalCode.NOT_FOUND, "Такого спора нет")


async def _reopen(case: Case, verdict: str, promised: datetime | None) -> None:
    appeal = case.appeal
    appeal.reworks += 1
    appeal.closed_at = None
    state = State.IN_WORK if appeal.body_id else State.QUEUED
    fact = Fact.REOPENED if promised is None else Fact.RESUMED
    data = {} if promised is None else {"promised_at": promised.isoformat()}
    await case.advance(fact=fact, state=state, reason=verdict, data=data)
    await take_from_complained(case, verdict)


async def _filed_by(work: Work, dispute: Dispute) -> Appeal | None:
    """The new case by which it was filed; a message that disagrees is no appeal."""
    if dispute.by_appeal_id is None:
        return None
    return await work.session.get_one(Appeal, dispute.by_appeal_id)


async def _promised(work: Work, new: Appeal) -> datetime | None:
    """When the new appeal's own answer is due by 59-ФЗ; None where none is owed."""
    entries = pure(await read_entries(work, new.id))
    due = on_track(deadlines_of(work, new, entries), Track.STATUTE)
    return due.due_at if due else None


async def _letter(case: Case, dispute: Dispute, new: Appeal | None) -> str:
    work, appeal = case.work, case.appeal
    answered = [row.at for row in case.rows if row.fact == Fact.ANSWERED]
    filed_at = new.registered_at if new and new.registered_at else dispute.opened_at
    objection = Objection(
        appeal=appeal.number,
        answered_on=local_date(answered[-1], work.zone),
        filed_on=local_date(filed_at, work.zone),
        number=new.number if new else None,
    )
    assert dispute.verdict is not None
    head = await _head(case, new)
    if not dispute.upheld:
        office = await office_of(work, case.step.permission, appeal)
        return declined(head, objection, dispute.verdict, office)
    due = governing(deadlines_of(work, appeal, case.entries))
    assert due is not None
    assert due.due_at is not None
    return letter_upheld(head, objection, dispute.verdict, local_date(due.due_at, work.zone))


async def _head(case: Case, new: Appeal | None) -> Head:
    """A letter of the centre, about the new appeal where there is one."""
    if new is None:
        return await head_of(case, centre=True)
    rows = await read_entries(case.work, new.id)
    return await head_of(Case(case.work, new, rows, case.step), centre=True)
