"""A database knows the store of its persons' keys, and does not begin beside another."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.sealing.commitments import key_name
from core.kernel.sealing.seals import Sealing
from core.kernel.sealing.vault import FILE
from core.kernel.work import Work
from core.region.erasing.outside import Listed, enter
from core.region.keyring import vault_mark
from core.region.keyring.model import KeyKind, KeyMark
from core.region.keyring.service import require_own, settle
from core.region.keyring.vault_mark import Held, give_up_vault, latest_keys
from tests.fixtures.clock import FrozenClock

FOREIGN = r"Хранилище ключей журнала не от базы региона «polygon»: .*vault\.db нет или это другое"

LATER = datetime(2100, 1, 1, tzinfo=UTC)
"""Than the bodies that a region has from its beginning were entered."""


@asynccontextmanager
async def beside(region: Region, folder: Path) -> AsyncIterator[Work]:
    """A unit of work whose keys come from settings while the data folder is this one."""
    async with region.work(system()) as work:
        yield replace(work, sealing=Sealing(work.keys, folder))


async def sealed(region: Region) -> None:
    async with region.work(system()) as work:
        await settle(work)
        await work.record(Event("keys.saved", "keys:polygon", "причина"))


async def marks(region: Region) -> list[tuple[str, bool]]:
    async with region.database.reading() as session:
        query = select(KeyMark).where(KeyMark.kind == KeyKind.VAULT).order_by(KeyMark.id)
        return [(row.mark, row.retired_at is None) for row in await session.scalars(query)]


async def refuses(region: Region, folder: Path) -> None:
    with pytest.raises(Refusal, match=FOREIGN) as refused:
        async with beside(region, folder) as work:
            await settle(work)
    assert refused.value.code is RefusalCode.INVALID
    assert refused.value.text.count("\n") == 0
    assert not (folder / FILE).exists() or folder == region.folder


async def test_a_new_database_and_its_store_are_marked_at_the_first_start(polygon: Region) -> None:
    await sealed(polygon)
    mark = polygon.sealing.vault.mark()
    assert await marks(polygon) == [(mark, True)]
    await sealed(polygon)
    assert await marks(polygon) == [(mark, True)]


async def test_another_data_folder_is_refused(polygon: Region, tmp_path: Path) -> None:
    await sealed(polygon)
    await refuses(polygon, tmp_path)
    (tmp_path / "used").mkdir()
    Sealing(polygon.keys, tmp_path / "used").vault.make_mark()
    with pytest.raises(Refusal, match=FOREIGN):
        async with beside(polygon, tmp_path / "used") as work:
            await require_own(work)


async def test_an_empty_file_in_the_place_of_the_store_is_refused(
    polygon: Region, tmp_path: Path
) -> None:
    await sealed(polygon)
    (tmp_path / FILE).touch()
    with pytest.raises(Refusal, match="не является хранилищем ключей или повреждён"):
        async with beside(polygon, tmp_path) as work:
            await settle(work)


async def test_a_database_of_before_marks_knows_its_store_by_the_journal(
    polygon: Region, tmp_path: Path
) -> None:
    await sealed(polygon)
    async with polygon.database.writing() as session:
        await session.execute(delete(KeyMark).where(KeyMark.kind == KeyKind.VAULT))
        assert await session.scalar(select(JournalEntry.id).where(JournalEntry.salts.is_not(None)))
    await refuses(polygon, tmp_path)
    async with polygon.reading(system()) as work:
        await require_own(work)
    assert await marks(polygon) == [], "whoever only looks marks nothing"
    await sealed(polygon)
    assert await marks(polygon) == [(polygon.sealing.vault.mark(), True)]


@pytest.mark.parametrize("marked", [True, False])
async def test_a_store_that_is_lost_is_given_up_on_purpose(
    polygon: Region, tmp_path: Path, marked: bool
) -> None:
    await sealed(polygon)
    former = polygon.sealing.vault.mark()
    if not marked:
        async with polygon.database.writing() as session:
            await session.execute(delete(KeyMark).where(KeyMark.kind == KeyKind.VAULT))
    await refuses(polygon, tmp_path)
    async with polygon.work(system()) as work:
        await give_up_vault(work.session, work.now)
    async with beside(polygon, tmp_path) as work:
        await settle(work)
    new = Sealing(polygon.keys, tmp_path).vault.mark()
    assert await marks(polygon) == [(former if marked else "lost", False), (new, True)]


async def fallen_behind(region: Region, folder: Path, clock: FrozenClock) -> None:
    """Copy the store, then seal three lines by keys that were made afterwards."""
    clock.moment = LATER
    await sealed(region)
    shutil.copytree(region.folder, folder)
    async with beside(region, region.folder) as work:
        for number in range(3):
            await work.record(Event("keys.saved", "keys:polygon", f"причина {number}"))


async def test_a_copy_that_has_fallen_behind_is_told_and_then_refused(
    polygon: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    copy = tmp_path / "copy"
    await fallen_behind(polygon, copy, clock)
    async with beside(polygon, polygon.folder) as work:
        assert await latest_keys(work) == Held(4, 0)
    async with beside(polygon, copy) as work:
        assert await latest_keys(work) == Held(4, 3)
        await require_own(work)
    monkeypatch.setattr(vault_mark, "LATEST", 3)
    before = await marks(polygon)
    with pytest.raises(Refusal) as refused:
        async with beside(polygon, copy) as work:
            await settle(work)
    assert (refused.value.code, refused.value.text) == (
        RefusalCode.INVALID,
        "Хранилище ключей журнала отстало от базы региона «polygon»: в "
        f"{copy / FILE} нет ключей последних строк. Это старая копия, или рядом работает "
        "установка с другой: хранилище у базы одно, верните его сюда; если оно утрачено навсегда: "
        "tsur keys renounce polygon",
    )
    assert await marks(polygon) == before


async def test_what_was_destroyed_is_missed_nowhere(
    polygon: Region, tmp_path: Path, clock: FrozenClock
) -> None:
    await fallen_behind(polygon, tmp_path / "copy", clock)
    async with polygon.database.reading() as session:
        salts = await session.scalars(
            select(JournalEntry.salts).where(JournalEntry.salts.is_not(None))
        )
        names = [key_name(one) for one in salts if one]
    polygon.sealing.vault.destroy(names)
    async with beside(polygon, polygon.folder) as work:
        assert await latest_keys(work) == Held(4, 4)
        enter(polygon.folder, Listed(1, (), "приказ", "2026-11-30", tuple(n.hex() for n in names)))
        assert await latest_keys(work) == Held(0, 0)
        await require_own(work)


async def test_a_copy_that_was_put_back_for_good_begins_anew(
    polygon: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    copy = tmp_path / "copy"
    await fallen_behind(polygon, copy, clock)
    monkeypatch.setattr(vault_mark, "LATEST", 3)
    clock.forward(hours=1)
    async with polygon.work(system()) as work:
        await give_up_vault(work.session, work.now)
    async with beside(polygon, copy) as work:
        await settle(work)
        assert await latest_keys(work) == Held(0, 0)
    assert await marks(polygon) == [(polygon.sealing.vault.mark(), True)]
    async with beside(polygon, copy) as work:
        await work.record(Event("keys.saved", "keys:polygon", "причина"))
    async with beside(polygon, copy) as work:
        assert await latest_keys(work) == Held(1, 0)
        await require_own(work)
