"""Enough cases for a rating, put into the tables at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.lifecycle import Fact
from core.directory.model import Body
from core.kernel.region import Region
from tests.core.indicators.cases import Cases, noon

MINIMUM = 93


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

    `more` is what else stands in their rows.
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
            LedgerEntry(
                appeal_id=row.id,
                seq=1,
                fact=Fact.ROUTED,
                at=noon(on),
                recorded_at=noon(on),
                actor="system",
                body=body,
                data={},
            )
            for row in rows
        )
