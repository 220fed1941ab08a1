"""Another official record of when an appeal came (R53)."""

from datetime import datetime

import strawberry

from core.appeals import model, receipts
from core.appeals.rules.receipts import ReceiptRecord
from core.kernel.codes import Permission
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, StepInput
from schema.graphql.context import Info
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs


@strawberry.input(description="Официальная запись о поступлении")
class ReceiptInput(StepInput):
    """The moment and what says it."""

    at: datetime = field("Когда обращение поступило по этой записи")
    record: ReceiptRecord = field("Что это за запись")
    document: str = field("Её номер или иные реквизиты")


@takes(receipts.TELL)
async def _tell(info: Info, given: Input[ReceiptInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await receipts.tell_receipt(
            work,
            given.number,
            given.at,
            given.record,
            given.document,
            expected_version=given.expected_version,
        )


@strawberry.type
class ReceiptMutation:
    """One use case of `core.appeals.receipts`."""

    tell_receipt: AppealResult = field(
        "Внести ещё одну запись о поступлении: сроки идут по самой ранней из записей",
        _tell,
        needs(Permission.TAKE_IN),
    )
