"""Where the import of a file is: a row that moves in the same transaction as its batches."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlalchemy import select, update

from core.appeals.exchange.figures import Figures, Tally
from core.appeals.exchange.model import ImportRun
from core.db.bulk import table_of, upsert
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work


async def start(work: Work, fingerprint: str) -> Figures:
    """Where an interrupted run of this file is; a new and a finished one begin at the start."""
    fresh = {**_columns(Figures()), "started_at": work.now, "finished_at": None}
    row = upsert(work.dialect, table_of(ImportRun)).values(fingerprint=fingerprint, **fresh)
    await work.session.execute(row.on_conflict_do_nothing())
    query = select(ImportRun).where(ImportRun.fingerprint == fingerprint).with_for_update()
    run = (await work.session.scalars(query)).one()
    if run.finished_at is not None:
        for name, value in fresh.items():
            setattr(run, name, value)
    tally = Tally(**{each.name: getattr(run, each.name) for each in fields(Tally)})
    return Figures(
        run.position, run.added, run.known, run.differing, run.rejected, run.routed, tally
    )


async def move(work: Work, fingerprint: str, since: int, figures: Figures) -> None:
    """Record the new position; STALE if another process has moved the run meanwhile."""
    statement = (
        update(ImportRun)
        .where(ImportRun.fingerprint == fingerprint, ImportRun.position == since)
        .values(**_columns(figures))
        .returning(ImportRun.id)
    )
    if await work.session.scalar(statement) is None:
        raise Refusal(RefusalCode.STALE, "Этот файл одновременно загружает другой процесс")


async def finish(work: Work, fingerprint: str) -> None:
    """Every row of the file is done."""
    await work.session.execute(
        update(ImportRun).where(ImportRun.fingerprint == fingerprint).values(finished_at=work.now)
    )


def _columns(figures: Figures) -> dict[str, int]:
    counts = figures.rows
    return {"position": counts.pop("read"), **counts, **asdict(figures.tally)}
