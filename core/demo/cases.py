"""The invented appeals, as they come in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from core.appeals.intake.new import NewAppeal
from core.appeals.rules.intake import (
    ApplicantKind,
    Channel,
    Identification,
    Regime,
    Residence,
)
from core.demo.people import contact
from core.demo.season import arrivals, season
from core.demo.vocabulary import STREETS, Subject
from core.demo.world import World
from core.kernel.rules.passport import Municipality

PREFIX = "demo-"
COMPLAINTS = 0.015
"""Of all that is written: about a body or its officials."""

KINDS = {
    ApplicantKind.CITIZEN: 940,
    ApplicantKind.LEGAL_ENTITY: 30,
    ApplicantKind.FOREIGNER: 15,
    ApplicantKind.STATELESS: 5,
    ApplicantKind.UNKNOWN: 10,
}
HOMES = {
    Residence.REGION: 910,
    Residence.RUSSIA: 60,
    Residence.ABROAD: 10,
    Residence.UNKNOWN: 20,
}


@dataclass(frozen=True, slots=True)
class Where:
    """The place that an appeal is about."""

    municipality: Municipality | None
    address: str


def cases(world: World, number: int) -> Iterator[NewAppeal]:
    """So many appeals of the world's time, in the order in which they came."""
    moments = arrivals(world.rng("arrivals"), number, world.until, world.zone, world.span)
    for index, received_at in enumerate(moments, start=1):
        yield invented(world, world.rng(index), f"{PREFIX}{index:06}", received_at)


def invented(world: World, rng: Random, external_id: str, received_at: datetime) -> NewAppeal:
    """One appeal that came at this moment (aware)."""
    subject, where = _matter(world, rng, received_at)
    channel = world.channel(rng)
    place = where.municipality
    return NewAppeal(
        channel=channel.key,
        external_id=external_id,
        text=world.vocabulary.complaint(rng, subject, where.address),
        received_at=received_at,
        registered_at=min(received_at + _until_registered(rng, channel), world.until),
        theme=subject.theme,
        topic=subject.topic,
        municipality=place.key if place else None,
        address=where.address,
        latitude=round(place.latitude + rng.gauss(0, 0.01), 5) if place else None,
        longitude=round(place.longitude + rng.gauss(0, 0.01), 5) if place else None,
        complained_body=_complained(world, rng),
        applicant_kind=rng.choices(list(KINDS), list(KINDS.values()))[0],
        residence=rng.choices(list(HOMES), list(HOMES.values()))[0],
        contact=contact(rng, where.address) if channel.regime is Regime.APPEAL else None,
        identified_by=_known_by(channel),
    )


def _known_by(channel: Channel) -> Identification | None:
    """In an electronic channel by the first way that it has; on paper the name tells."""
    asked = channel.electronic and channel.regime is Regime.APPEAL
    return min(channel.identifies, default=None) if asked else None


def _matter(world: World, rng: Random, moment: datetime) -> tuple[Subject, Where]:
    hot = next((spot for spot in world.hot_spots if spot.covers(moment)), None)
    if hot and rng.random() < hot.share:
        return hot.subject, Where(hot.municipality, _address(rng, rng.choice(hot.streets)))
    subject = world.subjects.pick(rng, season(moment))
    return subject, Where(world.place(rng), _address(rng, rng.choice(STREETS)))


def _address(rng: Random, street: str) -> str:
    return f"{street}, дом {rng.randrange(1, 120)}"


def _until_registered(rng: Random, channel: Channel) -> timedelta:
    """What is said in public is seen within hours; a letter takes its days."""
    days = 0.2 if channel.regime is Regime.MESSAGE else 1.5 if channel.electronic else 2.5
    return timedelta(minutes=5 + int(rng.random() * days * 1440))


def _complained(world: World, rng: Random) -> str | None:
    if rng.random() > COMPLAINTS or not world.bodies.by_key:
        return None
    return rng.choice(sorted(world.bodies.by_key))
