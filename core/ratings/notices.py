"""What a rating has to tell those whom it rates: a draft to object to, a corrected place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, or_, select

from core.kernel.acts.federal import PRACTICE
from core.kernel.serves import serves
from core.kernel.work import Work
from core.ratings.model import Rating, RatingLook, RatingVersion, Stage
from core.ratings.sight import Shown, moved, shown, sight_of

LIFE = PRACTICE.cite("rating-life")
KEPT = timedelta(days=366)
"""So long a correction waits to be seen."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One subject of the reader's: where a draft puts it, or where it was and is, in words."""

    rating: Rating
    version: RatingVersion
    subject: str
    theme: str | None
    name: str
    before: str | None
    after: str | None


@serves(LIFE)
async def rating_notices(work: Work) -> list[Notice]:
    """What the reader's own bodies are told and he has not looked at yet, the latest first.

    A draft while its window of objections is open, a correction that moved them. Who sees the
    whole region is rated by nobody and told nothing here. Needs READ_DIRECTORY.
    """
    sight = await sight_of(work)
    if sight.whole or not sight.own:
        return []
    open_draft = and_(
        RatingVersion.stage == Stage.DRAFT,
        Rating.stage == Stage.DRAFT,
        Rating.objections_until >= work.now,
    )
    corrected = and_(
        RatingVersion.stage == Stage.CORRECTION, RatingVersion.taken_at >= work.now - KEPT
    )
    seen = exists().where(
        RatingLook.version_id == RatingVersion.id, RatingLook.actor == work.actor.subject
    )
    query = (
        select(Rating, RatingVersion)
        .join(RatingVersion, RatingVersion.rating_id == Rating.id)
        .where(or_(open_draft, corrected), ~seen)
        .order_by(RatingVersion.taken_at.desc(), RatingVersion.id.desc())
    )
    return [
        Notice(rating, version, one["subject"], one["theme"], one["name"], *places)
        for rating, version in (await work.session.execute(query)).all()
        for found in await shown(work, rating)
        if found.version.id == version.id
        for one, places in _own(found)
    ]


def _own(
    found: Shown,
) -> Iterator[tuple[Mapping[str, Any], tuple[str | None, str | None]]]:
    """The subjects of the reader's that the version concerns, with the places before and now."""
    if found.version.stage == Stage.CORRECTION:
        for one in moved(found):
            if one["subject"] in found.sight.own:
                yield one, (one["before"], one["after"])
        return
    for one in found.told["entries"]:
        if one["subject"] in found.sight.own:
            yield one, (None, one["standing"])
