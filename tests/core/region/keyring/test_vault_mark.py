"""A database knows the store of its persons' keys, and does not begin beside another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.sealing.seals import Sealing
from core.kernel.sealing.vault import FILE
from core.kernel.work import Work
from core.region.keyring.model import KeyKind, KeyMark
from core.region.keyring.service import require_own, settle
from core.region.keyring.vault_mark import give_up_vault

FOREIGN = r"Хранилище ключей журнала не от базы региона «polygon»: .*vault\.db нет или это другое"


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
