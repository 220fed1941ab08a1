"""What a database remembers the store of persons' keys by: beside another's it does not start.

The keys of a region may come from settings while the data folder is a wrong one; the store then
looks new, and whatever was sealed by the former one can be checked no more.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from core.db.bulk import table_of, upsert
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.sealing.commitments import key_name
from core.kernel.work import Work
from core.region.keyring.model import KeyKind, KeyMark

LATEST = 500
"""Lines of the journal by which a database of before such marks knows its store."""

LOST = "lost"
"""In the place of a mark, where a store was given up that the database had none of."""


async def require_vault(work: Work) -> None:
    """Refuse INVALID where the store at hand is not the one that the database knows."""
    work.sealing.vault.require_sound()
    rows = await _known(work.session)
    active = {row.mark for row in rows if row.retired_at is None}
    if active and work.sealing.vault.mark() not in active:
        raise _foreign(work)
    if not rows and not await _holds_latest(work):
        raise _foreign(work)


async def settle_vault(work: Work) -> None:
    """Remember the store at hand; refuse as `require_vault` does."""
    await require_vault(work)
    if any(row.retired_at is None for row in await _known(work.session)):
        return
    values = {"kind": KeyKind.VAULT, "mark": work.sealing.vault.make_mark(), "met_at": work.now}
    row = upsert(work.dialect, table_of(KeyMark)).values(values)
    again = row.on_conflict_do_update(index_elements=["kind", "mark"], set_={"retired_at": None})
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


async def _holds_latest(work: Work) -> bool:
    """Whether nothing was sealed by any store yet, or the one at hand has a key of the latest."""
    salts = select(JournalEntry.salts).where(JournalEntry.salts.is_not(None))
    latest = await work.session.scalars(salts.order_by(JournalEntry.id.desc()).limit(LATEST))
    names = {key_name(one) for one in latest if one}
    return not names or bool(work.sealing.vault.find(names))


def _foreign(work: Work) -> Refusal:
    text = (
        f"Хранилище ключей журнала не от базы региона «{work.region}»: {work.sealing.vault.path} "
        "нет или это другое хранилище. Проверьте TSUR_DATA_DIR или верните прежний файл из копии; "
        f"если он утрачен навсегда: tsur keys renounce {work.region}"
    )
    return Refusal(RefusalCode.INVALID, text)
