"""Whether the measures of a problem helped: beside untouched places, and what else may explain it.

Whole months alone are looked at. Before are those before the problem was chosen, after those that
began once the last measure was carried out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import func, select, true

from core.appeals.model import Appeal
from core.appeals.observations.histories import histories
from core.appeals.queries import AppealFilter
from core.kernel.access import Scope, system
from core.kernel.acts.federal import PRACTICE, RU_1844
from core.kernel.codes import Permission
from core.kernel.rules.passport import Municipality
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period, Periodicity, midnight, period_of
from core.problems.counts import Key, counts_of, keys_of, placed
from core.problems.heat import whole_since
from core.problems.model import Problem, ProblemState
from core.statistics.effect import Counts, Effect, Verdict, effect_of
from core.statistics.survival import median

EFFECT, GOAL = PRACTICE.cite("problem-effect"), RU_1844.cite("2.cause-roadmap.goal")
BEFORE, LEAST_BEFORE, AFTER = 24, 6, 12
"""Months before at most and at least, and after at most."""

NEAR = 4
"""So many of the nearest municipalities are looked at: appeals may only have moved."""

PER_CENT = 100
NONE = Counts(0, 0)
TOUCHED = (ProblemState.CARRIED_OUT, ProblemState.CLOSED, ProblemState.REOPENED)


@dataclass(frozen=True, slots=True)
class Beside:
    """Cases a month before and after, of something that may explain a change."""

    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class Channel:
    """The channel whose share of the cases has changed most, shares of 0..1."""

    key: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The effect over the months from `since` up to `until`, and what stands beside it.

    `effect` is None where nothing can be compared; `days` are the medians of full days to the
    answer before and after, None where half were not answered.
    """

    since: date
    until: date
    months_before: int
    months_after: int
    effect: Effect | None
    verdict: Verdict
    same: Beside
    neighbours: Beside
    other_themes: Beside
    channel: Channel | None
    days: tuple[int | None, int | None]


@serves(EFFECT, GOAL)
async def reckon(work: Work, row: Problem, since: date | None = None) -> Reckoned | None:
    """The effect as it stands today, over the last months that began on `since` or later.

    None before a whole month has passed after the last measure, and for who does not read the
    appeals of the whole region.
    """
    if row.carried_on is None or not _sees_all(work):
        return None
    begun = max(row.carried_on, since or row.carried_on)
    after = [one for one in _months_before(work.today, AFTER) if one.start > begun]
    if not after:
        return None
    every = replace(work, actor=system({Permission.READ_APPEALS}))
    before = await _whole(every, _months_before(row.chosen_since, BEFORE))
    if len(before) < LEAST_BEFORE:
        before = []
    table = await _table(every, before, after)
    own, untouched = await _compared(work, row, table)
    effect = effect_of(own, untouched, len(before), len(after)) if before else None
    declared = Fraction(row.declared or 0, PER_CENT)
    lengths = len(before), len(after)
    return Reckoned(
        after[0].start,
        after[-1].end,
        *lengths,
        effect,
        effect.verdict(declared) if effect else Verdict.UNTOLD,
        _beside([own], *lengths),
        _beside([table.get(one, NONE) for one in _near(work, row)], *lengths),
        _beside(_others(row, table), *lengths),
        await _channel(every, row, before, after),
        (await _median(every, row, before), await _median(every, row, after)),
    )


def _sees_all(work: Work) -> bool:
    return Scope() in work.actor.scopes(Permission.READ_APPEALS)


def _months_before(day: date, most: int) -> list[Period]:
    """Whole months that are over on the day, the earliest first."""
    found: list[Period] = []
    end = day.replace(day=1)
    for _ in range(most):
        found.insert(0, period_of(_day_before(end), Periodicity.MONTH))
        end = found[0].start
    return found


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


async def _whole(work: Work, months: Sequence[Period]) -> list[Period]:
    """Those of which the region has a history, strays apart."""
    stretches = [(midnight(m.start, work.zone), midnight(m.end, work.zone)) for m in months]
    groups = (await counts_of(work, None, stretches)).values()
    totals = [sum(some[number] for some in groups) for number in range(len(months))]
    told = [(stretches[number][0], total) for number, total in enumerate(totals) if total]
    if not told:
        return []
    first = whole_since(told)
    return [m for m, (start, _) in zip(months, stretches, strict=True) if start >= first]


async def _table(
    work: Work, before: Sequence[Period], after: Sequence[Period]
) -> dict[Key, Counts]:
    """The counts of every theme and place of today over both stretches of months."""
    spans = [one for one in (before, after) if one]
    zone = work.zone
    stretches = [(midnight(s[0].start, zone), midnight(s[-1].end, zone)) for s in spans]
    keys, on = keys_of(work, work.today), work.today
    found = placed(work, await counts_of(work, None, stretches), keys, len(stretches), on)
    return {key: Counts(some[0] if before else 0, some[-1]) for key, some in found.items()}


async def _compared(
    work: Work, row: Problem, table: Mapping[Key, Counts]
) -> tuple[Counts, list[Counts]]:
    """The problem's own counts, and of what no measures were carried out against.

    That is the theme in other places; what the whole region has stands beside its other themes.
    A theme or a place that stands no more is compared with nothing.
    """
    if row.municipality is not None:
        own = table.get((row.theme, row.municipality))
        return (NONE, []) if own is None else (own, await _untouched(work, row, table))
    query = select(Problem.theme).where(
        Problem.municipality.is_(None), Problem.state.in_(TOUCHED), Problem.id != row.id
    )
    found: dict[str | None, Counts] = {row.theme: NONE}
    for (theme, _), some in table.items():
        had = found.get(theme, NONE)
        found[theme] = Counts(had.before + some.before, had.after + some.after)
    touched = {*await work.session.scalars(query), row.theme, None}
    return found[row.theme], [some for theme, some in found.items() if theme not in touched]


async def _untouched(work: Work, row: Problem, table: Mapping[Key, Counts]) -> list[Counts]:
    """Of the theme in all places where no measures against a problem of it were carried out."""
    query = select(Problem.municipality).where(
        Problem.theme == row.theme, Problem.state.in_(TOUCHED), Problem.id != row.id
    )
    touched = {*await work.session.scalars(query), row.municipality, None}
    return [
        counts
        for (theme, place), counts in table.items()
        if theme == row.theme and place not in touched
    ]


def _near(work: Work, row: Problem) -> list[Key]:
    """The nearest municipalities by their seats, in degrees north and half-degrees east."""
    places = work.rules.all(Municipality, work.today)
    own = next((one for one in places if one.key == row.municipality), None)
    if own is None:
        return []
    others = [one for one in places if one.key != row.municipality]
    others.sort(key=lambda one: (_far(own, one), one.key))
    return [(row.theme, one.key) for one in others[:NEAR]]


def _far(one: Municipality, other: Municipality) -> float:
    return (one.latitude - other.latitude) ** 2 + ((one.longitude - other.longitude) / 2) ** 2


def _others(row: Problem, table: Mapping[Key, Counts]) -> list[Counts]:
    """Of the other themes, there or in the whole region."""
    return [
        some
        for (theme, place), some in table.items()
        if theme not in (row.theme, None) and row.municipality in (place, None)
    ]


def _beside(counts: Sequence[Counts], before: int, after: int) -> Beside:
    was, now = sum(one.before for one in counts), sum(one.after for one in counts)
    return Beside(Fraction(was, before) if before else Fraction(0), Fraction(now, after))


async def _channel(
    work: Work, row: Problem, before: Sequence[Period], after: Sequence[Period]
) -> Channel | None:
    """Where people have turned to another channel, fewer appeals in one are no success."""
    was, now = await _by_channel(work, row, before), await _by_channel(work, row, after)
    if not was or not now:
        return None
    all_was, all_now = sum(was.values()), sum(now.values())
    moved = [
        Channel(key, Fraction(was.get(key, 0), all_was), Fraction(now.get(key, 0), all_now))
        for key in sorted({*was, *now})
    ]
    return max(moved, key=lambda one: abs(one.after - one.before))


async def _by_channel(work: Work, row: Problem, months: Sequence[Period]) -> dict[str, int]:
    if not months:
        return {}
    query = (
        select(Appeal.channel, func.count())
        .where(
            Appeal.theme == row.theme,
            Appeal.municipality == row.municipality if row.municipality else true(),
            Appeal.received_at >= midnight(months[0].start, work.zone),
            Appeal.received_at < midnight(months[-1].end, work.zone),
        )
        .group_by(Appeal.channel)
    )
    return {row[0]: row[1] for row in await work.session.execute(query)}


async def _median(work: Work, row: Problem, months: Sequence[Period]) -> int | None:
    """Full days to the answer, as was known when the months were over."""
    if not months:
        return None
    since, until = midnight(months[0].start, work.zone), midnight(months[-1].end, work.zone)
    criteria = AppealFilter(
        themes=(row.theme,),
        municipalities=(row.municipality,) if row.municipality else (),
        received_from=since,
        received_before=until,
    )
    found = (await histories(work, (), criteria, until)).get(())
    return None if found is None else median(found)
