"""Who sees what of a rating: published ones everybody, drafts who has rights over bodies.

Who reads the appeals of the whole region sees all of it exactly; an official of a body sees of a
draft what is said of his body. To others numbers of cases are told as of any count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, true

from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.db.bulk import table_of, upsert
from core.directory.model import Body
from core.kernel.access import Scope, require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.law.periods import Period
from core.ratings.model import Rating, RatingCase, RatingLook, RatingObjection, RatingVersion, Stage
from core.ratings.quarter import in_words
from core.ratings.rounded import rounded
from core.ratings.rules import BLOCK, Rated
from core.ratings.versions import versions_of
from core.ratings.words import TOO_FEW, moves, of_blocks


@dataclass(frozen=True, slots=True)
class Sight:
    """What the reader has rights over: the whole region, or bodies and blocks by their keys."""

    whole: bool
    bodies: frozenset[str]
    blocks: frozenset[str] = frozenset()

    @property
    def own(self) -> frozenset[str]:
        """Subjects that are the reader's."""
        return self.bodies | self.blocks

    def exact(self, subject: str) -> bool:
        """Whether numbers of this subject are told as they are."""
        return self.whole or subject in self.own

    def drafts(self, told: Mapping[str, Any]) -> bool:
        """Whether drafts of what rates such subjects are shown."""
        return self.whole or bool(self.blocks if of_blocks(told) else self.bodies)


@dataclass(frozen=True, slots=True)
class Shown:
    """A version as the reader may see it; `told` has the entries that are his to see.

    `before` is the one made before it.
    """

    version: RatingVersion
    told: Mapping[str, Any]
    sight: Sight
    before: RatingVersion | None = None

    @property
    def full(self) -> bool:
        """Whether it is told whole and exactly, so that it can be reckoned again."""
        return self.sight.whole


async def sight_of(work: Work) -> Sight:
    """The reader's rights over appeals today. Needs READ_DIRECTORY."""
    require(work.actor, Permission.READ_DIRECTORY)
    scopes = work.actor.scopes(Permission.READ_APPEALS)
    numbers = {one for scope in scopes for one in scope.bodies or () if _only_bodies(scope)}
    keys = await work.session.scalars(select(Body.key).where(Body.id.in_(numbers)))
    led = {one for scope in scopes for one in scope.blocks or () if _only_blocks(scope)}
    blocks = frozenset(f"{BLOCK}{one}" for one in led)
    return Sight(Scope() in scopes, frozenset(keys), blocks)


async def ratings(work: Work) -> list[Rating]:
    """Every rating of which the reader may see a version, the latest quarter first."""
    sight = await sight_of(work)
    query = select(Rating).order_by(Rating.start.desc(), Rating.method)
    if not sight.whole:
        rates = func.coalesce(RatingVersion.told["rates"].as_string(), Rated.BODIES.value)
        blocks = rates == Rated.BLOCKS.value
        drafts = (blocks & bool(sight.blocks)) | (~blocks & bool(sight.bodies))
        seen = select(RatingVersion.rating_id).where((RatingVersion.stage != Stage.DRAFT) | drafts)
        query = query.where(Rating.id.in_(seen))
    return list(await work.session.scalars(query))


async def find(work: Work, key: str, quarter: Period) -> Rating:
    """A rating of which the reader may see a version; else NOT_FOUND."""
    for row in await ratings(work):
        if (row.method, row.start) == (key, quarter.start):
            return row
    raise Refusal(RefusalCode.NOT_FOUND, f"Рейтинга «{key}» за {in_words(quarter)} нет")


async def shown(work: Work, rating: Rating) -> list[Shown]:
    """The versions that the reader may see, the first made first."""
    sight = await sight_of(work)
    versions = await versions_of(work, rating)
    return [
        Shown(one, _told(one, sight), sight, before)
        for before, one in zip([None, *versions], versions, strict=False)
        if one.stage != Stage.DRAFT or sight.drafts(one.told)
    ]


def noted(one: Shown) -> bool:
    """Whether it is written down who has seen it: a draft, and by whom it moves a correction."""
    if one.version.stage == Stage.CORRECTION:
        return any(moved_["subject"] in one.sight.own for moved_ in moved(one))
    return one.version.stage == Stage.DRAFT


async def look(work: Work, found: list[Shown]) -> None:
    """Write down that the reader has seen these versions today, once a local day for each."""
    for one in found:
        if noted(one):
            row = {
                "version_id": one.version.id,
                "actor": work.actor.subject,
                "day": work.today,
                "whole": one.sight.whole,
                "at": work.now,
            }
            seen = upsert(work.dialect, table_of(RatingLook)).values(row)
            await work.session.execute(seen.on_conflict_do_nothing())


async def looks(work: Work, rating: Rating) -> list[RatingLook]:
    """Who has seen the rating's drafts, for who sees all of them; to others nobody."""
    if not (await sight_of(work)).whole:
        return []
    query = (
        select(RatingLook)
        .join(RatingVersion, RatingVersion.id == RatingLook.version_id)
        .where(RatingVersion.rating_id == rating.id, RatingVersion.stage == Stage.DRAFT)
        .order_by(RatingLook.at, RatingLook.id)
    )
    return list(await work.session.scalars(query))


async def objections(work: Work, rating: Rating) -> list[RatingObjection]:
    """All objections for who sees the whole rating, else those of the reader's bodies."""
    sight = await sight_of(work)
    own = true() if sight.whole else RatingObjection.body.in_(sight.own)
    query = select(RatingObjection).where(RatingObjection.rating_id == rating.id, own)
    return list(await work.session.scalars(query.order_by(RatingObjection.number)))


async def cases_of(
    work: Work, rating: Rating, number: int, body: str, theme: str | None
) -> Select[RatingCase]:
    """The cases that an entry has counted, as they then were: those the reader may see today."""
    found = [one for one in await shown(work, rating) if one.version.number == number]
    rated = {(one["subject"], one["theme"]) for one in found[0].told["entries"]} if found else set()
    if (body, theme) not in rated or not found[0].sight.exact(body):
        raise Refusal(RefusalCode.NOT_FOUND, "Такого места в рейтинге нет")
    scope = RatingCase.scope.is_(None) if theme is None else RatingCase.scope == theme
    return (
        select(RatingCase)
        .join(Appeal, Appeal.id == RatingCase.appeal_id)
        .where(
            RatingCase.version_id == found[0].version.id,
            RatingCase.start == rating.start,
            RatingCase.body == body,
            scope,
            visible(work.actor),
        )
    )


def moved(shown_: Shown) -> list[Mapping[str, Any]]:
    """Whose standing is another than in the version before, as far as the reader is told of it.

    To others who is not in the table stands as who has few cases.
    """
    version, before, sight = shown_.version, shown_.before, shown_.sight
    if sight.whole or before is None:
        return list(version.moved)
    was = rounded(before.told, sight.exact, open_=_open(version))
    found: list[Mapping[str, Any]] = []
    for one in moves(was, shown_.told):
        both = {key: one[key] or TOO_FEW for key in ("before", "after")}
        if sight.exact(str(one["subject"])):
            found.append(one)
        elif both["before"] != both["after"]:
            found.append({**one, **both})
    return found


def _open(version: RatingVersion) -> bool:
    """Whether others are told of the subjects: neither in a draft nor of blocks.

    A block is themes, whose numbers are published by the month: its number would tell of them.
    """
    return version.stage != Stage.DRAFT and not of_blocks(version.told)


def _only_bodies(scope: Scope) -> bool:
    return scope.blocks is None and scope.municipalities is None and scope.appeals is None


def _only_blocks(scope: Scope) -> bool:
    return scope.bodies is None and scope.municipalities is None and scope.appeals is None


def _told(version: RatingVersion, sight: Sight) -> Mapping[str, Any]:
    """All of it, with what others may not know exactly rounded; of a draft only one's own."""
    if sight.whole:
        return version.told
    return rounded(version.told, sight.exact, open_=_open(version))
