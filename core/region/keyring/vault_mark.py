"""What a database remembers the store of persons' keys by: beside another's it does not start.

The keys of a region may come from settings while the data folder is a wrong one; the store then
looks new, and whatever was sealed by the former one can be checked no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from core.db.bulk import table_of, upsert
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.sealing.commitments import key_name
from core.kernel.work import Work
from core.region.erasing.outside import listed
from core.region.keyring.model import KeyKind, KeyMark

LATEST = 500
"""Lines of the journal by which a store is known to be the one that they were sealed with."""

LOST = "lost"
"""In the place of a mark, where a store was given up that the database had none of."""


class Held(NamedTuple):
    """How many keys the latest lines of the journal have, and how many the store has not."""

    all: int
    missing: int


async def require_vault(work: Work) -> None:
    """Refuse INVALID where the store at hand is not the one that the database knows."""
    work.sealing.vault.require_sound()
    rows = await _known(work.session)
    active = {row.mark for row in rows if row.retired_at is None}
    if active and work.sealing.vault.mark() not in active:
        raise _foreign(work)
    held = await latest_keys(work)
    if held.missing == held.all > 0:
        raise _behind(work) if active else _foreign(work)


async def settle_vault(work: Work) -> None:
    """Remember the store at hand; refuse as `require_vault` does."""
    await require_vault(work)
    if any(row.retired_at is None for row in await _known(work.session)):
        return
    values = {"kind": KeyKind.VAULT, "mark": work.sealing.vault.make_mark(), "met_at": work.now}
    row = upsert(work.dialect, table_of(KeyMark)).values(values)
    back = {"retired_at": None, "met_at": work.now}
    again = row.on_conflict_do_update(index_elements=["kind", "mark"], set_=back)
    await work.session.execute(again)  # one that was given up may have come back


async def give_up_vault(database: AsyncConnection | AsyncSession, now: datetime) -> None:
    """Let the database begin anew with another store: what the former one kept is lost."""
    table = table_of(KeyMark)
    known = await database.execute(select(table.c.id).where(table.c.kind == KeyKind.VAULT))
    if known.first() is None:
        lost = {"kind": KeyKind.VAULT, "mark": LOST, "met_at": now, "retired_at": now}
        await database.execute(insert(table).values(lost))
    held = table.c.kind == KeyKind.VAULT, table.c.retired_at.is_(None)
    await database.execute(update(table).where(*held).values(retired_at=now))


async def _known(session: AsyncSession) -> list[KeyMark]:
    query = select(KeyMark).where(KeyMark.kind == KeyKind.VAULT).order_by(KeyMark.id)
    found = await session.scalars(query.execution_options(populate_existing=True))
    return list(found)


async def latest_keys(work: Work) -> Held:
    """Of the keys of the latest lines of the journal, those that the store at hand has not.

    What lies before the store was met, or taken back after it was given up, is not asked of it.
    """
    rows = await _known(work.session)
    met = [row.met_at for row in rows if row.retired_at is None]
    salts = select(JournalEntry.salts).where(JournalEntry.salts.is_not(None))
    if met:
        salts = salts.where(JournalEntry.at >= max(met))
    elif rows:
        return Held(0, 0)  # the former one was given up, and there is no other yet
    latest = await work.session.scalars(salts.order_by(JournalEntry.id.desc()).limit(LATEST))
    names = {key_name(one) for one in latest if one}
    destroyed = {bytes.fromhex(name) for one in listed(work.sealing.folder) for name in one.keys}
    names -= destroyed
    return Held(len(names), len(names - work.sealing.vault.find(names).keys()))


def _behind(work: Work) -> Refusal:
    text = (
        f"Хранилище ключей журнала отстало от базы региона «{work.region}»: в "
        f"{work.sealing.vault.path} нет ключей последних строк. Это старая копия, или рядом "
        "работает установка с другой: хранилище у базы одно, верните его сюда; если оно утрачено "
        f"навсегда: tsur keys renounce {work.region}"
    )
    return Refusal(RefusalCode.INVALID, text)


def _foreign(work: Work) -> Refusal:
    text = (
        f"Хранилище ключей журнала не от базы региона «{work.region}»: {work.sealing.vault.path} "
        "нет или это другое хранилище. Проверьте TSUR_DATA_DIR или верните прежний файл из копии; "
        f"если он утрачен навсегда: tsur keys renounce {work.region}"
    )
    return Refusal(RefusalCode.INVALID, text)
