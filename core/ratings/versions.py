"""Versions of a rating: reckoned anew, written down with every case behind it, hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import func, insert, select

from core.appeals.model import LedgerEntry
from core.kernel.access import require_everywhere, system
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.periods import Period, Periodicity, period_of
from core.ratings.cases import Had
from core.ratings.data import as_data
from core.ratings.model import Rating, RatingCase, RatingVersion, Stage
from core.ratings.named import named
from core.ratings.quarter import in_words
from core.ratings.queries import Row
from core.ratings.rules import RatingMethod
from core.ratings.table import Collected, collected, reckoned
from core.ratings.words import listens, moves

BATCH = 5_000
WHOLE = system([Permission.READ_APPEALS])
"""A rating counts every case of the region, whoever makes it."""

COUNTED = (
    "start", "appeal_id", "body", "scope", "days", "merits", "returned", "begun", "holder",
    "theme", "outcome", "answered_at", "reworks",
)  # fmt: skip
"""What a version keeps of a case, and its hash covers."""

HEARD = "heard"
"""What applicants said, where the method listens to them: see `digest_of`."""


async def locked(work: Work, key: str, quarter: Period) -> Rating | None:
    """The rating's row, locked; None where none was begun."""
    query = select(Rating).where(Rating.method == key, Rating.start == quarter.start)
    row: Rating | None = await work.session.scalar(query.with_for_update())
    return row


async def rating_of(work: Work, key: str, quarter: Period) -> Rating:
    """The same; NOT_FOUND where none was begun."""
    return there(await locked(work, key, quarter), key, quarter)


def there(row: Rating | None, key: str, quarter: Period) -> Rating:
    """The rating; NOT_FOUND where none was begun."""
    if row is None:
        text = f"Рейтинга «{key}» за {in_words(quarter)} нет"
        raise Refusal(RefusalCode.NOT_FOUND, text)
    return row


async def versions_of(work: Work, rating: Rating) -> Sequence[RatingVersion]:
    """All of them, the first made first."""
    query = select(RatingVersion).where(RatingVersion.rating_id == rating.id)
    return (await work.session.scalars(query.order_by(RatingVersion.number))).all()


async def known_today(work: Work, rating: Rating) -> dict[str, Any]:
    """What the rating would say by what is known at this moment, as JSON; it is kept nowhere.

    Needs READ_APPEALS everywhere.
    """
    text = "Пересчёт рейтинга на сегодня показывают тому, кто отвечает за весь регион"
    require_everywhere(work.actor, Permission.READ_APPEALS, text)
    quarter = quarter_of_row(rating)
    method = work.rules.get(RatingMethod, rating.method, quarter.last_day)
    return (await _reckoned(work, method, quarter))[0]


async def freeze(
    work: Work, rating: Rating, method: RatingMethod, stage: Stage, reason: str | None = None
) -> RatingVersion:
    """Reckon and write down a version, with whose standing has moved since the one before it.

    Refuses WRONG_STATE where too few subjects have enough cases.
    """
    quarter = quarter_of_row(rating)
    (told, found), earlier = await _reckoned(work, method, quarter), await versions_of(work, rating)
    rows = [_row(one, start) for start, cases in _by_start(found) for one in cases]
    version = RatingVersion(
        rating_id=rating.id,
        number=len(earlier) + 1,
        stage=stage,
        told=told,
        edition=method.edition,
        law=work.rules.edition,
        digest=digest_of(told, rows),
        mark=await work.session.scalar(select(func.max(LedgerEntry.id))) or 0,
        reason=reason,
        moved=moves(earlier[-1].told, told) if earlier else [],
        actor=work.actor.subject,
        taken_at=work.now,
    )
    work.session.add(version)
    await work.session.flush()
    for at in range(0, len(rows), BATCH):
        lines = [{"version_id": version.id, **row} for row in rows[at : at + BATCH]]
        await work.session.execute(insert(RatingCase), lines)
    rating.stage = stage
    await work.session.flush()
    return version


def kept_of(told: Mapping[str, Any]) -> tuple[str, ...]:
    """What a version tells of a case, by what it says: versions before it listened say less."""
    return (*COUNTED, HEARD) if listens(told) else COUNTED


def digest_of(told: Any, rows: Iterable[dict[str, Any]]) -> str:
    """The SHA-256 of a version: what it says and every case that it counted, in their order.

    A case of whose applicant nothing is known has the line that it had before he was heard.
    """
    said = orjson.dumps({"told": told, "cases": [*map(_line, rows)]}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(said).hexdigest()


def _line(row: Mapping[str, Any]) -> list[Any]:
    heard = [] if row[HEARD] is None else [row[HEARD]]
    return [*(row[name] for name in COUNTED), *heard]


async def proven(work: Work, version: RatingVersion) -> bool:
    """Whether the version and its cases are as they were hashed."""
    query = select(RatingCase).where(RatingCase.version_id == version.id).order_by(RatingCase.id)
    rows = [
        {name: getattr(row, name) for name in (*COUNTED, HEARD)}
        for row in await work.session.scalars(query)
    ]
    return digest_of(version.told, rows) == version.digest


def quarter_of_row(rating: Rating) -> Period:
    """The quarter that a rating is of."""
    return period_of(rating.start, Periodicity.QUARTER)


async def _reckoned(
    work: Work, method: RatingMethod, quarter: Period
) -> tuple[dict[str, Any], Collected]:
    """What the rating says, as JSON, and every case that it is told from."""
    found = await collected(work, method, quarter, WHOLE)
    standings = reckoned(method, found, await named(work, method, quarter))
    return orjson.loads(orjson.dumps(as_data(standings))), found


def _by_start(found: Collected) -> Iterable[tuple[Any, list[Had]]]:
    return ((quarter.start, cases) for quarter, cases in found.items())


def _row(one: Had, start: Any) -> dict[str, Any]:
    seen = {name: getattr(one.seen, name) for name in ("days", "merits", "returned", HEARD)}
    read = {name: getattr(one.row, name) for name in COUNTED if name in Row._fields}
    return {**read, **seen, "start": start, "scope": one.subject.theme}
