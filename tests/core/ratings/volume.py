"""Enough cases for a rating, put into the tables at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.ledger import HANDOVERS
from core.appeals.rules.lifecycle import Fact
from core.directory.model import Body
from core.kernel.region import Region
from tests.core.indicators.cases import Cases, noon

MINIMUM, DAY = 93, timedelta(days=1)


async def fill(
    region: Region,
    body: str,
    good: int,
    bad: int,
    *,
    on: date = date(2026, 1, 12),
    theme: str = "roads",
    **more: Any,
) -> None:
    """So many cases of a body got on a day: good ones answered in ten days, bad ones in fifty.

    `more` is what else stands in their rows; what was reworked was answered a day sooner first.
    """
    made = Cases(region)
    days = [10] * good + [50] * bad
    async with region.database.writing() as session:
        body_id = (await session.scalars(select(Body.id).where(Body.key == body))).one()
        rows: list[Appeal] = []
        for number, length in enumerate(days):
            said = {
                "number": f"{body}-{on:%m}-{number}",
                "external_id": f"{body}-{on:%m}-{number}",
                "body_id": body_id,
                "theme": theme,
                **more,
            }
            answered = noon(on + timedelta(days=length))
            rows.append(made.row(noon(on), answered, **said))
        session.add_all(rows)
        await session.flush()
        session.add_all(
            fact_of(row, seq, fact, at, body)
            for row in rows
            for seq, (fact, at) in enumerate([(Fact.ROUTED, noon(on)), *returns(row)], 1)
        )


def returns(row: Appeal) -> list[tuple[Fact, datetime]]:
    """What a ledger has of a case that came back and was answered again, at its answer's moment."""
    if not row.reworks or row.answered_at is None:
        return []
    again = row.answered_at
    return [(Fact.ANSWERED, again - DAY), (Fact.REOPENED, again), (Fact.ANSWERED, again)]


def fact_of(
    row: Appeal, seq: int, fact: Fact, at: datetime, body: str | None = None
) -> LedgerEntry:
    """A line of the case's ledger; only handovers have a body."""
    return LedgerEntry(
        appeal_id=row.id,
        seq=seq,
        fact=fact,
        at=at,
        recorded_at=at,
        actor="system",
        body=body if fact in HANDOVERS else None,
        data={},
    )
