"""Ratings of the demo: one that was published, and a draft to which one may object today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from core.appeals.intake.new import NewAppeal
from core.demo.cases import PREFIX, invented
from core.demo.documents import centre_actors
from core.demo.history import Chronicler
from core.demo.law import law_of
from core.demo.life import OFFICIAL
from core.demo.world import World, build_world
from core.directory.bodies import load_bodies
from core.directory.service import actor_of
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.region import Region
from core.law.periods import Period, Periodicity, period_of
from core.ratings.life import draft_rating, publish_rating, publish_trial
from core.ratings.model import Rating
from core.ratings.objections import object_to
from core.ratings.quarter import before
from core.ratings.releases import move_release, release_of
from core.ratings.rules import RatingMethod
from core.ratings.standings import LEAST
from core.ratings.versions import versions_of
from core.shapes.chains.rules import Ground
from core.shapes.deadlines.rules.counting import add_working_days

METHOD, SUBJECTS, CASES, DAYS = "federal", 3, 100, 25
"""So many bodies get so many cases each in the first days of either quarter."""

SPARE = 5
"""Working days between the end of the window and the final."""


async def fill_ratings(region: Region, seed: int) -> int:
    """A final of the quarter before the last one and a draft of the last one; how many there are.

    None a second time, nor in a region with too few bodies to compare. The cases that both count
    are invented with them.
    """
    async with region.work(system()) as work:
        if await work.session.scalar(select(func.count()).select_from(Rating)):
            return 0
        bodies, today = await load_bodies(work.session), work.today
    last = before(period_of(today, Periodicity.QUARTER))
    world = build_world(region, bodies, seed, region.now())
    rated = {one: _rated(region, world, one) for one in (before(last), last)}
    if min(map(len, rated.values())) < LEAST:
        return 0
    head = (await centre_actors(region, today))["head"]
    for quarter, chosen in rated.items():
        async with region.work(system()) as work:
            law = law_of(region.rules, today)
            await Chronicler(work, world, law).write([*_planted(world, quarter, chosen)])
    await _published(region, head, before(last))
    await _drafted(region, head, last)
    await _objected(region, last)
    async with region.reading(system()) as work:
        return await work.session.scalar(select(func.count()).select_from(Rating)) or 0


def _rated(region: Region, world: World, quarter: Period) -> dict[str, str]:
    """The busiest bodies that the method rates, each with a theme of its own."""
    method = region.rules.get(RatingMethod, METHOD, quarter.last_day)
    chosen: dict[str, str] = {}
    themes = dict.fromkeys(group[0].theme for group in world.subjects.groups)
    for theme in filter(None, themes):
        owner = next(iter(world.bodies.owners(theme, world.rules, quarter.last_day)), None)
        if owner is not None and world.bodies.by_key[owner].kind in method.subjects:
            chosen.setdefault(owner, theme)
    return dict([*chosen.items()][:SUBJECTS])


def _planted(world: World, quarter: Period, rated: Mapping[str, str]) -> Iterator[NewAppeal]:
    """Cases of these bodies, early enough in the quarter to have been followed."""
    for body, theme in rated.items():
        for number in range(CASES):
            day = quarter.start + timedelta(days=number % DAYS)
            moment = datetime.combine(day, time(9, number % 60), world.zone).astimezone(UTC)
            key = f"{PREFIX}rated-{quarter.start}-{body}-{number}"
            made = invented(world, world.rng(key), key, moment)
            yield made._replace(theme=theme, topic=None, addressee=body, complained_body=None)


async def _published(region: Region, head: Actor, quarter: Period) -> None:
    """Tried and drafted on the day of the calendar, published on the day of the final."""
    async with region.reading(system()) as work:
        method = region.rules.get(RatingMethod, METHOD, quarter.last_day)
        planned = await release_of(work, method, quarter)
    async with _on(region, planned.draft_on).work(head) as work:
        await publish_trial(work, METHOD, quarter)
        await draft_rating(work, METHOD, quarter)
    async with _on(region, planned.final_on).work(head) as work:
        await publish_rating(work, METHOD, quarter)


async def _drafted(region: Region, head: Actor, quarter: Period) -> None:
    """Shown today; where the calendar has it later, an order moves it."""
    async with region.work(head) as work:
        method = region.rules.get(RatingMethod, METHOD, quarter.last_day)
        planned = await release_of(work, method, quarter)
        if planned.draft_on > work.today:
            final_on = add_working_days(work.today, method.window + SPARE, work.calendar)
            ground = Ground(ActKind.ORDER, "7-од", work.today)
            days = (work.today, final_on)
            await move_release(work, METHOD, quarter, days, "Подведение итогов года", ground)
        await draft_rating(work, METHOD, quarter)


async def _objected(region: Region, quarter: Period) -> None:
    """The last of the draft objects, where it has an official."""
    async with region.reading(system()) as work:
        query = select(Rating).where(Rating.start == quarter.start)
        rating = (await work.session.scalars(query)).one()
        told = (await versions_of(work, rating))[-1].told
        today = work.today
    rated = [one for one in told["entries"] if one["mark"] == "value"]
    entry = rated[-1]
    subject = OFFICIAL.format(body=entry["subject"])
    official = await actor_of(region.database, subject, today, region.rules)
    if official.grants:
        async with region.work(official) as work:
            place = (entry["subject"], entry["theme"])
            text = "Часть ответов дана в срок, но внесена позже: просим учесть."
            await object_to(work, METHOD, quarter, place, text)


def _on(region: Region, day: date) -> Region:
    """The region as it was at noon of a local day."""
    moment = datetime.combine(day, time(12), region.passport.zone).astimezone(UTC)
    return replace(region, clock=lambda: moment)
