"""Restoring for exercise: into a place made for it, proved, and removed without a trace."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import make_url

from core.db.database import Database
from core.db.server import connect
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.backup.contents import Contents, require_fitting
from core.region.backup.record import note_drill
from core.region.backup.restoration import Restored, restore
from core.region.backup.server import quoted
from core.region.keyring.at_rest import embedded

FOLDER, PREFIX = ".drill", "tsur_drill_"
NO_RIGHT = "42501"
MAY_NOT = (
    "Проба восстанавливает в базу, которую создаёт сама, а права создавать базы у пользователя "
    "нет: его даёт администратор сервера"
)


async def drill(copy: Contents, regions: Sequence[Region], secret: str) -> list[Restored]:
    """Restore the copy into a scratch place beside the real one; whatever `restore` refuses.

    On a server that takes the right to create databases: INVALID says so where it is not there.
    """
    require_fitting(copy, regions)
    scratch = regions[0].settings.data_dir / FOLDER
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        async with AsyncExitStack() as stack:
            places = [
                await stack.enter_async_context(_place(region, scratch))
                for region in regions
                if region.code in copy.parts
            ]
            done = await restore(copy, places, secret)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    home, codes = regions[0].settings.data_dir, [one.code for one in done]
    note_drill(home, codes, regions[0].now(), copy.made_at)
    return done


@asynccontextmanager
async def _place(region: Region, scratch: Path) -> AsyncIterator[Region]:
    """The region on a database that is there for the length of the block."""
    settings = region.settings.model_copy(update={"data_dir": scratch})
    if region.database.is_sqlite:
        url = f"sqlite+aiosqlite:///{scratch / region.code / 'tsur.db'}"
        way = embedded(scratch / region.code, region.keys, sealed=settings.seal_texts)
        yield replace(region, settings=settings, database=Database(url, embedded=way))
        return
    name = PREFIX + region.code
    url = make_url(region.database.url).set(database=name).render_as_string(hide_password=False)
    try:
        await _command(region, f"DROP DATABASE IF EXISTS {quoted(name)}")
        await _command(region, f"CREATE DATABASE {quoted(name)} TEMPLATE template0")
    except Exception as error:
        if getattr(error, "sqlstate", None) != NO_RIGHT:
            raise
        raise Refusal(RefusalCode.INVALID, MAY_NOT) from error
    database = Database(url, pooled=region.database.pooled)
    try:
        yield replace(region, settings=settings, database=database)
    finally:
        await database.close()
        await _command(region, f"DROP DATABASE IF EXISTS {quoted(name)}")


async def _command(region: Region, statement: str) -> None:
    connection = await connect(region.database.url, pooled=region.database.pooled)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
