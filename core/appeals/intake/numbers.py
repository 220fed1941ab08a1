"""Registration numbers: counted per year, by the region's rule, without gaps."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from datetime import date

from core.appeals.intake.model import Counter
from core.appeals.rules.intake import Numbering
from core.db.bulk import table_of, upsert
from core.kernel.rules.passport import Passport
from core.kernel.work import Work


async def hold_numbers(work: Work) -> None:
    """Take the year's counter before anything is looked up: intakes then follow one another."""
    await _advance(work, {work.today.year: 0})


async def next_numbers(work: Work, days: Sequence[date]) -> list[str]:
    """A number for each registration day, in their order.

    Until this work ends nobody else is given one, of whatever year: it is asked for last of all.
    """
    if not days:
        return []
    rule = work.rules.get(Numbering, "appeal", work.today)
    prefix = work.rules.get(Passport, "region", work.today).number_prefix
    tally = Tally(day.year for day in days)
    last = await _advance(work, {work.today.year: 0, **tally})
    upcoming = {year: last[year] - tally[year] for year in tally}
    numbers: list[str] = []
    for day in days:
        upcoming[day.year] += 1
        numbers.append(rule.pattern.format(prefix=prefix, year=day.year, n=upcoming[day.year]))
    return numbers


async def return_numbers(work: Work, days: Sequence[date]) -> None:
    """Take back the numbers that this work was just given for these days: none is left out."""
    await _advance(work, {year: -count for year, count in Tally(d.year for d in days).items()})


async def _advance(work: Work, by: Mapping[int, int]) -> dict[int, int]:
    """Move the years' counters and lock them until the transaction ends; their new values."""
    keys = {f"appeal/{year}": year for year in sorted(by)}
    fresh = upsert(work.dialect, table_of(Counter)).values(
        [{"key": key, "value": by[year]} for key, year in keys.items()]
    )
    moved = fresh.on_conflict_do_update(
        index_elements=["key"], set_={"value": Counter.value + fresh.excluded.value}
    ).returning(Counter.key, Counter.value)
    return {keys[key]: value for key, value in await work.session.execute(moved)}
