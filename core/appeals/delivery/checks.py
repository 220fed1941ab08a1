"""Returning a draft for mending before it is sent: no term of the answer moves (R59)."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.case import Case
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.signatures import draft_of
from core.appeals.model import Answer, Appeal
from core.appeals.rules.answers import DraftFault
from core.appeals.step import Step
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


async def _draft(case: Case) -> Answer:
    """The draft, if it was not handed over yet."""
    answer = await draft_of(case)
    handed = select(Dispatch.id).where(
        Dispatch.answer_id == answer.id, Dispatch.annulled_at.is_(None)
    )
    if await case.work.session.scalar(handed.limit(1)) is not None:
        text = "Ответ уже передан для отправки: возвращают только проект"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)
    return answer


RETURN = Step("return-draft", (_draft,))


@serves(PRACTICE.cite("lifecycle.return-draft"))
async def return_draft(
    work: Work, appeal_id: int, fault: str, remark: str, *, expected_version: int | None = None
) -> Appeal:
    """Return the draft, signed or not, for a reason of the list (its key). Needs CHECK_ANSWERS.

    It is neither signed nor sent any more: another draft follows. Refuses NOT_PROVIDED for a
    reason that is not of the list, NO_DRAFT, and WRONG_STATE for what was handed over already.
    """
    case = await RETURN.open(work, appeal_id, expected_version)
    rule = work.rules.find(DraftFault, fault, work.today)
    if rule is None:
        text = f"Причины «{fault}» в перечне нет"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, case.step.clause)
    remark = reasoned(remark, rule.clause, "замечание к ответу")
    answer = await _draft(case)
    answer.returned_at, answer.returned_for = work.now, rule.key
    data = {"answer": answer.id, "fault": rule.key}
    return await case.advance(clause=rule.clause, reason=remark, data=data)
