"""Codes of the system's own work as GraphQL enums."""

from __future__ import annotations

from core.kernel.queue import JobState
from core.law.russian import Code
from core.region.upkeep.disks import Held
from core.region.upkeep.states import State
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(JobState, "Что с заданием"),
    described(State, "Как держится часть установки", "UpkeepLevel"),
    described(Held, "Что лежит на диске", "DiskContent"),
)
