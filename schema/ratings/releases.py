"""A place in the calendar of ratings: its days, its steps, what may be said in them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from core.kernel.errors import Refusal as CoreRefusal
from core.ratings import model, releases
from core.ratings.model import Stage
from core.ratings.objections import places_of, waiting_of
from core.ratings.quarter import written
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.steps import Judged, OfferedStep
from schema.law.types import CLAUSE, NAME
from schema.ratings.steps import judged
from schema.ratings.types import RatingMove, RatingObjection
from schema.ratings.words import METHOD, PERIOD, SUBJECT, THEME


@strawberry.type(description="Место проекта, на которое можно возразить")
class RatingPlace:
    """Resolved from entries of a version, as it keeps them."""

    subject: str = field(SUBJECT, lambda root: root["subject"])
    theme: str | None = field(THEME, lambda root: root["theme"])
    name: str = field(NAME, lambda root: root["name"])


def _reached(root: strawberry.Parent[releases.Release]) -> Stage | None:
    return Stage(root.rating.stage) if root.rating else None


def _period(root: strawberry.Parent[releases.Release]) -> str:
    return written(root.quarter)


async def _offered(root: strawberry.Parent[releases.Release], info: Info) -> list[Judged]:
    async with info.context.reading() as work:
        return await judged(work, root)


async def _places(root: strawberry.Parent[releases.Release], info: Info) -> list[Mapping[str, Any]]:
    if root.rating is None:
        return []
    async with info.context.reading() as work:
        try:
            return await places_of(work, root.rating)
        except CoreRefusal:
            return []


async def _waiting(
    root: strawberry.Parent[releases.Release], info: Info
) -> list[model.RatingObjection]:
    if root.rating is None:
        return []
    async with info.context.reading() as work:
        try:
            return await waiting_of(work, root.rating)
        except CoreRefusal:
            return []


@strawberry.type(description="Дни, в которые выходит рейтинг")
class RatingRelease:
    """Resolved from `Release`."""

    method: str = field(METHOD, lambda root: root.method.key)
    name: str = field(NAME, lambda root: root.method.name)
    period: str = field(PERIOD, _period)
    draft_on: date = field("День проекта")
    final_on: date = field("День итога")
    late: bool = field("Вышел ли итог позже своего дня")
    missed: Stage | None = field("Что ещё не вышло, хотя его день прошёл")
    moved: RatingMove | None = field("Решение, которое перенесло эти дни")
    stage: Stage | None = field("Как далеко рейтинг продвинулся; null — ещё не начат", _reached)
    clause: Clause | None = field(CLAUSE, lambda root: releases.CALENDAR)
    offered: list[OfferedStep] = field("Шаги: какие Вам открыты сейчас", _offered)
    places: list[RatingPlace] = field("Места, на которые Вы можете возразить сейчас", _places)
    waiting: list[RatingObjection] = field(
        "Возражения, на которые Вы можете ответить сейчас", _waiting
    )
