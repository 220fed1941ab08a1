"""Reading many people's data: within a bound by the purpose of each look, above it by a reason.

A reason is said beforehand, with how many people it is for; the head is shown who has said it,
why, and how many were read. Jobs and the command line are the system's own and have no bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from core.appeals.applicants.model import LetterLook, ManyReading, PersonLook
from core.kernel.access import require, require_everywhere, system
from core.kernel.acts.federal import FZ59
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work

SECRECY = FZ59.cite("6.2")
MOST_WITHOUT = 20
"""People whose data one person reads within an hour without saying more than each purpose."""

WITHIN = timedelta(hours=1)
MOST_WITH = 1_000
OPEN_FOR = timedelta(hours=8)
LOCK = 0x4C4F4F4B


@dataclass(frozen=True, slots=True)
class ManyRead:
    """A reading as the head sees it: `read` people of `persons` until now; moments in UTC."""

    actor: str
    reason: str
    persons: int
    read: int
    opened_at: datetime
    until: datetime


@serves(SECRECY)
async def open_reading(work: Work, reason: str, persons: int) -> ManyRead:
    """Let the actor read the data of so many people for eight hours; told to the head.

    Needs READ_PERSONAL_DATA. Refuses REASON_REQUIRED and INVALID for a number out of bounds.
    """
    require(work.actor, Permission.READ_PERSONAL_DATA)
    reason = reasoned(reason, SECRECY)
    if not MOST_WITHOUT < persons <= MOST_WITH:
        text = f"Назовите, сколько человек: больше {MOST_WITHOUT}, но не больше {MOST_WITH}"
        raise Refusal(RefusalCode.INVALID, text, SECRECY)
    actor, until = work.actor.subject, work.now + OPEN_FOR
    row = ManyReading(actor=actor, reason=reason, persons=persons, opened_at=work.now, until=until)
    work.session.add(row)
    said = {"persons": persons, "until": until.isoformat()}
    await work.record(Event("applicants.opened", f"actor:{actor}", reason, after=said))
    return ManyRead(actor, reason, persons, 0, work.now, until)


@serves(SECRECY)
async def count_look(
    work: Work, *, appeal_id: int | None = None, letter_id: int | None = None
) -> None:
    """Count a look of the actor at who wrote this; one that he has seen counts once.

    A letter is counted for itself only while it belongs to no appeal.

    Refuses MANY_PERSONS above the bound: twenty people an hour, or as many as he has named.
    """
    actor = work.actor.subject
    if actor == system().subject:
        return
    if work.dialect == "postgresql":  # looks of one person at once are counted one after another
        key = func.pg_advisory_xact_lock(LOCK, func.hashtext(actor))
        await work.session.execute(select(key))
    opened = await _opened(work)
    since = opened.opened_at if opened else work.now - WITHIN
    most = opened.persons if opened else MOST_WITHOUT
    others = [
        select(func.count(known.distinct())).where(
            row.actor == actor, row.at >= since, known.is_distinct_from(this)
        )
        for row, known, this in (
            (PersonLook, PersonLook.appeal_id, appeal_id),
            (LetterLook, LetterLook.letter_id, None if appeal_id else letter_id),
        )
    ]
    counts = (await work.session.execute(select(*(one.scalar_subquery() for one in others)))).one()
    if sum(counts) >= most:
        raise Refusal(RefusalCode.MANY_PERSONS, _why(most, named=opened is not None), SECRECY)
    if appeal_id is not None:
        work.session.add(PersonLook(actor=actor, appeal_id=appeal_id, at=work.now))
    else:
        work.session.add(LetterLook(actor=actor, letter_id=letter_id, at=work.now))
    await work.session.flush()


@serves(SECRECY)
async def readings_of_many(work: Work, most: int) -> Sequence[ManyRead]:
    """The latest readings with a reason, for the head: who, how many, why.

    Needs READ_JOURNAL for the whole region, else FORBIDDEN.
    """
    text = "Отчёт о чтении данных открыт тому, кто отвечает за весь регион"
    require_everywhere(work.actor, Permission.READ_JOURNAL, text)
    read = [
        select(func.count(known.distinct()))
        .where(
            row.actor == ManyReading.actor,
            row.at.between(ManyReading.opened_at, ManyReading.until),
        )
        .correlate(ManyReading)
        .scalar_subquery()
        for row, known in ((PersonLook, PersonLook.appeal_id), (LetterLook, LetterLook.letter_id))
    ]
    query = select(ManyReading, read[0] + read[1]).order_by(ManyReading.id.desc()).limit(most)
    return [
        ManyRead(row.actor, row.reason, row.persons, read, row.opened_at, row.until)
        for row, read in await work.session.execute(query)
    ]


async def _opened(work: Work) -> ManyReading | None:
    query = (
        select(ManyReading)
        .where(ManyReading.actor == work.actor.subject, ManyReading.until > work.now)
        .order_by(ManyReading.id.desc())
        .limit(1)
    )
    found: ManyReading | None = await work.session.scalar(query)
    return found


def _why(most: int, *, named: bool) -> str:
    if named:
        return f"Вы назвали {most} чел., и данные стольких прочитаны: назовите причину заново"
    return f"Данные больше {most} человек за час читают, назвав причину: о ней узнаёт руководитель"
