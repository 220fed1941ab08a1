"""Carrying out what was ordered: the list outside, then keys, then values, then the seal of it.

An order that was cut off at any point is carried out again from its beginning; the journal's event
that it was done comes last, in the transaction that destroys the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from core.appeals.erasing.destroying import destroy_values, keys_of
from core.appeals.erasing.model import Erasure
from core.appeals.model import Appeal
from core.kernel.access import system
from core.kernel.events import Event
from core.kernel.extensions import Units
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.erasing.beside import BESIDE, destroy_materials
from core.region.erasing.drafts import destroy_drafts
from core.region.erasing.letters import destroy_letters
from core.region.erasing.lines import lines_beside
from core.region.erasing.outside import Listed, enter, listed


async def carry_out(units: Units, act: int) -> None:
    """Destroy what the act orders; what another has carried out meanwhile is not told twice."""
    async with units.reading(system()) as work:
        row = await work.session.get_one(Erasure, act)
        lines = await lines_beside(work, row.appeals)
        keys = await keys_of(work, row.appeals, lines)
        sealing = work.sealing
        moment = row.ordered_at.isoformat()
    names = tuple(name.hex() for name in keys)
    enter(sealing.folder, Listed(act, tuple(row.appeals), row.ground, moment, names))
    sealing.vault.destroy(keys)
    async with units.work(system()) as work:
        row = await work.session.get_one(Erasure, act, with_for_update=True)
        if row.done_at is None:
            row.extract, row.done_at = await _destroy(work, act, row.appeals), work.now


async def run_unfinished(units: Units, _payload: Mapping[str, object]) -> None:
    """Periodic job: go on with orders that were cut off."""
    async with units.reading(system()) as work:
        query = select(Erasure.id).where(Erasure.done_at.is_(None)).order_by(Erasure.id)
        waiting = list(await work.session.scalars(query))
    for act in waiting:
        await carry_out(units, act)


async def replay(region: Region) -> int:
    """Erase anew, in a restored database, all that the list outside names; how many acts.

    Appeals that came after the backup are not there: what stands under their ids is left alone.
    """
    acts = listed(region.folder)
    for one in acts:
        async with region.work(system()) as work:
            there = await work.session.scalars(select(Appeal.id).where(Appeal.id.in_(one.appeals)))
            region.sealing.vault.destroy(bytes.fromhex(key) for key in one.keys)
            await _destroy(work, one.act, sorted(there))
    return len(acts)


async def _destroy(work: Work, act: int, appeals: Sequence[int]) -> dict[str, int]:
    counted = await destroy_drafts(work, appeals)
    lines = await lines_beside(work, appeals)
    counted |= await destroy_values(work, appeals, BESIDE, lines)
    counted |= await destroy_materials(work, appeals)
    counted |= await destroy_letters(work, appeals)
    said = {"act": act}
    await work.record_many([Event("appeal.erased", f"appeal:{one}", after=said) for one in appeals])
    return counted


def act_of(row: Erasure) -> str:
    """The act in Russian, with its extract: what was destroyed, by table and column."""
    done = f"{row.done_at:%d.%m.%Y %H:%M} UTC" if row.done_at else "не исполнен"
    lines = [
        f"Акт № {row.id} об уничтожении персональных данных",
        f"Основание: {row.ground}",
        f"Приказ об уничтожении: {row.ordered_at:%d.%m.%Y %H:%M} UTC, {row.actor}",
        f"Исполнен: {done}; способ: уничтожены ключи, затем значения в таблицах",
        f"Обращений: {len(row.appeals)}",
        f"Последняя копия с прежними значениями хранится по {row.plain_until:%d.%m.%Y}",
        "В файлах базы значений нет после обслуживания: tsur erase maintain",
        "Выписка (таблица.графа: строк):",
        *(f"  {name}: {number}" for name, number in sorted(row.extract.items())),
    ]
    return "\n".join(lines) + "\n"
