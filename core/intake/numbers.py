"""Registration numbers: counted per year, by the region's rule, without gaps."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from datetime import date

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.intake.model import Counter
from core.rules.intake import Numbering
from core.rules.passport import Passport
from core.work import Work


async def hold_numbers(work: Work) -> None:
    """Take the year's counter before anything is looked up.

    Intakes then follow one another, so that two of the same external id never race.
    """
    await _advance(work, work.today.year, 0)


async def next_numbers(work: Work, days: Sequence[date]) -> list[str]:
    """A number for each registration day, in their order."""
    rule = work.rules.get(Numbering, "appeal", work.today)
    prefix = work.rules.get(Passport, "region", work.today).number_prefix
    tally = Tally(day.year for day in days)
    upcoming = {
        year: await _advance(work, year, tally[year]) - tally[year] for year in sorted(tally)
    }
    numbers: list[str] = []
    for day in days:
        upcoming[day.year] += 1
        numbers.append(rule.pattern.format(prefix=prefix, year=day.year, n=upcoming[day.year]))
    return numbers


async def _advance(work: Work, year: int, by: int) -> int:
    """Move the year's counter and lock it until the end of the transaction; its new value."""
    key = f"appeal/{year}"
    dialect = work.session.get_bind().dialect.name
    insert = sqlite_insert if dialect == "sqlite" else postgresql_insert
    fresh = insert(Counter).values(key=key, value=0).on_conflict_do_nothing()
    await work.session.execute(fresh)
    moved = (
        update(Counter)
        .where(Counter.key == key)
        .values(value=Counter.value + by)
        .returning(Counter.value)
        .execution_options(synchronize_session=False)
    )
    return (await work.session.execute(moved)).scalar_one()
