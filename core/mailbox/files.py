"""Files of a letter become attachments of its case: all of them, whatever they are.

Nothing in a letter is refused: what is on no list is kept and held back. The letter itself stays
whole, so what does not fit into the limits of a case is not lost.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from core.appeals.attachments import KIND
from core.appeals.model import Appeal
from core.attachments.incoming import Arrived, Incoming
from core.attachments.kinds import Origin
from core.attachments.store import Limits, Owner, add
from core.kernel.access import system
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.extensions import Units
from core.kernel.incidents.service import raise_incident
from core.kernel.serves import serves
from core.mailbox.model import Letter
from core.mailbox.process import BrokenLetter, Part, unpacking
from core.mailbox.store import whole

JOB = "mailbox.files"
OVER = frozenset({RefusalCode.FILE_TOO_BIG, RefusalCode.FILES_TOO_MANY})


@serves(FZ59.cite("7.2"))
async def run_files(units: Units, payload: Mapping[str, object]) -> None:
    """The job, once a person or the law has said to which case a letter belongs. Idempotent."""
    number = payload.get("letter")
    if not isinstance(number, int):
        return
    async with units.reading(system()) as work:
        row = await work.session.get_one(Letter, number)
        appeal_id, raw = row.opened_id or row.appeal_id, await whole(work, number)
    if appeal_id is None:
        return
    left = 0
    try:
        async with unpacking(raw) as parts:
            async for part in parts:
                left += not await _keep(units, appeal_id, part)
    except (BrokenLetter, TimeoutError):
        await _tell(
            units, number, f"Вложения письма {number} не разобраны: письмо сохранено целиком"
        )
    if left:
        text = f"Не все вложения письма {number} помещаются в обращение (осталось: {left})"
        await _tell(units, number, f"{text}: письмо сохранено целиком")


async def _keep(units: Units, appeal_id: int, part: Part) -> bool:
    """Whether the file is an attachment of the case now; not where it is over the limits."""
    limits = Limits.of(units.own)
    incoming, new = Incoming(units.files, part.name, max(part.size, 1), strict=False), False
    try:
        async for piece in part.pieces():
            await asyncio.to_thread(incoming.add, piece)
        if part.size > limits.file_bytes:
            return False
        new = await _attach(units, appeal_id, await asyncio.to_thread(incoming.finish), limits)
    except Refusal as refusal:
        if refusal.code not in OVER:
            raise
        return False
    finally:
        if not new:
            await asyncio.to_thread(incoming.drop)
    return True


async def _attach(units: Units, appeal_id: int, arrived: Arrived, limits: Limits) -> bool:
    async with units.work(system()) as work:
        await work.session.get_one(Appeal, appeal_id, with_for_update=True)
        _, new = await add(work, Owner(KIND, appeal_id), Origin.LETTER, arrived, limits)
        return new


async def _tell(units: Units, number: int, text: str) -> None:
    async with units.work(system()) as work:
        await raise_incident(work, f"mailbox/files/{number}", text)
