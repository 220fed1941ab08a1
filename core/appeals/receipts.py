"""Another official record of when an appeal came (R53)."""

from __future__ import annotations

from datetime import datetime

from core.appeals.intake.new import EARLIEST
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import OPEN_STATES, State
from core.appeals.rules.receipts import RECEIVED_AT, ReceiptRecord
from core.appeals.step import Step
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned, seconds
from core.kernel.work import Work

TELL = Step("tell-receipt")


@serves(PRACTICE.cite("receipts"))
async def tell_receipt(
    work: Work,
    appeal_id: int,
    at: datetime,
    record: ReceiptRecord,
    document: str,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """Record that the appeal came at `at` (aware) by this record, whose number `document` names.

    While the case is open its terms go by the earliest record; afterwards the record is kept and
    no verdict or figure changes. Needs TAKE_IN. Refuses DATE_OUT_OF_RANGE for a moment to come.
    """
    case = await TELL.open(work, appeal_id, expected_version)
    document = reasoned(document, case.step.clause, "документ о поступлении")
    moment = seconds(at) or at
    if not EARLIEST <= moment <= work.now:
        text = "Обращение поступило не позже, чем об этом записано"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, case.step.clause)
    counts = State(case.appeal.state) in OPEN_STATES
    key = RECEIVED_AT if counts else "kept"
    data = {"record": record, key: moment.isoformat()}
    return await case.advance(reason=f"{record.label}: {document}", data=data)
