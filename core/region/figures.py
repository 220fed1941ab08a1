"""The counted subjects of a region, and the job that keeps their figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from core.appeals.figures.proof import Progress, Proof, verify_rollups
from core.appeals.figures.subject import APPEALS
from core.appeals.satisfaction.figures import DISPUTES
from core.kernel.work import Work
from core.shapes.figures.folding import fold, rebuild
from core.shapes.figures.proof import verify_cells
from core.shapes.figures.subject import Subject

OTHERS: tuple[Subject[Any], ...] = (DISPUTES,)
SUBJECTS: tuple[Subject[Any], ...] = (APPEALS, *OTHERS)


async def run_fold(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: fold what has changed since the last one."""
    await fold_all(work)


async def fold_all(work: Work) -> None:
    """Fold every subject."""
    for subject in SUBJECTS:
        await fold(work, subject)


async def prove_all(work: Work, *, progress: Progress = lambda done, total: None) -> Proof:
    """Prove appeals by their ledgers, and the cells of every other subject by its rows."""
    proof = await verify_rollups(work, progress=progress)
    found = [*proof.differences]
    for subject in OTHERS:
        told = partial(_told, progress, len(subject.cuts))
        found += await verify_cells(work, subject, progress=told)
    return Proof(proof.appeals, sum(len(one.cuts) for one in SUBJECTS), tuple(found))


def _told(progress: Progress, total: int, done: int) -> None:
    progress(done, total)


async def rebuild_all(work: Work) -> None:
    """Make the cells of every subject anew."""
    for subject in SUBJECTS:
        await rebuild(work, subject)
