"""What is known of subjects beside their cases: their names, and what puts them into a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.kernel.rules.passport import Municipality
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.blocks import responsible
from core.ratings.rules import PeersBy, Rated, RatingMethod, Traits

TOLD_APART = frozenset({PeersBy.KIND, PeersBy.POPULATION})


@dataclass(frozen=True, slots=True)
class Named:
    """Names of subjects by their keys; their traits where a method compares by them.

    `within` is whose unit a unit is, where units are rated.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    traits: Mapping[str, Traits] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)


async def named(work: Work, method: RatingMethod, quarter: Period) -> Named:
    """The directory of today; people live where the law of the quarter's last day counts them."""
    if method.rates is Rated.BLOCKS:
        return Named(await responsible(work, quarter))
    rows = (await work.session.scalars(select(Body))).all()
    names, within = {one.key: one.name for one in rows}, dict[str, str]()
    if method.rates is Rated.UNITS:
        by_id = {one.id: one.key for one in rows}
        within = {one.key: by_id[one.parent_id] for one in rows if one.parent_id is not None}
        names |= {key: f"{names[key]} ({names[above]})" for key, above in within.items()}
    if method.peers.by not in TOLD_APART:
        return Named(names, within=within)
    people = {one.key: one.population for one in work.rules.all(Municipality, quarter.last_day)}
    traits = {
        one.key: Traits(
            BodyKind(one.kind), one.municipality is not None, people.get(one.municipality or "")
        )
        for one in rows
    }
    return Named(names, traits, within)
