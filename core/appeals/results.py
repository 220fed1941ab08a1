"""Giving the results of a case to the body that sent it on and asked for them (8 ч. 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.inquiries import own_bodies
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.rules.results import AskedResults, asked_results
from core.appeals.step import Step
from core.kernel.access import require
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

MOST_RESULTS = 200


@dataclass(frozen=True, slots=True)
class GivenResults:
    """What came of an appeal, as the body that sent it on is told; `given_at` is aware UTC."""

    appeal: Appeal
    seq: int
    results: str
    given_at: datetime


def _waiting(case: Case) -> list[AskedResults]:
    waiting = [asked for asked in asked_results(case.entries) if asked.given_at is None]
    if not waiting:
        text = "Результатов рассмотрения у этого органа никто не запрашивал, или они представлены"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, case.step.clause)
    return waiting


GIVE = Step("give-results", (_waiting,))


@serves(FZ59.cite("8.5"))
async def give_results(
    work: Work, appeal_id: int, results: str, *, expected_version: int | None = None
) -> Appeal:
    """Give them to everybody who asked and has not been given any, after the answer. Needs ANSWER.

    Refuses NOT_PROVIDED where nobody waits for them.
    """
    case = await GIVE.open(work, appeal_id, expected_version)
    results = reasoned(results, case.step.clause, "результаты рассмотрения")
    for asked in _waiting(case):
        await case.advance(body=asked.asker, reason=results, data={"asked": asked.seq})
    return case.appeal


@serves(FZ59.cite("8.5"))
async def results_given(work: Work) -> Sequence[GivenResults]:
    """What the actor's own bodies were given of what they had sent on, newest first. Needs ANSWER.

    Of the case nothing else is shown: another body has it now.
    """
    rule = work.rules.get(Transition, GIVE.key, work.today)
    require(work.actor, rule.permission, rule.clause)
    query = (
        select(Appeal, LedgerEntry)
        .join(LedgerEntry, LedgerEntry.appeal_id == Appeal.id)
        .where(LedgerEntry.fact == Fact.RESULTS_GIVEN, LedgerEntry.body.in_(await own_bodies(work)))
        .order_by(LedgerEntry.id.desc())
        .limit(MOST_RESULTS)
    )
    found = await work.session.execute(query)
    return [GivenResults(appeal, row.seq, row.reason or "", row.at) for appeal, row in found]
