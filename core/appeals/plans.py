"""A planned solution after the answer: put off with notice, done with its proof (R56)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.choices import Choice
from core.appeals.delivery.dispatches import planned
from core.appeals.evidence import Evidence, prove
from core.appeals.ledger import deadlines_of
from core.appeals.model import Appeal
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.letters.plans import put_off_letter
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.queries import visible
from core.appeals.rules.answers import EVIDENCE
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.plans import running_plan
from core.appeals.step import Step
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.shapes.deadlines.rules.standing import Standing

CLAUSE = PRACTICE.cite("plan.put-off")
MOST_PLANS = 200


def _check_planned(case: Case) -> None:
    """A day is awaited, or one may be named to what was planned without."""
    undated = case.appeal.plan_date is None and case.appeal.outcome == Outcome.PLANNED
    if not undated:
        _awaited(case)


def _awaited(case: Case) -> DueDate:
    running = running_plan(deadlines_of(case.work, case.appeal, case.entries))
    if running is None:
        raise Refusal(RefusalCode.WRONG_STATE, "Неисполненного запланированного нет", CLAUSE)
    return running


def _proofs(_case: Case) -> list[Choice]:
    return [Choice(key, name) for key, name in EVIDENCE.items()]


PUT_OFF = Step("plan", (_check_planned,))
FULFIL = Step("fulfil", (_awaited,), choices={"kind": _proofs})


@serves(CLAUSE)
async def put_off(
    work: Work, appeal_id: int, day: date, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Name another local day for what was planned, or the first one where none was named.

    The applicant is told in the same transaction; a day that has passed stays breached, and each
    putting off is counted. Needs ANSWER. Refuses WRONG_STATE where nothing was planned or it is
    done, and PLAN_DATE_REQUIRED for a day that is not later than today and than the one there is.
    """
    case = await PUT_OFF.open(work, appeal_id, expected_version)
    reason = reasoned(reason, CLAUSE)
    before = case.appeal.plan_date
    if day <= max(filter(None, (work.today, before))):
        text = "Новый день исполнения позже сегодняшнего и прежнего"
        raise Refusal(RefusalCode.PLAN_DATE_REQUIRED, text, CLAUSE)
    case.appeal.plan_date = day
    case.appeal.plans_put_off += before is not None
    letter = put_off_letter(await head_of(case), before, day, reason)
    write_notice(work, case.appeal, NoticeKind.PLANNED, letter)
    return await case.advance(reason=reason, data=planned(work, day))


@serves(PRACTICE.cite("plan"), PRACTICE.cite("plan.promise"))
async def fulfil(
    work: Work,
    appeal_id: int,
    done: str,
    evidence: Sequence[Evidence],
    *,
    expected_version: int | None = None,
) -> Appeal:
    """What was planned is done, late or not; proven as a solution of the theme is. Needs ANSWER.

    Refuses WRONG_STATE where no day is awaited, and EVIDENCE_REQUIRED.
    """
    case = await FULFIL.open(work, appeal_id, expected_version)
    done, running = reasoned(done, CLAUSE, "что сделано"), _awaited(case)
    proof = await prove(case, evidence, solved=True)
    late = running.standing(work.now) is Standing.BREACHED
    return await case.advance(reason=done, data={"late": late, "evidence": proof})


async def awaited_plans(work: Work, *, overdue: bool) -> Sequence[Appeal]:
    """What is planned and not done, the soonest first; `overdue`: that alone whose day has passed.

    Needs READ_APPEALS; only what stands where the actor may read appeals.
    """
    require(work.actor, Permission.READ_APPEALS)
    late = (Appeal.plan_due_at < work.now,) if overdue else ()
    query = select(Appeal).where(Appeal.plan_due_at.is_not(None), visible(work.actor), *late)
    order = query.order_by(Appeal.plan_due_at, Appeal.id).limit(MOST_PLANS)
    return (await work.session.scalars(order)).all()
