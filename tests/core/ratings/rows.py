"""A rating straight in the tables, of subjects with so many good ones of their cases."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from core.kernel.work import Work
from core.ratings.data import as_data
from core.ratings.model import Rating, RatingVersion, Stage
from core.ratings.quarter import quarter_of
from core.ratings.rules import RatingMethod
from core.ratings.scoring import Seen, Subject
from core.ratings.table import told

PERIOD, METHOD, EACH = "2026-Q1", "federal", 100
NAMELESS: Mapping[str, str] = {}


async def rated(
    work: Work, stage: Stage = Stage.FINAL, names: Mapping[str, str] = NAMELESS, /, **counts: int
) -> None:
    """A version by the federal method; each key a body, each number its good cases of a hundred."""
    quarter = quarter_of(PERIOD)
    method = work.rules.get(RatingMethod, METHOD, quarter.last_day)
    good, none = Seen(3, merits=True), Seen()
    found = {
        Subject(key): [good] * number + [none] * (EACH - number) for key, number in counts.items()
    }
    data = orjson.loads(orjson.dumps(as_data(told(method, quarter, names, found))))
    row = Rating(
        method=METHOD,
        name=method.name,
        start=quarter.start,
        period=PERIOD,
        stage=stage,
        clause=method.clause.ref,
        published_at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    version = RatingVersion(
        rating_id=row.id,
        number=1,
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
