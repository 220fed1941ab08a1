"""A rating straight in the tables, of subjects with so many good ones of their cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import orjson
from sqlalchemy import func, select

from core.directory.rules.bodies import BodyKind
from core.kernel.work import Work
from core.ratings.data import as_data
from core.ratings.model import Rating, RatingVersion, Stage
from core.ratings.named import Named
from core.ratings.quarter import quarter_of
from core.ratings.rules import EVERYBODY, PeerGroups, Rated, RatingMethod, Steps, Traits, time
from core.ratings.rules.criteria import TERM
from core.ratings.scoring import Seen, Subject
from core.ratings.standings import told

PERIOD, METHOD, EACH = "2026-Q1", "federal", 100
NAMELESS: Mapping[str, str] = {}
NO_TRAITS: Mapping[str, Traits] = {}


async def rated(
    work: Work,
    stage: Stage = Stage.FINAL,
    names: Mapping[str, str] = NAMELESS,
    /,
    *,
    peers: PeerGroups = EVERYBODY,
    traits: Mapping[str, Traits] = NO_TRAITS,
    within: Steps = TERM,
    rates: Rated = Rated.BODIES,
    per_theme: frozenset[BodyKind] = frozenset(),
    **counts: int,
) -> RatingVersion:
    """A version by the federal method, the next of its rating.

    Each key is a body, each number its good cases of a hundred.
    """
    quarter = quarter_of(PERIOD)
    method = work.rules.get(RatingMethod, METHOD, quarter.last_day)
    good, none = Seen(3, merits=True, hours=72), Seen()
    found = {
        Subject(key): [good] * number + [none] * (EACH - number) for key, number in counts.items()
    }
    timed = [
        time(one.clause, within=within) if one.key == "time" else one for one in method.criteria
    ]
    kinds = frozenset[BodyKind]() if rates is Rated.BLOCKS else method.subjects
    whom = replace(method, rates=rates, subjects=kinds, per_theme=per_theme, peers=peers)
    said = replace(whom, criteria=tuple(timed))
    standings = told(said, quarter, Named(names, traits), found)
    data = orjson.loads(orjson.dumps(as_data(standings)))
    row = await _rating(work, method, stage)
    known = select(func.count()).where(RatingVersion.rating_id == row.id)
    version = RatingVersion(
        rating_id=row.id,
        number=(await work.session.scalar(known) or 0) + 1,
        stage=stage,
        told=data,
        edition=method.edition,
        law=work.rules.edition,
        digest="0" * 64,
        mark=0,
        moved=[],
        actor="curator",
        taken_at=work.now,
    )
    work.session.add(version)
    await work.session.flush()
    return version


async def _rating(work: Work, method: RatingMethod, stage: Stage) -> Rating:
    """The rating, begun where there is none."""
    row: Rating | None
    row = await work.session.scalar(select(Rating).where(Rating.method == METHOD))
    if row is None:
        row = Rating(
            method=METHOD,
            name=method.name,
            start=quarter_of(PERIOD).start,
            period=PERIOD,
            stage=stage,
            clause=method.clause.ref,
            published_at=work.now,
        )
        work.session.add(row)
        await work.session.flush()
    return row
