"""Giving the results of a case to the body that sent it on and asked for them (8 ч. 5)."""

from __future__ import annotations

from core.appeals.case import Case
from core.appeals.model import Appeal
from core.appeals.rules.results import AskedResults, asked_results
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


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
    results = reasoned(results, case.step.clause)
    for asked in _waiting(case):
        await case.advance(body=asked.asker, reason=results, data={"asked": asked.seq})
    return case.appeal
