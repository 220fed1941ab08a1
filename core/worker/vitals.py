"""How a region does, in one statement: whether it is well is asked often, and beside all its work.

Each statement more would wake a thread and then the loop again, and beside large answers each waits
for its turn at both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, func, select

from core.db.statements import Slot, Statement, compiled, reads
from core.kernel.extensions import AnyJob
from core.kernel.queue import QueuedJob
from core.kernel.region import Region
from core.kernel.sealing.model import SealWaiting
from core.region.revisions import STANDING, has_newest, is_current
from core.worker.queries import runnable

REGIONS = 64
"""Of so many regions the statement is kept."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """Since when what waits longest does so, aware UTC: a row for its seal, a job that is due."""

    sealing: datetime | None
    due: datetime | None


async def vitals(region: Region) -> Vitals | None:
    """What is told of the region; None where its database has not its newest tables.

    Raises what keeps the database from answering.
    """
    if not region.database.is_there:
        return None  # to ask SQLite would make its file
    now = region.now()
    asked, read = _asked(region.database.dialect, tuple(region.jobs.values()))
    try:
        (row,) = await region.database.fetch(asked.text, asked.values([now]))
    except Exception:
        if await is_current(region):
            raise
        return None
    standing, sealing, due = read(row)
    if has_newest(region, standing.split()) or await is_current(region):
        return Vitals(sealing, due)
    return None


@lru_cache(REGIONS)
def _asked(
    dialect: Dialect, jobs: tuple[AnyJob, ...]
) -> tuple[Statement, Callable[[Sequence[Any]], Iterator[Any]]]:
    """The statement, and what makes its row values of Python."""
    due: Any = Slot(0)
    columns: Any = (
        func.coalesce(func.aggregate_strings(STANDING.c.version_num, " "), ""),
        func.min(SealWaiting.at),
        func.min(QueuedJob.run_at),
    )
    standing, sealing, waiting = map(select, columns)
    parts = (standing, sealing, waiting.where(runnable(due, jobs)))
    query = select(*(one.scalar_subquery() for one in parts))
    return compiled(query, dialect), reads(columns, dialect)
