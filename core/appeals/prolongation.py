"""Putting an answer off: once, for a reason, by someone above the executor, with notice."""

from __future__ import annotations

from datetime import date, datetime

from core.appeals.case import Case
from core.appeals.choices import Choice
from core.appeals.deciders import check_above_executor, decider
from core.appeals.inquiries import inquiry_number
from core.appeals.ledger import deadlines_of
from core.appeals.model import Appeal
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.letters.prolongation import SentInquiry, prolonged
from core.appeals.notices.letters.reference import Reference
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.deadlines import DueDate, strictest
from core.appeals.rules.prolongations import ProlongationGround, prolongations, sent_inquiry
from core.appeals.rules.terms import ProlongationLimit
from core.appeals.step import Step
from core.directory.bodies import find_body, load_bodies
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.texts import LONGEST_REASON, readable, reasoned
from core.kernel.work import Work

TOO_LOW = "Продление утверждает руководитель выше исполнителя"


def _running(case: Case) -> datetime:
    """When the term ends that can be put off once more by the body whose it is (R47)."""
    limit = _limit(case.work)
    due_at = _prolongable(case, limit).due_at
    if due_at is None:
        raise Refusal(RefusalCode.NOT_PROLONGABLE, "Срок ещё не начался", limit.clause)
    if len(prolongations(case.entries)) >= limit.times:
        raise Refusal(RefusalCode.PROLONGED_ALREADY, "Срок уже продлевался", limit.clause)
    if case.work.now > due_at:
        raise Refusal(RefusalCode.DEADLINE_PASSED, "Срок ответа уже истёк", limit.clause)
    return due_at


async def _approver(case: Case) -> str:
    """Who puts it off, as the letter says him; somebody above the executor."""
    clause = _limit(case.work).clause
    check_above_executor(case, Permission.PROLONG, clause, TOO_LOW)
    return await decider(case, Permission.PROLONG, clause)


def _limit(work: Work) -> ProlongationLimit:
    return work.rules.get(ProlongationLimit, "answer", work.today)


async def _inquiries(case: Case) -> list[Choice]:
    """The requests that were sent in this consideration."""
    names = {one.key: one.name for one in (await load_bodies(case.work.session)).rows}
    return [
        Choice(one.seq, f"№ {inquiry_number(case.appeal, one.seq)}: {names[one.body]}")
        for one in case.entries
        if one.body and sent_inquiry(case.entries, one.seq)
    ]


PROLONG = Step("prolong", (_running, _approver), choices={"inquiry": _inquiries})


async def prolong(
    work: Work,
    appeal_id: int,
    plan_date: date,
    reason: str,
    notice: str = "",
    *,
    inquiry: int | None = None,
    expected_version: int | None = None,
) -> Appeal:
    """Move the answer's deadline to the end of `plan_date` (a local day). Needs PROLONG.

    The ground is the request with the number `inquiry` in the ledger or, without one, the
    exceptional case that `reason` names. The applicant is told in the same transaction; `notice`
    is added to that letter. Refuses, with the clause, a request that was not sent, a second
    prolongation, too many days, a passed deadline, a message, and an approver who is no official
    or not above the executor (59-ФЗ, 12 ч. 2).
    """
    case = await PROLONG.open(work, appeal_id, expected_version)
    limit = _limit(work)
    reason = reasoned(reason, limit.clause)
    _check_addition(notice, limit)
    days = _days(case, plan_date, limit)
    sent = await _sent(case, inquiry, limit) if inquiry is not None else None
    decided_by = await _approver(case)
    case.appeal.prolongations += 1
    case.appeal.prolonged_days += days
    case.appeal.prolonged_to = plan_date
    head = await head_of(case)
    letter = prolonged(head, plan_date, sent or reason, decided_by, notice.strip())
    write_notice(work, case.appeal, NoticeKind.PROLONGED, letter)
    data = {"days": days, "plan_date": plan_date.isoformat(), **_ground(inquiry)}
    return await case.advance(clause=limit.clause, reason=reason, data=data)


def _ground(inquiry: int | None) -> dict[str, object]:
    if inquiry is None:
        return {"ground": ProlongationGround.EXCEPTIONAL}
    return {"ground": ProlongationGround.INQUIRY, "inquiry": inquiry}


async def _sent(case: Case, inquiry: int, limit: ProlongationLimit) -> SentInquiry:
    asked = sent_inquiry(case.entries, inquiry)
    if asked is None or asked.body is None:
        text = "Такого запроса при рассмотрении этого обращения не направляли"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, limit.clause)
    body = find_body(await load_bodies(case.work.session), asked.body)
    number = inquiry_number(case.appeal, inquiry)
    return SentInquiry(body.name, Reference(number, local_date(asked.at, case.work.zone)))


def _check_addition(notice: str, limit: ProlongationLimit) -> None:
    if len(notice) > LONGEST_REASON:
        text = f"Добавление к уведомлению длиннее {LONGEST_REASON} знаков"
        raise Refusal(RefusalCode.TEXT_TOO_LONG, text, limit.clause)
    if not readable(notice):
        text = "В добавлении к уведомлению недопустимые знаки"
        raise Refusal(RefusalCode.TEXT_UNREADABLE, text, limit.clause)


def _days(case: Case, plan_date: date, limit: ProlongationLimit) -> int:
    due_at = _running(case)
    days = (plan_date - local_date(due_at, case.work.zone)).days
    if days < 1:
        raise Refusal(
            RefusalCode.INVALID, "Новая дата должна быть позже прежнего срока", limit.clause
        )
    if days > limit.days:
        raise Refusal(
            RefusalCode.PROLONGATION_TOO_LONG,
            f"Продлить можно не более чем на {limit.days} дней, запрошено {days}",
            limit.clause,
        )
    return days


def _prolongable(case: Case, limit: ProlongationLimit) -> DueDate:
    dues = deadlines_of(case.work, case.appeal, case.entries)
    due = strictest([due for due in dues if due.rule.prolongable], prolonged=False)
    if due is not None:
        return due
    raise Refusal(
        RefusalCode.NOT_PROLONGABLE,
        "Продлевается рассмотрение обращений по Федеральному закону № 59-ФЗ, а этого — нет",
        limit.clause,
    )
