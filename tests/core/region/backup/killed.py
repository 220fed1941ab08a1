"""What test_kills has a process of its own do: copies, restorations and moves killed on the way.

One process reads the program once and forks a child for each attempt: the first counts the points
at which the machine could go off, the others die there by SIGKILL, and then the same is run again
to its end. What is printed is a line of JSON for each point.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from core.db.database import Database
from core.db.embedded import PLAIN
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import read_settings
from core.region.backup import entries, record, restoration, seal, server
from core.region.backup import move as moving
from core.region.backup.archive import newest, save
from core.region.backup.contents import contents
from core.region.backup.move import move
from core.region.backup.record import last_backup
from core.region.backup.record import restoration as under_way
from core.region.backup.restoration import restore
from core.region.backup.sqlite import tallies
from core.region.opening import open_region
from core.region.revisions import require_current
from tests.core.region.backup.places import SECRET
from tests.nets.dumps import connected

CODE = "polygon"
COUNT = -1
Attempt = Callable[[], Coroutine[Any, Any, None]]
Act = Callable[[Region], Awaitable[object]]


class Death:
    """Counts the points that are passed, and dies at one of them."""

    left = COUNT
    passed = 0

    @classmethod
    def near(cls, function: Any) -> Any:
        def counted(*given: Any, **more: Any) -> Any:
            if cls.passed == cls.left:
                os.kill(os.getpid(), signal.SIGKILL)
            cls.passed += 1
            return function(*given, **more)

        return counted


def set_traps() -> None:
    """Before whatever reaches the disk or the server, and at each piece read or written."""
    seal.CHUNK = 20_000
    for name in ("replace", "fsync", "unlink"):
        setattr(os, name, Death.near(getattr(os, name)))
    for owner, name in (
        (entries.EntryWriter, "end"),
        (entries._Stream, "piece"),
        (server, "load_table"),
        (server, "finish_tables"),
        (restoration, "_arrive"),
        (moving, "_put"),
        (moving, "_prove"),
        (moving, "_driver"),
        (record, "write_file"),
        (record, "forget_restoration"),
    ):
        setattr(owner, name, Death.near(getattr(owner, name)))


def attempt(run: Attempt, point: int) -> tuple[int, int]:
    """How a child ended that dies at this point, and how many points it passed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        Death.left, Death.passed = point, 0
        asyncio.run(run())
        os.write(writing, str(Death.passed).encode())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        return os.waitstatus_to_exitcode(status), int(told.read() or 0)


def points(many: int, wanted: int) -> list[int]:
    """So many of them, from the first to the last."""
    wanted = min(wanted, many)
    return sorted({round(number * (many - 1) / max(wanted - 1, 1)) for number in range(wanted)})


@dataclass(frozen=True)
class Place:
    """Where the region stands: a folder, and a server's database where it is not in there."""

    known: Region
    home: Path
    url: str | None

    def attempt(self, act: Act) -> Attempt:
        """To do this with the region here."""

        async def run() -> None:
            settings = self.known.settings.model_copy(update={"data_dir": self.home})
            url = self.url or f"sqlite+aiosqlite:///{self.home / CODE / 'tsur.db'}"
            region = replace(self.known, settings=settings, database=Database(url))
            await act(region)
            await region.database.close()

        return run

    def clear(self) -> None:
        """Make it empty."""
        shutil.rmtree(self.home, ignore_errors=True)
        if self.url:
            asyncio.run(_anew(self.url))

    def found(self) -> dict[str, Any]:
        """What its tables come to; nothing where there are none."""
        if self.url:
            return asyncio.run(_server_tallies(self.url))
        file = self.home / CODE / "tsur.db"
        return tallies(file, PLAIN) if file.exists() else {}


async def _anew(url: str) -> None:
    name = make_url(url).database
    server_url = make_url(url).set(database="postgres").render_as_string(hide_password=False)
    async with connected(server_url) as one:
        await one.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await one.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')


async def _server_tallies(url: str) -> dict[str, Any]:
    async with server.snapshot(url, pooled=False) as connection:
        return {
            one.name: await server.tally_table(connection, one)
            for one in await server.tables(connection)
        }


def copies(source: Place, folder: Path, wanted: int) -> None:
    """Kill the making of a copy; whatever is in the folder is whole, and the next run makes one."""

    read = dict[bytes, Mapping[str, Any]]()

    def told(path: Path) -> Mapping[str, Any]:
        """The tables of a copy; its passphrase is dear to try, so the same bytes are read once."""
        digest = sha256(path.read_bytes()).digest()
        if digest not in read:
            read[digest] = contents(path, SECRET).parts[CODE].tables
        return read[digest]

    async def act(region: Region) -> None:
        await save([region], folder, SECRET, with_keys=True)

    for point in _points(source.attempt(act), wanted, lambda: None):
        before = len([*folder.glob("tsur-*.backup")])
        died, _ = attempt(source.attempt(act), point)
        kept = sorted(folder.glob("tsur-*.backup"))
        ended, _ = attempt(source.attempt(act), COUNT)
        whole = [told(path) for path in folder.glob("tsur-*")]
        _tell(
            point=point, died=died, ended=ended, made=len(whole) - before,
            kept=len(kept) - before, same=all(one == whole[0] for one in whole),
            drafts=[path.name for path in folder.glob(".*")],
            noted=last_backup(source.home, CODE) is not None,
        )  # fmt: skip


def restorations(source: Place, place: Place, folder: Path, wanted: int) -> None:
    """Kill the restoration: a place that would be served is whole, and the next run makes it so."""

    async def act(region: Region) -> None:
        await restore(contents(newest(folder), SECRET), [region], SECRET)

    there = _but_for_arrivals(source.found())
    for point in _points(place.attempt(act), wanted, place.clear):
        place.clear()
        died, _ = attempt(place.attempt(act), point)
        found = place.found()
        served = bool(found) and under_way(place.home) is None
        half = served and _but_for_arrivals(found) != there
        ended = 0 if served else attempt(place.attempt(act), COUNT)[0]
        after = place.found()
        _tell(
            point=point, died=died, ended=ended, half=half,
            same=_but_for_arrivals(after) == there, arrivals=after["arrival"][0],
            files=sorted(
                path.relative_to(place.home).as_posix()
                for path in place.home.rglob("*") if path.is_file() and path.suffix != ".db"
            ),
        )  # fmt: skip


def moves(source: Place, place: Place, wanted: int) -> None:
    """Kill the move: a target that would be served is whole, and the next run makes it so."""
    kept = source.home.with_name("kept")
    shutil.copytree(source.home, kept)

    async def act(region: Region) -> None:
        target = replace(region, database=Database(str(place.url)))
        await move(region, target, lambda done, total: None)
        await target.database.close()

    def clear() -> None:
        place.clear()
        shutil.rmtree(source.home, ignore_errors=True)
        shutil.copytree(kept, source.home)

    for point in _points(source.attempt(act), wanted, clear):
        clear()
        died, _ = attempt(source.attempt(act), point)
        served = bool(place.found()) and asyncio.run(_whole(place))
        ended, _ = attempt(source.attempt(act), COUNT)
        _tell(
            point=point, died=died, ended=ended, early=served and point == 0,
            served=asyncio.run(_whole(place)), rows={k: v[0] for k, v in place.found().items()},
        )  # fmt: skip


async def _whole(place: Place) -> bool:
    region = replace(place.known, database=Database(str(place.url)))
    try:
        await require_current(region)
    except Refusal:
        return False
    finally:
        await region.database.close()
    return True


def _points(run: Attempt, wanted: int, clear: Callable[[], None]) -> list[int]:
    clear()
    ended, many = attempt(run, COUNT)
    assert ended == 0
    assert many >= wanted
    return points(many, wanted)


def _but_for_arrivals(found: dict[str, Any]) -> dict[str, Any]:
    """Without how it came here, and without the keys' marks: that of their store is given up."""
    return {name: told for name, told in found.items() if name not in ("arrival", "key_mark")}


def _tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main(said: dict[str, Any]) -> None:
    """Kill what is said, so often as is said."""
    set_traps()
    known = open_region(CODE, read_settings(), make_keys=False)
    source = Place(known, Path(said["source"]), said["source_url"])
    folder = Path(said["copies"])
    place = Place(known, Path(said["place"]), said["place_url"])
    if said["what"] == "copies":
        copies(source, folder, said["wanted"])
    elif said["what"] == "moves":
        moves(source, place, said["wanted"])
    else:
        restorations(source, place, folder, said["wanted"])
