"""The place where a picture was taken, offered once as the place of its case."""

from __future__ import annotations

from core.appeals.attachments import find_attachment
from core.appeals.correction import CLAUSE, CORRECT, kept_of
from core.appeals.words import CORRECTED
from core.attachments.model import Attachment
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work


@serves()
async def settle_place(work: Work, attachment_id: int, *, use: bool) -> Attachment:
    """Say whether the case is where the picture was taken; the place is forgotten either way.

    Where it is used, the case gets its coordinates as a correction does. Needs ROUTE. Refuses
    NOT_FOUND where none is offered any more, and as `correct` does.
    """
    require(work.actor, Permission.ROUTE)
    row = await find_attachment(work, attachment_id)
    case = await CORRECT.open(work, row.owner_id)
    await work.session.refresh(row, with_for_update=True)
    if row.sealed_place is None:
        text = "Место съёмки этого вложения не известно, или о нём уже сказано"
        raise Refusal(RefusalCode.NOT_FOUND, text, CLAUSE)
    place, row.sealed_place = work.keys.unseal(row.sealed_place), None
    await work.record(Event("attachment.placed", f"attachment:{row.id}", after={"used": use}))
    if use:
        changed = {name: (getattr(case.appeal, name), place[name]) for name in place}
        for name, (_, value) in changed.items():
            setattr(case.appeal, name, value)
        reason = f"Место съёмки вложения {row.id}"
        await case.advance(reason=reason, data={CORRECTED: kept_of(work, changed)})
    return row
