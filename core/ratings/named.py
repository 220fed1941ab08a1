"""What is known of bodies beside their cases: their names, and what puts them into a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.rules import PeersBy, RatingMethod, Traits

TOLD_APART = frozenset({PeersBy.KIND, PeersBy.POPULATION})


@dataclass(frozen=True, slots=True)
class Named:
    """Names of bodies by their keys; their traits where a method compares by them."""

    names: Mapping[str, str] = field(default_factory=dict)
    traits: Mapping[str, Traits] = field(default_factory=dict)


async def named(work: Work, method: RatingMethod, quarter: Period) -> Named:
    """The directory of today; people live where the law of the quarter's last day counts them."""
    rows = (await work.session.scalars(select(Body))).all()
    names = {one.key: one.name for one in rows}
    if method.peers.by not in TOLD_APART:
        return Named(names)
    people = {one.key: one.population for one in work.rules.all(Municipality, quarter.last_day)}
    traits = {
        one.key: Traits(
            BodyKind(one.kind), one.municipality is not None, people.get(one.municipality or "")
        )
        for one in rows
    }
    return Named(names, traits)
