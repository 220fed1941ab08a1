"""Regions for the length of one command; what keeps one from opening is said in one line."""

from __future__ import annotations

import importlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated

import typer

from core.appeals.refresh.service import Progress, refresh_batch
from core.db.address import place
from core.db.faults import told
from core.db.files import own_folder
from core.directory.seed import load_directory, seed_bodies
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyring import KeyPlace
from core.kernel.region import Region
from core.kernel.settings import Settings, prefix_of
from core.region.backup.guard import require_recent
from core.region.backup.record import require_finished
from core.region.keyring.service import key_place, require_makeable, settle
from core.region.opening import open_region
from core.region.revisions import (
    is_current,
    require_current,
    require_not_newer,
    require_there,
    require_whole,
)

MIGRATIONS = "core.region.migrate"
"""Read only for a database that is not up to date: it brings Alembic."""

RegionCode = Annotated[str, typer.Argument(help="Код региона из TSUR_REGIONS")]


@asynccontextmanager
async def opened(
    settings: Settings, code: str, *, beginning: bool = False
) -> AsyncIterator[Region]:
    """The region as it stands, whatever its database; closed at the end.

    Unless it is `beginning`, its keys and the file of its database are where the settings say:
    with a wrong folder nothing is made. Keys are made for a database that never had any.
    """
    require_finished(settings.data_dir)
    region = open_region(code, settings, make_keys=beginning)
    try:
        keys = key_place(region)
        if not beginning:
            require_there(region)
            keys.require(make=False)
        elif keys.missing or not region.database.is_there:
            _require_folder(keys)
            with reaching(region):
                await require_makeable(keys, region.database)
        yield region
    finally:
        await region.database.close()


@asynccontextmanager
async def standing(settings: Settings, *codes: str) -> AsyncIterator[list[Region]]:
    """These regions, or all, as they are, whatever their databases; no key is read or made."""
    opened: list[Region] = []
    try:
        for code in codes or settings.regions:
            opened.append(open_region(code, settings, make_keys=False))
        yield opened
    finally:
        for region in opened:
            await region.database.close()


@asynccontextmanager
async def ready(settings: Settings, code: str, *, beginning: bool = False) -> AsyncIterator[Region]:
    """The region on a migrated database with its own keys; whatever else is refused.

    The embedded default belongs to whoever runs the command, so it is brought up to date here, one
    with appeals not without a young copy; it is made where it is `beginning`.
    """
    async with opened(settings, code, beginning=beginning) as region:
        with reaching(region):
            if region.database.is_sqlite:
                if region.database.is_there:
                    await require_recent(region)
                await prepare(region)
            else:
                await require_current(region)
                await _settle(region)
        yield region


async def prepare(region: Region, *, progress: Progress = lambda done, total: None) -> None:
    """Bring tables, the bodies named by the acts and cases' terms up to date; remember the keys.

    A new embedded database also gets the region's directory, so that appeals can be delivered from
    the first minute. On a server the directory is the region's own: `tsur directory load`.
    """
    _ = region.keys.ring  # made before the database: one without the other does not open
    await require_not_newer(region)
    new = not await is_current(region)
    if not new:
        await require_whole(region)
    if new:
        await importlib.import_module(MIGRATIONS).migrate(region, progress=progress)
    while not new and await _left(region, progress):
        pass  # an upgrade that was broken off goes on
    await _settle(region)
    async with region.work(system()) as work:
        if not new:
            await seed_bodies(work)
        elif region.database.is_sqlite:
            for path in region.directories:
                await load_directory(work, path)


@contextmanager
def reaching(region: Region) -> Iterator[None]:
    """Whatever keeps the block from the database as Refusal(INVALID), in one line."""
    try:
        yield
    except (Refusal, LookupError, AttributeError, AssertionError):
        raise
    except Exception as error:
        why = told(error, f"{prefix_of(region.code)}POOLED")
        if why is None:
            raise
        text = f"База региона «{region.code}» ({place(region.database.url)}): {why}"
        raise Refusal(RefusalCode.INVALID, text) from None


async def _settle(region: Region) -> None:
    async with region.work(system()) as work:
        await settle(work)


def _require_folder(keys: KeyPlace) -> None:
    """Refuse a folder of data that cannot be made or written."""
    try:
        own_folder(keys.folder)
        writable = os.access(keys.folder, os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        text = f"Папка данных {keys.folder} недоступна: исправьте TSUR_DATA_DIR или права на неё"
        raise Refusal(RefusalCode.INVALID, text)


async def _left(region: Region, progress: Progress) -> bool:
    async with region.work(system()) as work:
        return await refresh_batch(work, progress=progress)
