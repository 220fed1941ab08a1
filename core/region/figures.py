"""The counted subjects of a region, and the job that keeps their figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.appeals.figures.subject import APPEALS
from core.kernel.work import Work
from core.shapes.figures.folding import fold, rebuild
from core.shapes.figures.subject import Subject

SUBJECTS: tuple[Subject[Any], ...] = (APPEALS,)


async def run_fold(work: Work, _payload: Mapping[str, object]) -> None:
    """Periodic job: fold what has changed since the last one."""
    await fold_all(work)


async def fold_all(work: Work) -> None:
    """Fold every subject."""
    for subject in SUBJECTS:
        await fold(work, subject)


async def rebuild_all(work: Work) -> None:
    """Make the cells of every subject anew."""
    for subject in SUBJECTS:
        await rebuild(work, subject)
