"""Finding out afterwards who wrote: the strongest proof is kept, the others stay in the ledger."""

from __future__ import annotations

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting
from core.appeals.model import Appeal
from core.appeals.rules.intake import Identification
from core.appeals.rules.lifecycle import OPEN_STATES, State
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


def _check_way(case: Case, how: Identification) -> None:
    if how is Identification.NONE:
        text = "Укажите, каким способом установлена личность заявителя"
        raise Refusal(RefusalCode.WRONG_IDENTIFICATION, text, case.step.clause)


async def _ways(case: Case) -> list[Choice]:
    return await fitting(
        Identification, lambda one: _check_way(case, one), lambda one: Choice(one, one.label)
    )


IDENTIFY = Step("identify", choices={"how": _ways})


@serves(FZ59.cite("7.3"))
async def identify(
    work: Work,
    appeal_id: int,
    how: Identification,
    reason: str,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """Record how the author was found out, from now on; needs IDENTIFY and a reason (R50, R53).

    The regime stays what it is: identification alone makes no appeal (R57). Where no answer was
    owed to nobody, it is owed from now on, within the term of an answer; what was ended by then
    stays so.
    """
    case = await IDENTIFY.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    _check_way(case, how)
    appeal, data = case.appeal, {"identified_by": str(how)}
    if how.stronger_than(Identification(appeal.identified_by or Identification.NONE)):
        appeal.identified_by, appeal.identified_at = how, work.now
    if appeal.unanswered_by is not None and State(appeal.state) in OPEN_STATES:
        appeal.unanswered_by = None
        return await case.advance(reason=reason, data={**data, "owed": True})
    return await case.advance(reason=reason, data=data)
