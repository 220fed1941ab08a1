"""Making ordered tables, each in the name of whoever ordered it, and forgetting what is over."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from sqlalchemy import select

from core.appeals.exchange.writers import writer_for
from core.appeals.observations.released import release
from core.appeals.tabulations.asked import Order, both
from core.appeals.tabulations.making import Rows, open_rows, rows_of
from core.appeals.tabulations.model import KIND, Tabulation, TabulationState
from core.appeals.tabulations.service import KEPT, WAITS, forget, what
from core.attachments.incoming import Arrived, Incoming
from core.attachments.kinds import Origin
from core.attachments.store import Limits, Owner, add
from core.directory.service import actor_in
from core.kernel.access import ANONYMOUS, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.extensions import Payload, Units
from core.kernel.files import PIECE
from core.kernel.serves import serves
from core.kernel.work import Work

ONCE = 100
"""Orders that are forgotten in one run."""


async def run_tabulation(units: Units, payload: Payload) -> None:
    """Job: reckon, write and keep the file of an order. Idempotent.

    It tells what its orderer might see when he ordered and still may see. A refusal ends the order;
    an outage (UNAVAILABLE) and what nobody expects leave it to the next attempt.
    """
    number = int(str(payload["tabulation"]))
    found = await _begun(units, number)
    if found is None:
        return
    subject, order = found
    try:
        rows = await _rows(units, number, subject, order)
        await _keep(units, number, order, rows)
    except Refusal as refusal:
        if refusal.code is RefusalCode.UNAVAILABLE:
            raise
        await _refused(units, number, refusal)


@serves()
async def run_forget(units: Units, _payload: Payload) -> None:
    """Periodic job: destroy files whose time is over."""
    async with units.work(system()) as work:
        query = select(Tabulation).where(
            Tabulation.state != TabulationState.GONE, Tabulation.expires_at <= work.now
        )
        for row in (await work.session.scalars(query.limit(ONCE))).all():
            await forget(work, row)


async def _begun(units: Units, number: int) -> tuple[str, Order] | None:
    """Whose order it is and what it asks; None where nothing is to be made."""
    async with units.work(system()) as work:
        row = await _open(work, number)
        if row is None or row.expires_at <= work.now:
            return None
        row.state = TabulationState.RUNNING
        return row.actor, what(work.keys, row)


async def _rows(units: Units, number: int, subject: str, order: Order) -> Rows:
    asked = order.asked
    if asked.criteria is None:
        days = asked.period.start, asked.period.last_day
        async with units.work(ANONYMOUS) as work:
            told = await release(work, asked.measure, asked.by, *days)
            return await open_rows(work, asked, told)

    async def tell(done: int, total: int) -> None:
        if done * TENTH // total != (done - 1) * TENTH // total:
            await _progress(units, number, done, total)

    async with units.reading(ANONYMOUS) as asking:
        actor = both(await actor_in(asking, subject), order.grants)
    async with units.reading(actor) as work:
        return await rows_of(work, asked, tell)


TENTH = 10


async def _progress(units: Units, number: int, done: int, total: int) -> None:
    async with units.work(system()) as work:
        row = await _open(work, number)
        if row is not None:
            row.done, row.total = done, total


async def _keep(units: Units, number: int, order: Order, rows: Rows) -> None:
    """Put the file and say in one stroke that it is there; nothing of it stays otherwise."""
    suffix, limits = order.asked.kind.suffix, Limits.of(units.own)
    async with units.reading(system()) as work:
        name = f"Счёт обращений на {work.now.astimezone(work.zone):%d.%m.%Y %H.%M}{suffix}"
    incoming, kept = Incoming(units.files, name, limits.file_bytes), False
    try:
        arrived = await asyncio.to_thread(_written, incoming, rows, suffix)
        kept = await _made(units, number, arrived, limits)
    finally:
        if not kept:
            await asyncio.to_thread(incoming.drop)


async def _made(units: Units, number: int, arrived: Arrived, limits: Limits) -> bool:
    async with units.work(system()) as work:
        row = await _open(work, number)
        if row is None:
            return False
        await add(work, Owner(KIND, number), Origin.MADE, arrived, limits)
        row.state, row.finished_at = TabulationState.READY, work.now
        row.done = row.total = max(row.total, 1)
        row.expires_at = work.now + KEPT
        after = {"kind": row.kind, "until": row.expires_at.isoformat()}
        await work.record(Event("tabulation.made", f"{KIND}:{number}", after=after))
    return True


async def _refused(units: Units, number: int, refusal: Refusal) -> None:
    async with units.work(system()) as work:
        row = await _open(work, number)
        if row is None:
            return
        row.state, row.finished_at, row.fingerprint = TabulationState.REFUSED, work.now, None
        row.code, row.text = refusal.code, refusal.text
        row.clause = refusal.clause.ref if refusal.clause else None
        after = {"code": refusal.code}
        await work.record(Event("tabulation.refused", f"{KIND}:{number}", after=after))


async def _open(work: Work, number: int) -> Tabulation | None:
    """The order, locked, unless it has ended."""
    row = await work.session.get(Tabulation, number, with_for_update=True)
    return row if row is not None and row.state in WAITS else None


def _written(incoming: Incoming, rows: Rows, suffix: str) -> Arrived:
    """Write the rows and take them in; the plain file lives as long as that lasts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"table{suffix}")
        with writer_for(path, suffix) as write:
            write(rows)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                incoming.add(piece)
    return incoming.finish()
