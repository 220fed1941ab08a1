"""Putting an answer off: once, for a reason, by someone above the executor, with notice."""

from __future__ import annotations

from datetime import date

from core.appeals.case import Case, open_case
from core.appeals.ledger import deadlines_of
from core.appeals.model import Appeal
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.deadlines import DueDate, strictest
from core.appeals.rules.ledger import count
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import ProlongationLimit
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.texts import reasoned
from core.kernel.work import Work


async def prolong(
    work: Work,
    appeal_id: int,
    plan_date: date,
    reason: str,
    notice: str,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """Move the answer's deadline to the end of `plan_date` (a local day). Needs PROLONG.

    `notice` is what the applicant is told, in the same transaction. Refuses, with the clause, a
    second prolongation, too many days, a passed deadline, a message, and an approver who is not
    above the executor (59-ФЗ, 12 ч. 2).
    """
    case = await open_case(work, appeal_id, "prolong", expected_version)
    limit = work.rules.get(ProlongationLimit, "answer", work.today)
    reason = reasoned(reason, limit.clause)
    if not notice.strip():
        raise Refusal(
            RefusalCode.NOTICE_REQUIRED, "Заявителя нужно уведомить о продлении", limit.clause
        )
    days = _days(case, plan_date, limit)
    _check_approver(case, limit)
    case.appeal.prolongations += 1
    case.appeal.prolonged_days += days
    case.appeal.plan_date = plan_date
    write_notice(work, case.appeal, NoticeKind.PROLONGED, notice.strip())
    data = {"days": days, "plan_date": plan_date.isoformat()}
    return await case.advance(clause=limit.clause, reason=reason, data=data)


def _days(case: Case, plan_date: date, limit: ProlongationLimit) -> int:
    due_at = _prolongable(case, limit).due_at
    if due_at is None:
        raise Refusal(RefusalCode.NOT_PROLONGABLE, "Срок ещё не начался", limit.clause)
    if count(case.entries, Fact.PROLONGED) >= limit.times:
        raise Refusal(RefusalCode.PROLONGED_ALREADY, "Срок уже продлевался", limit.clause)
    if case.work.now > due_at:
        raise Refusal(RefusalCode.DEADLINE_PASSED, "Срок ответа уже истёк", limit.clause)
    days = (plan_date - local_date(due_at, case.work.zone)).days
    if days < 1:
        raise Refusal(RefusalCode.INVALID, "Новая дата не позже прежнего срока", limit.clause)
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
        "Продление предусмотрено только для обращений по 59-ФЗ, у сообщения его нет",
        limit.clause,
    )


def _check_approver(case: Case, limit: ProlongationLimit) -> None:
    accepted = [entry for entry in case.rows if entry.fact == Fact.ACCEPTED]
    executor = accepted[-1] if accepted else None
    executor_rank = executor.data.get("executor_rank", 0) if executor else 0
    own = executor is not None and executor.actor == case.work.actor.subject
    if own or case.work.actor.rank(Permission.PROLONG, case.appeal) <= executor_rank:
        raise Refusal(
            RefusalCode.APPROVER_TOO_LOW,
            "Продление утверждает руководитель выше исполнителя",
            limit.clause,
        )
