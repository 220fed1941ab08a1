"""The rating of regions by the competence centre, out of what each region hands over (R15).

A region hands over how many of its cases went which way: no case, no body and nobody's data. Every
case of the federal view counts once, from its receipt by the region, whoever answered it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, repeat
from typing import Any

from sqlalchemy import select, true

from core.appeals.model import Appeal
from core.kernel.access import require_everywhere
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Passport
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.cases import seen_of
from core.ratings.named import Named
from core.ratings.quarter import before, quarter_of, written
from core.ratings.queries import ANSWERED, DONE, Row
from core.ratings.releases import OWN
from core.ratings.rules import EVERYBODY, RatingMethod
from core.ratings.scoring import Contribution, Seen, Subject, contributions
from core.ratings.standings import Standings, standings_of
from core.ratings.table import BEFORE, method_of

GROUND = RU_1844.cite("8.ж")
METHOD, NAME = "federal", "Рейтинг центров управления регионов"
"""The criteria that all regions share: number, time, completeness on the merits."""

MOST = 10_000_000
"""So many cases a tally has at the most, of all its quarters."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a region hands over: the cases of each quarter, the latest first, counted by their way.

    `judged` is by what they would be scored, the same for all that are compared.
    """

    region: str
    name: str
    judged: Sequence[Sequence[str]]
    quarters: Mapping[Period, Mapping[Seen, int]]

    @property
    def latest(self) -> Period:
        """The quarter that it is of."""
        return max(self.quarters)

    def seen(self, quarter: Period) -> list[Seen]:
        """The cases of a quarter one by one, as a score takes them."""
        counted = self.quarters.get(quarter, {})
        return [*chain.from_iterable(repeat(one, number) for one, number in counted.items())]


async def tally(work: Work, quarter: Period) -> Tally:
    """What the region hands over for a quarter that is over. Needs READ_APPEALS everywhere.

    Refuses as `method_of` does.
    """
    require_everywhere(work.actor, Permission.READ_APPEALS, OWN)
    method = await method_of(work, METHOD, quarter)
    quarters = {one: await _counted(work, method, one) for one in _quarters(quarter)}
    card = work.rules.get(Passport, "region", quarter.last_day)
    return Tally(work.region, card.name, judged_by(method), quarters)


@serves(GROUND)
def rate_regions(method: RatingMethod, tallies: Sequence[Tally]) -> Standings:
    """The regions by the three shared criteria, by the same scoring as bodies.

    Refuses INVALID tallies of different quarters or criteria and a region twice, WRONG_STATE where
    too few have enough cases.
    """
    latest = sorted({one.latest for one in tallies})
    if len(latest) != 1:
        said = ", ".join(map(written, latest)) or "ни одного"
        raise Refusal(RefusalCode.INVALID, f"Своды не за один квартал: {said}", GROUND)
    if any(one.judged != judged_by(method) for one in tallies):
        text = "Своды посчитаны по разным критериям или шкалам"
        raise Refusal(RefusalCode.INVALID, text, GROUND)
    twice = [key for key, many in Counter(one.region for one in tallies).items() if many > 1]
    if twice:
        text = f"Свод дан дважды: {', '.join(sorted(twice))}"
        raise Refusal(RefusalCode.INVALID, text, GROUND)
    found: dict[Period, dict[Subject, list[Seen]]] = {}
    for one in tallies:
        for quarter in one.quarters:
            if seen := one.seen(quarter):
                found.setdefault(quarter, {})[Subject(one.region)] = seen
    found.setdefault(latest[0], {})
    shared = replace(
        method, key="regions", name=NAME, clause=GROUND, replaces=None, peers=EVERYBODY
    )
    return standings_of(shared, found, Named({one.region: one.name for one in tallies}))


def own_parts(method: RatingMethod, of: Tally) -> list[Contribution]:
    """The region's own contributions in its quarter; none without a case."""
    seen = of.seen(of.latest)
    return contributions(seen, method) if seen else []


def judged_by(method: RatingMethod) -> list[list[str]]:
    """Criteria with scale and weight, and how long cases are followed, without a region's words."""
    rows = [
        [one.key, one.measure.value, one.scale.sentence(), str(one.weight)]
        for one in method.criteria
    ]
    return [*rows, ["followed", str(method.followed)]]


def tally_as_data(of: Tally) -> dict[str, Any]:
    """The tally as JSON: a file from one centre to another."""
    return {
        "region": of.region,
        "name": of.name,
        "period": written(of.latest),
        "judged": [list(one) for one in of.judged],
        "quarters": {
            written(quarter): [
                [one.days, one.merits, one.returned, *_hours(one), number]
                for one, number in sorted(counted.items(), key=lambda pair: repr(pair[0]))
            ]
            for quarter, counted in of.quarters.items()
        },
    }


def tally_of(data: Any) -> Tally:
    """A tally read from JSON; refuses BROKEN_FILE what is none."""
    try:
        judged = [[str(cell) for cell in row] for row in data["judged"]]
        followed = int(dict(one[:2] for one in judged)["followed"])
        quarters = {
            quarter_of(word): _counts(lines, followed) for word, lines in data["quarters"].items()
        }
        made = Tally(_word(data["region"]), _word(data["name"]), judged, quarters)
        if written(made.latest) != data["period"] or {*quarters} != {*_quarters(made.latest)}:
            raise ValueError(data["period"])
        if sum(sum(one.values()) for one in quarters.values()) > MOST:
            raise ValueError(MOST)
    except (Refusal, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Refusal(RefusalCode.BROKEN_FILE, "Файл — не свод региона", GROUND) from error
    return made


def _quarters(latest: Period) -> Iterator[Period]:
    """The quarters that a tally is of, the latest first."""
    for _ in range(BEFORE + 1):
        yield latest
        latest = before(latest)


def _counts(lines: Any, followed: int) -> dict[Seen, int]:
    """The lines of a quarter, each way of a case once."""
    found: dict[Seen, int] = {}
    for days, merits, returned, *hours, number in lines:
        seen = _seen(days, merits, returned, *hours)
        if seen in found or (seen.days or 0) > followed:
            raise ValueError(seen)
        found[seen] = _number(number)
    return found


def _hours(one: Seen) -> list[int]:
    """Hours to the answer, where the criteria count by them."""
    return [] if one.hours is None else [one.hours]


def _seen(days: object, merits: object, returned: object, hours: object = None) -> Seen:
    """A way that a case can have gone: who has answered on the merits has done it on some day."""
    if not isinstance(merits, bool) or not isinstance(returned, bool):
        raise TypeError(merits)
    if days is None and merits:
        raise ValueError(merits)
    whole = None if days is None else _number(days)
    begun = None if hours is None else _number(hours)
    if begun is not None and (whole is None or not 24 * whole <= begun <= 24 * (whole + 1)):
        raise ValueError(hours)
    return Seen(whole, merits, returned, hours=begun)


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError(value)
    return value


def _number(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


async def _counted(work: Work, method: RatingMethod, quarter: Period) -> Counter[Seen]:
    """Cases received in the quarter that have been followed long enough, by their way."""
    since, end = quarter.bounds(work.zone)
    ripe = work.now - timedelta(days=method.followed)
    query = select(
        Appeal.id, Appeal.received_at, Appeal.theme, Appeal.outcome, ANSWERED, Appeal.reworks, DONE,
    ).where(
        Appeal.in_federal_view == true(),
        Appeal.received_at >= since,
        Appeal.received_at < end,
        Appeal.received_at <= ripe,
    )  # fmt: skip
    key, found = work.region, Counter[Seen]()
    for number, received, *said in await work.session.execute(query):
        row = Row(number, key, "", received, key, *said)
        found[seen_of(row, method, work.now)] += 1
    return found
