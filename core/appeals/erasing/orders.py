"""Ordering an erasure: its ground, what stands against it, and the intent that is journalled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from core.appeals.erasing.model import Erasure, ErasureHold
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import State
from core.kernel.access import require
from core.kernel.acts.federal import FZ152
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.russian import plural

ENDED = FZ152.cite("21.4")
KEPT_YEARS = 5
"""Appeals are kept for five years after they were answered (the archives' list of 20.12.2019)."""

MOST_TOLD = 10
"""Of how many that are kept a refusal says why."""


@serves(ENDED)
async def order(work: Work, numbers: Sequence[str], ground: str, plain_until: date) -> Erasure:
    """Order the erasure of these appeals and of their copies; nothing is destroyed yet.

    `plain_until` is the last day on which a backup has what is erased. Needs OPERATE. Refuses
    NOT_FOUND, WRONG_STATE while an appeal is open, held, or its term of keeping has not ended.
    """
    require(work.actor, Permission.OPERATE)
    ground = reasoned(ground, ENDED)
    found = await _appeals(work, numbers)
    await _require_free(work, found)
    row = Erasure(
        appeals=[appeal.id for appeal in found],
        ground=ground,
        actor=work.actor.subject,
        ordered_at=work.now,
        plain_until=plain_until,
        done_at=None,
        extract={},
    )
    work.session.add(row)
    await work.session.flush()
    said = {"act": row.id}
    events = [Event("appeal.erasing", f"appeal:{one}", after=said) for one in row.appeals]
    await work.record_many(events)
    return row


async def hold(work: Work, number: str, ground: str) -> ErasureHold:
    """Let nothing of the appeal be erased until the hold is lifted. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    (appeal, *_) = await _appeals(work, [number])
    row = ErasureHold(
        appeal_id=appeal.id,
        ground=reasoned(ground, ENDED),
        placed_by=work.actor.subject,
        placed_at=work.now,
        lifted_at=None,
    )
    work.session.add(row)
    await work.record(Event("appeal.held", f"appeal:{appeal.id}"))
    return row


async def lift(work: Work, number: str) -> int:
    """Lift every hold of the appeal; how many there were. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    found = await _appeals(work, [number])
    rows = await _holds(work, found)
    for row in rows:
        row.lifted_at = work.now
        await work.record(Event("appeal.released", f"appeal:{row.appeal_id}"))
    return len(rows)


async def _appeals(work: Work, numbers: Sequence[str]) -> list[Appeal]:
    """The appeals by their numbers with all their copies."""
    named = select(Appeal.id).where(Appeal.number.in_(numbers))
    query = select(Appeal).where(or_(Appeal.id.in_(named), Appeal.copy_of_id.in_(named)))
    found = list(await work.session.scalars(query.order_by(Appeal.id)))
    missing = sorted({*numbers} - {appeal.number for appeal in found})
    if missing or not numbers:
        raise Refusal(RefusalCode.NOT_FOUND, f"Нет обращений: {', '.join(missing) or 'не названы'}")
    return found


async def _require_free(work: Work, found: Sequence[Appeal]) -> None:
    """Refuse all of them while one is kept; the sentence says which are, and why each is."""
    grounds = {row.appeal_id: row.ground for row in await _holds(work, found)}
    kept = [why for appeal in found if (why := _kept(work, appeal, grounds.get(appeal.id)))]
    if kept:
        more = f". Ещё таких {len(kept) - MOST_TOLD}" if len(kept) > MOST_TOLD else ""
        of = f"{len(found)} {plural(len(found), 'обращения', 'обращений', 'обращений')}"
        none = f"Из {of} не уничтожено ни одно. " if len(found) > 1 else ""
        text = none + ". ".join(kept[:MOST_TOLD]) + more
        raise Refusal(RefusalCode.WRONG_STATE, text, ENDED)


def _kept(work: Work, appeal: Appeal, held: str | None) -> str | None:
    """Why nothing of the appeal may be erased yet."""
    name = f"Обращение {appeal.number}"
    if appeal.state != State.CLOSED or appeal.closed_at is None:
        return f"{name} ещё рассматривается: цель обработки не достигнута"
    until = _later(local_date(appeal.closed_at, work.zone), KEPT_YEARS)
    if work.today < until:
        return f"{name} хранят до {until:%d.%m.%Y}: срок хранения не истёк"
    return f"{name} удержано от уничтожения: {held}" if held else None


async def _holds(work: Work, found: Sequence[Appeal]) -> list[ErasureHold]:
    ids = [appeal.id for appeal in found]
    query = select(ErasureHold).where(
        ErasureHold.appeal_id.in_(ids), ErasureHold.lifted_at.is_(None)
    )
    return list(await work.session.scalars(query.order_by(ErasureHold.id)))


def _later(day: date, years: int) -> date:
    """The same day so many years on; the first of March for a leap day."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + years, 3, 1) if leap else day.replace(year=day.year + years)
