"""The applicant takes the appeal back by a written statement; the clock ends, the record stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.ledger import read_entries
from core.appeals.model import Appeal
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.letters.withdrawal import withdrawn
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.lifecycle import Fact, Outcome, State, Transition
from core.appeals.satisfaction.model import Dispute
from core.appeals.satisfaction.objections import pending_dispute
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_ID, filled
from core.kernel.work import Work

WITHDRAW = Step("withdraw")
GIVEN_UP = "заявитель отозвал возражение"


@dataclass(frozen=True, slots=True)
class Statement:
    """The applicant's written statement: of what local day, and where it is kept.

    `signatories` is how many of those who signed a collective appeal signed it.
    """

    stated_on: date
    reference: str
    signatories: int = 1


@serves(FZ59.cite("5"), FZ59.cite("5.5"))
async def withdraw(
    work: Work, appeal_id: int, statement: Statement, *, expected_version: int | None = None
) -> Appeal:
    """End the consideration by the applicant's statement, and tell him. Needs WITHDRAW.

    A dispute about the case waits for no judge any more; one that the case itself opened is given
    up, and the answer that it disputed stands. Refuses a statement without a paper, from before
    the appeal or from the future, and one that not all who signed the appeal have signed.
    """
    case = await WITHDRAW.open(work, appeal_id, expected_version)
    appeal = case.appeal
    _check(case, statement)
    await _end_disputes(case)
    appeal.outcome, appeal.closed_at = Outcome.WITHDRAWN, work.now
    letter = withdrawn(await head_of(case), statement.stated_on)
    write_notice(work, appeal, NoticeKind.WITHDRAWN, letter)
    data = {"stated_on": statement.stated_on.isoformat(), "reference": statement.reference.strip()}
    reason = f"заявление от {statement.stated_on:%d.%m.%Y}"
    return await case.advance(clause=FZ59.cite("5.5"), reason=reason, data=data)


def _check(case: Case, statement: Statement) -> None:
    work, clause = case.work, FZ59.cite("5.5")
    reference = statement.reference
    if not filled(reference, LONGEST_ID):
        text = "Укажите, где хранится письменное заявление о прекращении рассмотрения"
        raise Refusal(RefusalCode.PROOF_REQUIRED, text, clause)
    received_on = local_date(case.appeal.received_at, work.zone)
    if not received_on <= statement.stated_on <= work.today:
        text = "Заявление о прекращении рассмотрения подано не раньше обращения и не позже сегодня"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
    if statement.signatories < case.appeal.signatories:
        text = (
            f"Обращение подписали {case.appeal.signatories}, заявление {statement.signatories}:"
            " рассмотрение прекращается по заявлению всех подписавших"
        )
        raise Refusal(RefusalCode.INVALID, text, clause)


async def _end_disputes(case: Case) -> None:
    work = case.work
    about = await work.session.scalar(pending_dispute(case.appeal.id))
    if about is not None:
        about.withdrawn_at = work.now
    filed = select(Dispute).where(
        Dispute.by_appeal_id == case.appeal.id,
        Dispute.judged_at.is_(None),
        Dispute.withdrawn_at.is_(None),
    )
    for dispute in await work.session.scalars(filed.with_for_update()):
        await _give_up(work, dispute)


async def _give_up(work: Work, dispute: Dispute) -> None:
    """One that the survey's link had opened before is still there to be judged."""
    if dispute.survey_id is not None:
        dispute.by_appeal_id = None
        return
    dispute.withdrawn_at = work.now
    query = select(Appeal).where(Appeal.id == dispute.appeal_id).with_for_update()
    old = (await work.session.scalars(query)).one()
    rule = work.rules.get(Transition, "judge", work.today)
    case = Case(work, old, await read_entries(work, old.id), rule)
    old.closed_at = old.closed_at or work.now
    clause = FZ59.cite("5.5")
    await case.advance(fact=Fact.UPHELD, state=State.CLOSED, clause=clause, reason=GIVEN_UP)
