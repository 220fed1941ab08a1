"""How much room there is where a region's data, attachments and copies lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import make_url

from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.law.russian import Code
from core.region.backup.record import backup_folder
from core.region.upkeep.states import State

LEAST_FREE, LITTLE_FREE = 200_000_000, 2_000_000_000


class Held(Code):
    """What lies on a disk."""

    DATA = "data", "данные"
    FILES = "files", "вложения"
    COPIES = "copies", "копии"


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of one disk, free and in all."""

    free: int
    total: int

    @property
    def state(self) -> State:
        """Whether it will do."""
        if self.free < LEAST_FREE:
            return State.FAULT
        return State.WARNING if self.free < LITTLE_FREE else State.WELL


@dataclass(frozen=True, slots=True)
class Disk(Room):
    """A disk, and what of the region lies on it."""

    holds: tuple[Held, ...]


def standing_folder(folder: Path) -> Path:
    """The folder, or what there is of the way to it: a new installation has none yet."""
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return folder


def room(folder: Path) -> Room:
    """The room of the disk on which the folder lies or will lie."""
    found = disk_usage(standing_folder(folder))
    return Room(found.free, found.total)


def disks(region: Region) -> list[Disk]:
    """Each disk once, that of the data first; a server's own disk is not to be seen from here.

    A folder of copies that is not there, as one on a machine that is switched off, is left out.
    """
    found: dict[int, tuple[Room, list[Held]]] = {}
    for held, folder in _folders(region):
        device = standing_folder(folder).stat().st_dev
        found.setdefault(device, (room(folder), []))[1].append(held)
    return [Disk(one.free, one.total, tuple(held)) for one, held in found.values()]


def _folders(region: Region) -> Iterator[tuple[Held, Path]]:
    if region.database.is_sqlite:
        yield Held.DATA, Path(make_url(region.database.url).database or "").parent
    else:
        yield Held.DATA, region.folder
    yield Held.FILES, region.files.folder
    copies = None
    with suppress(Refusal):  # what is known of copies does not read: `last_copy` says so
        copies = backup_folder(region.settings.data_dir, region.code)
    if copies is not None and copies.exists():
        yield Held.COPIES, copies
