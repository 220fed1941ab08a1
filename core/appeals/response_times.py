"""Both times of an answer: to the first interim one and to the final one, each counted (R55)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import BigInteger, ColumnElement, func, literal_column, select

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.kernel.access import require
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import midnight
from core.shapes.figures.measures import said, seconds

CLAUSE = PRACTICE.cite("lifecycle.inform")


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """Of what was received in a period: how many were answered so, and the seconds it took in all.

    `informed` had an interim answer, `answered` a final one; seconds run from receipt.
    """

    received: int
    informed: int
    informed_seconds: int
    answered: int
    answered_seconds: int

    @property
    def mean_seconds_to_interim(self) -> float | None:
        """From receipt to the first interim answer; None where there was none."""
        return self.informed_seconds / self.informed if self.informed else None

    @property
    def mean_seconds_to_final(self) -> float | None:
        """From receipt to the final answer; None where there was none."""
        return self.answered_seconds / self.answered if self.answered else None


@serves(CLAUSE)
async def response_times(work: Work, since: date, until: date) -> ResponseTimes:
    """What was received on the local days from `since` to `until`, both counted.

    Only what stands where the actor may read appeals counts. Needs READ_APPEALS.
    """
    require(work.actor, Permission.READ_APPEALS)
    if since > until:
        raise Refusal(RefusalCode.INVALID, "Начало периода позже его конца", CLAUSE)
    first, next_one = (midnight(day, work.zone) for day in (since, until + timedelta(days=1)))
    query = select(
        func.count(),
        func.count(Appeal.informed_at),
        _lasted(work, "informed_at"),
        func.count(Appeal.answered_at),
        _lasted(work, "answered_at"),
    ).where(Appeal.received_at >= first, Appeal.received_at < next_one, visible(work.actor))
    return ResponseTimes(*(await work.session.execute(query)).one())


def _lasted(work: Work, until: str) -> ColumnElement[int]:
    text = said(seconds("received_at", until), Appeal.__tablename__, work.dialect)
    return func.coalesce(func.sum(literal_column(text, BigInteger)), 0, type_=BigInteger)
