"""Bringing a copy back into an empty place, whole or not at all.

The copy is first read to its end. Then each part is brought beside its place and proved, and only
what is proved is put there; a server's tables come in one transaction. A run that was broken off
leaves a mark by which nothing here is served, and the next run does the same again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.db.bulk import table_of
from core.db.database import Database
from core.db.files import FILE_MODE
from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Arrival, Way
from core.kernel.errors import Refusal
from core.kernel.keyfiles import DRAFT, write_file
from core.kernel.region import Region
from core.kernel.sealing.vault import FILE as VAULT_FILE
from core.region.backup import server, sqlite
from core.region.backup.contents import Contents, Part, require_fitting
from core.region.backup.entries import Entry, entries
from core.region.backup.files import kept_files
from core.region.backup.record import forget_restoration, note_restoration, restoration
from core.region.backup.seal import opened
from core.region.erasing.carrying import replay
from core.region.erasing.outside import listed
from core.region.keyring.copies import put_missing
from core.region.keyring.service import key_place
from core.region.keyring.vault_mark import give_up_vault
from core.region.migrate import connecting, stand_at, upgrade

DRAFTS = ".restoring"
SETTINGS_FILE = "settings-of-the-copy.env"
OPERATIONS_FOLDER = "operations-of-the-copy"


@dataclass(frozen=True, slots=True)
class Restored:
    """A region that is in its place; `keys` says whether they are there too."""

    code: str
    part: Part
    keys: bool


async def restore(copy: Contents, regions: Sequence[Region], secret: str) -> list[Restored]:
    """Bring everything of the copy to where these regions have their place.

    Refuses INVALID where the copy does not fit, the place is not empty, or a table or a file does
    not come out as it was saved.
    """
    require_fitting(copy, regions)
    places = {one.code: one for one in regions if one.code in copy.parts}
    home = regions[0].settings.data_dir
    begun = restoration(home)
    if begun is None:
        for region in places.values():
            await _require_empty(region)
        note_restoration(home, copy.id)
    elif begun != copy.id:
        text = "Здесь начато восстановление из другой копии: закончите его или очистите место"
        raise Refusal(RefusalCode.INVALID, text)
    stream = entries(opened(copy.path, secret))
    keys: dict[str, dict[str, str]] = {}
    for entry in stream:
        if entry.kind == "region":
            code = entry.about["code"]
            keys[code] = await _bring(places[code], copy, stream)
    for code, region in places.items():
        _put(region, copy.parts[code], keys[code])
    for region in places.values():
        if listed(region.folder):
            await replay(region)  # before anybody is served: what was erased since does not return
    write_settings(home, copy)
    forget_restoration(home)
    return [
        Restored(code, copy.parts[code], not key_place(region).missing)
        for code, region in places.items()
    ]


async def _require_empty(region: Region) -> None:
    folder = region.settings.data_dir / region.code
    lying = next(kept_files(folder), None) if folder.exists() else None
    database = region.database
    if lying is not None:
        found = f"лежит {lying}"
    elif database.is_sqlite:
        file = sqlite.file_of(database.url)
        found = f"есть база {file}" if file.exists() else ""
    else:
        async with server.snapshot(database.url, pooled=database.pooled) as connection:
            there = await server.tables(connection)
        found = f"в базе есть таблицы (например, {there[0].name})" if there else ""
    if found:
        text = f"Восстанавливают только в пустое место, а у региона «{region.code}» {found}"
        raise Refusal(RefusalCode.INVALID, text)


async def _bring(region: Region, copy: Contents, stream: Iterator[Entry]) -> dict[str, str]:
    """Bring one region beside its place, a server's tables into theirs; its keys, if they came."""
    folder = region.settings.data_dir / region.code
    folder.mkdir(parents=True, exist_ok=True)
    drafts = folder / DRAFTS
    shutil.rmtree(drafts, ignore_errors=True)
    for left in folder.glob(f"{DRAFT}*"):
        left.unlink()
    if region.database.is_sqlite:
        await _bring_file(region, copy, next(stream))
    else:
        await _bring_tables(region, copy, stream)
    keys: dict[str, str] = {}
    found: dict[str, list[object]] = {}
    for entry in stream:
        if entry.kind == "region-end":
            break
        if entry.kind == "keys":
            keys = orjson.loads(entry.content())
        elif entry.kind == "file":
            name = entry.about["path"]
            found[name] = _draft(drafts / name, entry)
    _require_same(region, "файл", copy.parts[region.code].files, found)
    return keys


async def _bring_file(region: Region, copy: Contents, entry: Entry) -> None:
    """SQLite: the file of the database, proved and brought up to date beside its place."""
    draft = _beside(region)
    way = sqlite.load_database(entry, draft)
    _require_same(region, "таблица", copy.parts[region.code].tables, sqlite.tallies(draft, way))
    database = Database(f"sqlite+aiosqlite:///{draft}", embedded=way)
    scratch = replace(region, database=database)
    async with connecting(scratch) as connection:
        await _arrive(scratch, copy, connection)
    sqlite.settle_file(draft, way)


async def _bring_tables(region: Region, copy: Contents, stream: Iterator[Entry]) -> None:
    """PostgreSQL: everything in one transaction, which is proved before it is committed."""
    part = copy.parts[region.code]
    async with connecting(region) as connection:
        if await _is_here(connection, copy):
            _pass_over_tables(stream)
            return
        await connection.run_sync(stand_at, region, part.heads)
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await server.write_plainly(driver)
        references = await server.empty_tables(driver)
        loaded: list[server.Stored] = []
        for entry in stream:
            if entry.kind == "sequences":
                await server.load_sequences(driver, orjson.loads(entry.content()))
                break
            await server.load_table(driver, entry)
            loaded.append(server.Stored(entry.about["name"], tuple(entry.about["columns"])))
        await server.finish_tables(driver, references)
        found = {one.name: await server.tally_table(driver, one) for one in loaded}
        _require_same(region, "таблица", part.tables, found)
        await _arrive(region, copy, connection)


async def _is_here(connection: AsyncConnection, copy: Contents) -> bool:
    """Whether an earlier run has brought the copy here; Refusal(INVALID) for anything else."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    names = {one.name for one in await server.tables(driver)}
    if not names:
        return False
    table = table_of(Arrival)
    if table.name in names:
        rows = await connection.execute(select(table.c.id).where(table.c.source == copy.id))
        if rows.first() is not None:
            return True
    text = "База уже не пуста: пока шло восстановление, в ней появились таблицы"
    raise Refusal(RefusalCode.INVALID, text)


def _pass_over_tables(stream: Iterator[Entry]) -> None:
    for entry in stream:
        if entry.kind == "sequences":
            return


async def _arrive(region: Region, copy: Contents, connection: AsyncConnection) -> None:
    """Bring the tables up to date and close the doors, before anybody sees the database."""
    await connection.run_sync(upgrade, region)
    if not (region.folder / VAULT_FILE).exists():  # no copy has it, and it was not put here
        await give_up_vault(connection, region.now())
    row = {
        "way": Way.RESTORED,
        "source": copy.id,
        "made_at": copy.made_at,
        "began_at": region.now(),
        "completed_at": region.now(),
    }
    await connection.execute(insert(table_of(Arrival)).values(row))


def _draft(path: Path, entry: Entry) -> list[object]:
    """Write a file beside its place; its size and hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size, digest = 0, sha256()
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with open(made, "wb") as file:
        for piece in entry.pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return [size, digest.hexdigest()]


def _put(region: Region, part: Part, keys: Mapping[str, str]) -> None:
    """Put in its place whatever lies beside it."""
    folder = region.settings.data_dir / region.code
    for name in part.files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(folder / DRAFTS / name, folder / name)
    shutil.rmtree(folder / DRAFTS, ignore_errors=True)
    if keys:
        put_missing(key_place(region), keys["data"], keys["signing"])
    if region.database.is_sqlite:
        os.replace(_beside(region), sqlite.file_of(region.database.url))


def _beside(region: Region) -> Path:
    file = sqlite.file_of(region.database.url)
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.with_name(f".{file.name}.restoring")


def write_settings(home: Path, copy: Contents) -> None:
    """Leave the settings and operations of the copy to be read: a process has its own."""
    lines = "".join(f"{name}={value}\n" for name, value in copy.settings.items())
    write_file(home / SETTINGS_FILE, lines.encode())
    for name, text in copy.operations.items():
        (home / OPERATIONS_FOLDER).mkdir(exist_ok=True)
        write_file(home / OPERATIONS_FOLDER / Path(name).name, text.encode())


def _require_same(
    region: Region,
    what: str,
    saved: Mapping[str, list[object]],
    found: Mapping[str, list[object]],
) -> None:
    names = sorted(saved.keys() | found.keys())
    wrong = [name for name in names if saved.get(name) != found.get(name)]
    if wrong:
        text = f"Регион «{region.code}»: {what} «{wrong[0]}» не сходится с копией"
        raise Refusal(RefusalCode.INVALID, text)
