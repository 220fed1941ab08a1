"""What had left before an erasure: to whom it was handed over, so that it can be called back.

What was handed out still verifies: the tree proves that it was so. That its values are erased here,
and that they are to be destroyed there too, is written to each who has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from core.appeals.attachments import KIND
from core.appeals.erasing.model import Erasure
from core.appeals.model import Appeal
from core.attachments.model import Attachment
from core.kernel.access import require
from core.kernel.acts.federal import FZ152
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.serves import serves
from core.kernel.work import Work

OPENED, HANDED_OUT = "attachment.opened", "evidence.handed_out"
"""A file that somebody was given, and a package of evidence with the case."""

LEFT = ("answer.handed", "notice.released", "notice.handed", "applicant.read", "content.read")
EXPORTED = "appeals.exported"
"""Files of all cases of that moment: numbers and terms, no persons and no texts."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Somebody (`actor` as in the journal) was given something of an erased appeal, by `name`.

    `number` is the appeal's; None of a file with all of them. `at` is UTC. `to` says to whom, and
    on what ground, the actor gave a package of evidence on.
    """

    name: str
    actor: str
    number: str | None
    at: datetime
    to: str | None = None


@serves(FZ152.cite("21.4"))
async def recalls(work: Work, act: int) -> Sequence[Recall]:
    """What had left of the act's appeals, the earliest first. Needs OPERATE; NOT_FOUND."""
    require(work.actor, Permission.OPERATE)
    row = await work.session.get(Erasure, act)
    if row is None:
        raise Refusal(RefusalCode.NOT_FOUND, f"Акта № {act} нет")
    cases = await _numbers(work, row.appeals)
    numbers = {**cases, **await _of_files(work, row.appeals)}
    since = select(func.min(Appeal.received_at)).where(Appeal.id.in_(row.appeals))
    package = JournalEntry.after["of"].as_string()
    ways = (
        and_(JournalEntry.name.in_((*LEFT, OPENED)), JournalEntry.subject.in_(numbers)),
        and_(JournalEntry.name == HANDED_OUT, package.in_(cases)),
        and_(JournalEntry.name == EXPORTED, JournalEntry.at >= since.scalar_subquery()),
    )
    query = (
        select(JournalEntry)
        .where(or_(*ways), JournalEntry.at <= (row.done_at or work.now))
        .order_by(JournalEntry.id)
    )
    return [_told(line, numbers) for line in await work.session.scalars(query)]


def _told(line: JournalEntry, numbers: Mapping[str, str]) -> Recall:
    if line.name == HANDED_OUT:
        return Recall(line.name, line.actor, numbers[line.after["of"]], line.at, line.cause)
    return Recall(line.name, line.actor, numbers.get(line.subject), line.at)


async def _numbers(work: Work, appeals: Sequence[int]) -> dict[str, str]:
    """The numbers of these appeals by their subjects in the journal."""
    query = select(Appeal.id, Appeal.number).where(Appeal.id.in_(appeals))
    return {f"{KIND}:{key}": number for key, number in await work.session.execute(query)}


async def _of_files(work: Work, appeals: Sequence[int]) -> dict[str, str]:
    """The numbers of these appeals by the subjects of their attachments, erased ones too."""
    query = (
        select(Attachment.id, Appeal.number)
        .join(Appeal, Appeal.id == Attachment.owner_id)
        .where(Attachment.owner_kind == KIND, Appeal.id.in_(appeals))
    )
    return {f"attachment:{key}": number for key, number in await work.session.execute(query)}
