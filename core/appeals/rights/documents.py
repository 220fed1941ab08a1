"""Documents that the applicant adds to his appeal: each is a fact of the ledger."""

from __future__ import annotations

from core.appeals.attachments import attachments_of
from core.appeals.model import Appeal
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_ID, filled, readable, reasoned
from core.kernel.work import Work

SUPPLEMENT = Step("supplement")


@serves(FZ59.cite("5.1"))
async def add_document(
    work: Work,
    appeal_id: int,
    title: str,
    reference: str,
    *,
    attachment: int | None = None,
    expected_version: int | None = None,
) -> Appeal:
    """Keep what the applicant added: what it is, and the attachment (its id) or where it is kept.

    Needs TAKE_IN. No term changes. Refuses what has no title or no place, NOT_FOUND for what is no
    attachment of this case, and a case that is not considered.
    """
    case = await SUPPLEMENT.open(work, appeal_id, expected_version)
    title = reasoned(title, case.step.clause, "название документа")
    data: dict[str, object] = {}
    if attachment is not None:
        await attachments_of(work, case.appeal, [attachment])
        data, reference = {"attachment": attachment}, reference.strip() or f"вложение {attachment}"
    kept = reference.strip()
    if not (filled(kept, LONGEST_ID) and readable(title)):
        text = "Укажите, где хранится документ, который представил заявитель"
        raise Refusal(RefusalCode.INVALID, text, case.step.clause)
    return await case.advance(reason=title, data={"reference": kept, **data})
