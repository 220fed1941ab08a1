"""Everything that whoever keeps the system looks at each morning, in one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.work import Work
from core.region.revisions import standing_revisions
from core.region.upkeep.copies import Copy, shown_copy
from core.region.upkeep.disks import Disk, disks
from core.region.upkeep.seals import Seals, seals
from core.worker.lag import Kind, kinds


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What stands how; `revisions` are those of the tables."""

    queue: Sequence[Kind]
    sealing: Seals
    disks: Sequence[Disk]
    backup: Copy
    version: str
    revisions: Sequence[str]


async def upkeep(work: Work, region: Region) -> Upkeep:
    """How the installation does; nothing in it names a folder or an address. Needs OPERATE."""
    require(work.actor, Permission.OPERATE)
    return Upkeep(
        queue=await kinds(region),
        sealing=await seals(work, region.own),
        disks=await asyncio.to_thread(disks, region),
        backup=await asyncio.to_thread(shown_copy, region),
        version=version("tsur"),
        revisions=await standing_revisions(region),
    )
