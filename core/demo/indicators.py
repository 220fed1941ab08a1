"""Indicators of the demo: of each kind one in force with its figures by month, one proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from core.demo.documents import ACT_AGE, KEEPERS, centre_actors
from core.demo.problems import month_back, on_day
from core.directory.rules.bodies import Theme
from core.indicators.accountability import accountable
from core.indicators.chain import NewIndicator, propose, sign
from core.indicators.model import Indicator
from core.indicators.rules.kinds import ChainStep, IndicatorKind, OwnerKind
from core.indicators.service import advance_value, record_value, set_target
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.law.periods import Period, Periodicity
from core.shapes.chains.rules import Ground
from core.structure.blocks import load_blocks

BACK = 4
"""So many months ago the first of them begin."""

TARGET = Decimal("90")
UNIT = "%"
NAMES = (
    "Доля обращений с ответом в срок",
    "Доля обращений, рассмотренных по существу",
    "Доля заявителей, довольных ответом",
    "Доля сообщений, решённых за пять дней",
    "Доля проблем, которые не вернулись",
    "Доля мероприятий, исполненных в срок",
)
VALUES = tuple(map(Decimal, ("86.5", "91.2", "94.8", "97")))
FIRST = (
    OwnerKind.CENTRE, OwnerKind.THEME, OwnerKind.BLOCK, OwnerKind.MUNICIPALITY, OwnerKind.UNIT,
    OwnerKind.BODY, OwnerKind.CATEGORY,
)  # fmt: skip


@dataclass(frozen=True)
class Setter:
    """Sets indicators with the demo officials of a centre, as of the days that were.

    `months` are those that are over, and the one that goes on.
    """

    region: Region
    actors: dict[str, Actor]
    months: Sequence[Period]

    async def set(self, kind: IndicatorKind, number: int, owner: str | None) -> None:
        """One in force since the first month; the first lacks the last value and this month's
        target, so that it is seen what is told of that.
        """
        indicator = await self.propose(kind, number, owner, self.months[0].start)
        for step in kind.chain[1:]:
            await self._sign(indicator, kind, step)
        closed = self.months[:-1]
        for period in closed if number == 1 else self.months:
            await self._target(indicator, kind, period)
        for period, amount in zip(closed[:-1] if number == 1 else closed, VALUES, strict=False):
            await self._value(indicator, kind, period, amount)

    async def propose(
        self, kind: IndicatorKind, number: int, owner: str | None, since: date
    ) -> int:
        """The first signature of the kind, on the first day that it holds."""
        name, of = NAMES[(number - 1) % len(NAMES)], _owner_kind(kind)
        new = NewIndicator(
            f"{kind.key}-{number}", name, UNIT, Periodicity.MONTH, since, kind.key,
            owner_kind=of, owner=owner,
        )  # fmt: skip
        first = kind.chain[0]
        async with on_day(self.region, since).work(self._actor(first)) as work:
            return (await propose(work, new, self._ground(first, number, since))).id

    async def _sign(self, indicator: int, kind: IndicatorKind, step: ChainStep) -> None:
        day = self.months[0].start
        async with on_day(self.region, day).work(self._actor(step)) as work:
            ground = self._ground(step, indicator, day)
            await sign(work, indicator, step.deed, step.by, ground)

    async def _target(self, indicator: int, kind: IndicatorKind, period: Period) -> None:
        async with on_day(self.region, period.start).work(self._actor(kind.chain[-1])) as work:
            await set_target(work, indicator, period.start, TARGET, "План работы центра на год")

    async def _value(
        self, indicator: int, kind: IndicatorKind, period: Period, amount: Decimal
    ) -> None:
        """Entered on the fifth day, and taken through its stages, by whoever does not answer."""
        then = on_day(self.region, period.end + timedelta(days=4))
        async with then.reading(system()) as work:
            row = await work.session.get_one(Indicator, indicator)
            own = {one.person.id for one in await accountable(work, row, work.today) if one.person}
        keepers = (self.actors[role] for role in KEEPERS)
        actor = next(one for one in keepers if one.person_id not in own)
        async with then.work(actor) as work:
            await record_value(work, indicator, period.start, amount, "Отчёт за месяц")
            for _ in kind.stages[1:]:
                await advance_value(work, indicator, period.start)

    def _actor(self, step: ChainStep) -> Actor:
        return self.actors[step.by.value if step.by.of_the_centre else KEEPERS[0]]

    def _ground(self, step: ChainStep, number: int, day: date) -> Ground | None:
        return Ground(ActKind.LETTER, f"{number}-п", day - ACT_AGE) if step.outside else None


async def fill_indicators(region: Region) -> int:
    """Of each kind that the law of all these months has; how many there are, none a second time.

    A kind is left out where the region has nobody of the sort that it is for.
    """
    async with region.reading(system()) as work:
        if await work.session.scalar(select(func.count()).select_from(Indicator)):
            return 0
        months = [month_back(work.today, back) for back in range(BACK, -1, -1)]
        known = work.rules.all(IndicatorKind, months[0].start)
        found = [(kind, await _owners(work, kind)) for kind in known]
        today = work.today
    kinds = [kind for kind, own in found if own]
    owners = {kind.key: own[0] for kind, own in found if own}
    if not kinds:
        return 0
    setter = Setter(region, await centre_actors(region, today), months)
    for number, kind in enumerate(kinds, start=1):
        await setter.set(kind, number, owners[kind.key])
    longest = max(kinds, key=lambda kind: len(kind.chain))
    await setter.propose(longest, len(kinds) + 1, owners[longest.key], months[-1].start)
    return len(kinds) + 1


async def _owners(work: Work, kind: IndicatorKind) -> Sequence[str | None]:
    """Keys of the sort that the kind is for: None for the centre itself, empty where none is."""
    match _owner_kind(kind):
        case OwnerKind.CENTRE | OwnerKind.UNIT:
            return (None,)
        case OwnerKind.BLOCK:
            blocks = await load_blocks(work.session, work.rules)
            return [one.key for one in blocks.all(work.today)]
        case OwnerKind.MUNICIPALITY:
            return [one.key for one in work.rules.all(Municipality, work.today)]
        case _:
            return [one.key for one in work.rules.all(Theme, work.today)]


def _owner_kind(kind: IndicatorKind) -> OwnerKind:
    return min(kind.owners, key=FIRST.index)
