"""Making a copy: databases, files and settings of all regions in one sealed file.

The database is read first and the files after it: a file is written before the row that names it,
so every row of the copy finds its file. The copy gets its name when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from core.db.files import settle_folder
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.unreadable import why
from core.region.backup import server, sqlite
from core.region.backup.entries import PIECE, EntryWriter
from core.region.backup.files import kept_files
from core.region.backup.plain_settings import operations, plain_settings
from core.region.backup.record import note_backup
from core.region.backup.seal import Sealer
from core.region.keyring.copies import ring_text
from core.region.keyring.service import key_place
from core.region.revisions import require_there

SUFFIX = ".backup"


@dataclass(frozen=True, slots=True)
class Saved:
    """A copy that is whole; `contents` says of each region its tables and files."""

    path: Path
    made_at: datetime
    contents: dict[str, Any]


async def save(
    regions: Sequence[Region], folder: Path, secret: str, *, with_keys: bool = False
) -> Saved:
    """Make a copy of these regions in the folder. Nothing is written into their databases.

    Refuses INVALID where a database is not there, or the folder cannot be written.
    """
    for region in regions:
        require_there(region)
    home, made_at = regions[0].settings.data_dir, regions[0].now()
    number = uuid4().hex
    name = f"tsur-{made_at:%Y%m%dT%H%M%S}-{number[:6]}{SUFFIX}"
    told = {"id": number, "made_at": made_at.isoformat()}
    with _written(folder, home, name) as file:
        stream = Sealer(file, secret, told)
        out = EntryWriter(stream)
        codes = [region.code for region in regions]
        out.whole("settings", plain_settings(codes))
        out.whole("operations", operations(regions[0].settings))
        contents = {region.code: await _region(region, out, with_keys) for region in regions}
        out.whole("end", contents)
        stream.close()
    note_backup(home, codes, made_at, with_keys=with_keys, folder=folder)
    return Saved(folder / name, made_at, contents)


def newest(folder: Path) -> Path:
    """The newest copy of a folder, or the file that was named; Refusal(INVALID) where none is."""
    if folder.is_file():
        return folder
    found = max(folder.glob(f"tsur-*{SUFFIX}"), key=_made, default=None)
    if found is None:
        raise Refusal(RefusalCode.INVALID, f"В папке {folder} копий нет")
    return found


def _made(copy: Path) -> tuple[str, int]:
    """By its name, which says the second; within one by the file's own moment."""
    return copy.name.rpartition("-")[0], copy.stat().st_mtime_ns


async def _region(region: Region, out: EntryWriter, with_keys: bool) -> dict[str, Any]:
    """Everything of one region; what was written of it."""
    database = region.database
    dialect = "sqlite" if database.is_sqlite else "postgresql"
    folder = region.settings.data_dir / region.code
    folder.mkdir(parents=True, exist_ok=True)
    out.whole("region", code=region.code, dialect=dialect)
    if database.is_sqlite:
        heads, tables = sqlite.save_database(
            sqlite.file_of(database.url), folder, out, database.embedded
        )
    else:
        async with server.snapshot(database.url, pooled=database.pooled) as connection:
            heads, tables = await server.save_tables(connection, out)
    files = dict(_files(folder, out))
    if with_keys:
        data, signing = ring_text(key_place(region).read())
        out.whole("keys", {"data": data, "signing": signing})
    out.whole("region-end")
    sealed = database.is_sqlite and database.embedded.sealed
    told = {"dialect": dialect, "heads": heads, "tables": tables, "files": files}
    return {**told, "sealed": sealed}


def _files(folder: Path, out: EntryWriter) -> Iterator[tuple[str, list[object]]]:
    """Write every file; its path with its size and hash. One that is erased meanwhile is gone."""
    for path in kept_files(folder):
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        name, size, digest = path.relative_to(folder).as_posix(), 0, sha256()
        with file:
            out.begin("file", path=name)
            while part := file.read(PIECE):
                out.add(part)
                digest.update(part)
                size += len(part)
            out.end()
        yield name, [size, digest.hexdigest()]


@contextmanager
def _written(folder: Path, home: Path, name: str) -> Iterator[Any]:
    """A file that gets its name when the block has ended well; a draft of before goes."""
    own = sha256(str(home.absolute()).encode()).hexdigest()[:12]
    draft = folder / f".tsur-{own}.partial"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, folder / name)
        settle_folder(folder)
    except OSError as error:
        text = f"Копию в {folder} не записать ({why(error)})"
        raise Refusal(RefusalCode.INVALID, text) from error
    finally:
        draft.unlink(missing_ok=True)
