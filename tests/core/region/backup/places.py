"""Empty places for a region: a folder of data, and a database where nothing is yet."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url

from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.db.database import Database
from core.kernel.access import system
from core.kernel.keys import open_keys
from core.kernel.region import Region
from core.kernel.settings import RegionSettings
from core.region.keyring.service import settle
from tests.fixtures.databases import put_vault
from tests.nets.dumps import connected

SECRET = "верный конь и батарейка"
CANARY = "Канарейкин-Проверочный"
ROWS = 25
KILLS = int(os.environ.get("TSUR_TEST_KILLS", "2"))
"""At how many points whatever must survive it is killed: few by default, ten by `make kills`."""


async def filled(region: Region, home: Path) -> Region:
    """The region with its data in this folder: keys, a few appeals, a file."""
    settings = region.settings.model_copy(update={"data_dir": home})
    keys = open_keys(RegionSettings(), home / region.code)
    own = replace(region, settings=settings, keys=keys)
    put_vault(region.settings.data_dir, own.folder)
    async with own.work(system()) as work:
        await settle(work)
        for number in range(ROWS):
            contact = Contact(name=f"{CANARY} {number}")
            given = NewAppeal(
                channel="letter", external_id=str(number), text=f"Яма у дома {CANARY} {number}",
                received_at=work.now, contact=contact,
            )  # fmt: skip
            await take_in(work, given)
    file = home / region.code / "files" / "ab" / "отзыв.txt"
    file.parent.mkdir(parents=True)
    file.write_text(f"Прошу вернуть. {CANARY}", "utf-8")
    return own


@asynccontextmanager
async def empty(region: Region, home: Path) -> AsyncIterator[Region]:
    """The same region where nothing is: another folder, another database of the same kind."""
    settings = region.settings.model_copy(update={"data_dir": home})
    keys = open_keys(RegionSettings(), home / region.code, make=False)
    if region.database.is_sqlite:
        url = f"sqlite+aiosqlite:///{home / region.code / 'tsur.db'}"
        database = Database(url)
        try:
            yield replace(region, settings=settings, keys=keys, database=database)
        finally:
            await database.close()
        return
    name = f"{make_url(region.database.url).database}_empty"
    async with connected(region.database.url) as server:
        await server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    url = make_url(region.database.url).set(database=name).render_as_string(hide_password=False)
    database = Database(url)
    try:
        yield replace(region, settings=settings, keys=keys, database=database)
    finally:
        await database.close()
        async with connected(region.database.url) as server:
            await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
