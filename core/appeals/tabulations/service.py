"""Ordering a table of figures as a file, opening it while it stands, forgetting it after."""

from __future__ import annotations

from datetime import timedelta

import orjson
from sqlalchemy import ColumnElement, Select, func, select

from core.appeals.observations.beside import check_cut
from core.appeals.observations.known import check_known
from core.appeals.observations.published import LISTED, check_listed
from core.appeals.observations.timing import MOST as MOST_HOURS
from core.appeals.observations.timing import Each, stretches_of
from core.appeals.tabulations.asked import Asked, Order, read, reading, written
from core.appeals.tabulations.model import KIND, Tabulation, TabulationState
from core.attachments import store
from core.attachments.kinds import Form
from core.attachments.model import Attachment
from core.attachments.opening import Opened, open_form
from core.attachments.store import Owner
from core.db.bulk import table_of, upsert
from core.kernel.access import Actor, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.keys import Keys
from core.kernel.serves import serves
from core.kernel.work import Work

JOB = "tabulations.make"
KEPT = timedelta(days=1)
"""Figures are of their moment: on the next day the same order is reckoned anew, not found."""

MOST_WAITING = 5
"""Orders of one person that are not made yet: the machine is everybody's."""

WAITS = (TabulationState.WAITING, TabulationState.RUNNING)
STANDS = (*WAITS, TabulationState.READY)


def own(actor: Actor) -> ColumnElement[bool]:
    """The orders that the actor may see: his own."""
    return Tabulation.actor == actor.subject


def recent(actor: Actor, most: int) -> Select[Tabulation]:
    """The actor's own orders, the latest first."""
    query = select(Tabulation).where(own(actor), Tabulation.state != TabulationState.GONE)
    return query.order_by(Tabulation.id.desc()).limit(most)


@serves()
async def order(work: Work, asked: Asked) -> Tabulation:
    """The order of this table: one that stands, or a new one that a job will make.

    Who may not read cases orders only what is open to everybody, without criteria. Needs
    READ_DIRECTORY; refuses INVALID as the tables themselves do, TOO_MUCH above MOST_WAITING.
    """
    _check(work, asked)
    if asked.criteria is not None:
        await check_known(work, asked.criteria)
    said = written(Order(asked, reading(work.actor)))
    mark = work.keys.fingerprint(orjson.dumps(said))
    if (known := await _standing(work, mark)) is not None:
        if known.expires_at > work.now:
            return known
        await forget(work, known)
    waiting = select(func.count(Tabulation.id)).where(own(work.actor), Tabulation.state.in_(WAITS))
    if (await work.session.scalar(waiting) or 0) >= MOST_WAITING:
        text = f"У Вас уже готовится файлов: {MOST_WAITING}. Дождитесь одного из них"
        raise Refusal(RefusalCode.TOO_MUCH, text)
    values = {
        "actor": work.actor.subject,
        "state": TabulationState.WAITING.value,
        "kind": asked.kind.value,
        "fingerprint": mark,
        "done": 0,
        "total": 0,
        "ordered_at": work.now,
        "expires_at": work.now + KEPT,
        "sealed": work.keys.seal(said),
    }
    kept = upsert(work.dialect, table_of(Tabulation)).values(values).on_conflict_do_nothing()
    new = (await work.session.execute(kept.returning(table_of(Tabulation).c.id))).scalar()
    row = await _standing(work, mark)
    assert row is not None
    if new is not None:
        after = {"measure": asked.measure, "by": [*asked.by], "kind": asked.kind}
        await work.record(Event("tabulation.ordered", f"{KIND}:{row.id}", after=after))
        work.later(JOB, {"tabulation": row.id})
    return row


@serves()
async def open_attachment(
    work: Work, attachment_id: int, form: Form | None = None, reason: str | None = None
) -> Opened:
    """The file of one's own order while it stands, journalled.

    What tells of cases needs READ_APPEALS still. Refuses NOT_FOUND, and as `open_form` does.
    """
    query = (
        select(Attachment, Tabulation)
        .join(Tabulation, Tabulation.id == Attachment.owner_id)
        .where(Attachment.id == attachment_id, Attachment.owner_kind == KIND)
        .where(Attachment.erased_at.is_(None), own(work.actor), Tabulation.expires_at > work.now)
    )
    found = (await work.session.execute(query)).one_or_none()
    if found is None or work.actor.anonymous:
        raise Refusal(RefusalCode.NOT_FOUND, "Такого файла нет или срок его хранения истёк")
    file, row = found
    if what(work.keys, row).asked.criteria is not None:
        require(work.actor, Permission.READ_APPEALS)
    return await open_form(work, file, form, reason, personal=True)


def what(keys: Keys, row: Tabulation) -> Order:
    """What was ordered, and by which grants; the row is not forgotten yet."""
    assert row.sealed is not None
    return read(keys.unseal(row.sealed))


async def forget(work: Work, row: Tabulation) -> None:
    """Destroy the file, and what was asked: only that there was an order stays."""
    await store.erase(work, Owner(KIND, row.id), "Истёк срок хранения файла")
    row.state, row.sealed, row.fingerprint = TabulationState.GONE, None, None
    await work.record(Event("tabulation.erased", f"{KIND}:{row.id}"))
    await work.session.flush()


async def _standing(work: Work, mark: str) -> Tabulation | None:
    mine = own(work.actor), Tabulation.fingerprint == mark
    query = select(Tabulation).where(*mine, Tabulation.state.in_(STANDS)).with_for_update()
    found: Tabulation | None = await work.session.scalar(query)
    return found


def _check(work: Work, asked: Asked) -> None:
    """Refuse what no table answers, before anything is kept."""
    actor, period = work.actor, asked.period
    require(actor, Permission.READ_DIRECTORY)
    if asked.criteria is None:
        if asked.each is not None:
            raise Refusal(RefusalCode.INVALID, LISTED)
        check_listed(work, asked.measure, asked.by, period.start, period.last_day)
        return
    require(actor, Permission.READ_APPEALS)
    check_cut(asked.by, asked.criteria)
    if asked.each is None:
        return
    if asked.each is not Each.HOUR:
        stretches_of(period, asked.each)
    elif (period.end - period.start).days > MOST_HOURS:
        text = f"По часам суток считают не больше {MOST_HOURS} дней"
        raise Refusal(RefusalCode.INVALID, text)
