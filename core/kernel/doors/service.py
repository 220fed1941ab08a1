"""Whether anything may leave: a restored copy must not write again what its original wrote."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select

from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Arrival
from core.kernel.errors import Refusal
from core.kernel.work import Work

CLOSED: ColumnElement[bool] = exists(select(Arrival.id).where(Arrival.released_at.is_(None)))
"""True of a database whose copy has not been released, in any statement."""


async def doors_open(work: Work) -> bool:
    """Whether letters, notices, webhooks, digests and warnings may leave.

    Whatever takes something away to send it asks this in the same transaction, and takes nothing
    where it is False. A job that only sends says so instead (`Job.leaves`) and is not run.
    """
    return not await work.session.scalar(select(CLOSED))


async def require_doors_open(work: Work) -> None:
    """Refuse WRONG_STATE what would leave, or is said to have left, while the doors are closed."""
    if not await doors_open(work):
        text = (
            "База восстановлена из копии, и двери закрыты: ничего не уходит, пока оператор не "
            "выполнит tsur restore --release"
        )
        raise Refusal(RefusalCode.WRONG_STATE, text)
