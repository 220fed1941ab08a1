"""What the invented half-year happens in: the region's places, channels, bodies and law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from core.appeals.rules.intake import Channel
from core.demo.season import HALF_YEAR
from core.demo.tempers import Temper, assign
from core.demo.vocabulary import (
    STREETS,
    Subject,
    Subjects,
    Vocabulary,
    load_subjects,
    load_vocabulary,
)
from core.directory.bodies import Bodies
from core.directory.rules.bodies import BodyKind
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from core.law.rulebook import Rulebook

COMMON_CHANNELS = {
    "feedback-platform": 30,
    "social-networks": 28,
    "hotline": 8,
    "messengers": 6,
    "letter": 5,
    "portal": 4,
    "regional-system": 4,
    "municipal-system": 4,
    "reception": 3,
    "e-mail": 2,
}
OWN_CHANNEL = 12
UNKNOWN_POPULATION = 20_000
LAST_WEEK = timedelta(days=13)
"""The last whole week lies within so many days, whatever day it is."""

HOT_THEMES = ("housing", "solid-waste", "roads", "transport", "energy", "health")


@dataclass(frozen=True, slots=True)
class HotSpot:
    """One problem that many write about: this subject, in this place, in these weeks.

    `share` is how much of all that is written in them is about it.
    """

    subject: Subject
    municipality: Municipality
    since: datetime
    until: datetime
    streets: Sequence[str]
    share: float

    def covers(self, moment: datetime) -> bool:
        """Whether it is felt at this moment."""
        return self.since <= moment < self.until


@dataclass(frozen=True)
class World:
    """Read once; everything random in it depends on the seed and the region alone.

    It lasts for `span` before `until`.
    """

    seed: str
    until: datetime
    zone: ZoneInfo
    rules: Rulebook
    bodies: Bodies
    tempers: Mapping[str, Temper]
    municipalities: Sequence[Municipality]
    channels: Sequence[Channel]
    subjects: Subjects
    vocabulary: Vocabulary
    hot_spots: Sequence[HotSpot]
    span: timedelta = HALF_YEAR

    def rng(self, what: object) -> Random:
        """Chance for one thing of this world, the same at every run."""
        return Random(f"{self.seed}/{what}")

    def place(self, rng: Random) -> Municipality | None:
        """Somewhere in the region, by population."""
        weights = list(map(population, self.municipalities))
        return rng.choices(self.municipalities, weights)[0] if self.municipalities else None

    def channel(self, rng: Random) -> Channel:
        """A channel by how much it is used; those of the region's own are used well."""
        weights = [COMMON_CHANNELS.get(channel.key, OWN_CHANNEL) for channel in self.channels]
        return rng.choices(self.channels, weights)[0]


def build_world(region: Region, bodies: Bodies, seed: int, until: datetime) -> World:
    """The world of a region whose directory is filled.

    Nothing that is invented goes to organs of the state that are not the region's executive ones.
    """
    bodies = Bodies([row for row in bodies.rows if row.kind != BodyKind.STATE], bodies.themes)
    zone, today = region.passport.zone, until.astimezone(region.passport.zone).date()
    rules, name = region.rules, f"{seed}/{region.code}"
    subjects = load_subjects(rules, today)
    municipalities = rules.all(Municipality, today)
    chance = Random(f"{name}/world")
    return World(
        seed=name,
        until=until,
        zone=zone,
        rules=rules,
        bodies=bodies,
        tempers=assign(chance, leading(subjects, bodies, rules, today), bodies.by_key),
        municipalities=municipalities,
        channels=rules.all(Channel, today),
        subjects=subjects,
        vocabulary=load_vocabulary(),
        hot_spots=_hot_spots(chance, subjects, municipalities, until),
    )


def leading(subjects: Subjects, bodies: Bodies, rules: Rulebook, on: date) -> list[str]:
    """Who answers for what people write about the most, most first."""
    themes = dict.fromkeys(group[0].theme for group in subjects.groups)
    owners = (bodies.owners(theme, rules, on)[:1] for theme in themes)
    return list(dict.fromkeys(body for found in owners for body in found))


def _hot_spots(
    rng: Random, subjects: Subjects, municipalities: Sequence[Municipality], until: datetime
) -> Sequence[HotSpot]:
    """In two of the larger places: three weeks some months ago, and what goes on until now."""
    candidates = [group[0] for group in subjects.groups if group[0].theme in HOT_THEMES]
    largest = sorted(municipalities, key=population, reverse=True)[:8]
    if not candidates or not largest:
        return ()
    since = until - HALF_YEAR + timedelta(days=rng.randrange(60, 120))
    past = _hot_spot(rng, candidates, largest, 0.4, (since, since + timedelta(weeks=3)))
    candidates.remove(past.subject)
    others = [place for place in largest if place is not past.municipality]
    if not candidates or not others:
        return (past,)
    return (past, _hot_spot(rng, candidates, others, 0.8, (until - LAST_WEEK, until)))


def _hot_spot(
    rng: Random,
    subjects: Sequence[Subject],
    municipalities: Sequence[Municipality],
    share: float,
    lasts: tuple[datetime, datetime],
) -> HotSpot:
    subject, municipality = rng.choice(subjects), rng.choice(municipalities)
    return HotSpot(subject, municipality, *lasts, rng.sample(STREETS, 2), share)


def population(municipality: Municipality) -> int:
    """How many live there, or a guess where the source does not say."""
    return municipality.population or UNKNOWN_POPULATION
