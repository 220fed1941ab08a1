"""Strawberry as everyone writes it: ORM objects, a dataloader a relation, a resolver a field.

The same fields as the product's, with the caches that its manual recommends; nobody is asked who
they are. Run as `uvicorn --factory bench.servers.naive:application`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, cast

import orjson
import strawberry
from sqlalchemy import func, select, tuple_
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from bench.servers.judging import Judge
from bench.servers.naive_loaders import Context, Info
from bench.servers.naive_types import Appeal, write_moment
from core.appeals import model
from core.appeals.queries import overdue
from core.appeals.rules.lifecycle import State
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.opening import open_region


class Dimension(StrEnum):
    """By what appeals are counted here."""

    BODY = "body_id"


strawberry.enum(Dimension)


@strawberry.input
class AppealFilter:
    """Which appeals."""

    block: list[str] | None = None
    state: list[State] | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None


Asked = Annotated[AppealFilter, strawberry.argument(name="filter")]


@strawberry.type
class PageInfo:
    """Where the page stands."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Page:
    """A page of appeals."""

    nodes: list[Appeal]
    page_info: PageInfo


@strawberry.type
class CountKey:
    """A body, or the lack of one."""

    key: str | None
    name: str | None


@strawberry.type
class AppealCount:
    """A group and its figures."""

    group: list[CountKey]
    total: int
    overdue: int


async def _appeals(
    info: Info,
    first: int,
    asked: Asked,
    after: str | None = None,
) -> Page:
    key = tuple_(model.Appeal.received_at, model.Appeal.id)
    query = select(model.Appeal)
    if asked.block:
        query = query.where(model.Appeal.block.in_(asked.block))
    if asked.state:
        query = query.where(model.Appeal.state.in_([*asked.state]))
    if after:
        written, number = orjson.loads(b64decode(after))
        query = query.where(key < (datetime.fromisoformat(written), number))
    query = query.order_by(model.Appeal.received_at.desc(), model.Appeal.id.desc())
    async with info.context.session() as session:
        rows = (await session.scalars(query.limit(first + 1))).all()
    nodes: Any = rows[:first]
    cursor = _cursor(nodes[-1]) if nodes else None
    return Page(nodes=nodes, page_info=PageInfo(has_next_page=len(rows) > first, end_cursor=cursor))


async def _appeal(info: Info, id: strawberry.ID) -> Appeal | None:  # noqa: A002 - the API's name
    number = int(b64decode(id)[len("Appeal:") :])
    async with info.context.session() as session:
        return cast("Appeal | None", await session.get(model.Appeal, number))


async def _counts(
    info: Info,
    by: list[Dimension],
    asked: Asked,
) -> list[AppealCount]:
    total, appeal = func.count(), model.Appeal
    late = func.count().filter(overdue(info.context.now))
    query = (
        select(appeal.body_id, total, late)
        .where(appeal.received_at >= asked.received_from)
        .where(appeal.received_at < asked.received_before)
        .group_by(appeal.body_id)
        .order_by(total.desc(), appeal.body_id)
    )
    async with info.context.session() as session:
        rows = (await session.execute(query)).all()
    bodies = await info.context.bodies.load_many([number for number, _, _ in rows if number])
    named = {body.id: body for body in bodies}
    return [
        AppealCount(group=[_named(named.get(number))], total=count, overdue=behind)
        for number, count, behind in rows
    ]


@strawberry.type
class Query:
    """What is measured."""

    appeals: Page = strawberry.field(resolver=_appeals)
    appeal: Appeal | None = strawberry.field(resolver=_appeal)
    appeal_counts: list[AppealCount] = strawberry.field(resolver=_counts)


class View(GraphQL[Context, None]):
    """Strawberry's own view."""

    def __init__(self, schema: strawberry.Schema, region: Region) -> None:
        super().__init__(schema)
        self.region, self.judge = region, Judge(region)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """New loaders for each request."""
        return Context(self.region, self.judge)


def application() -> Starlette:
    """The application on the region and the database that the settings name."""
    settings = Settings()
    moment = strawberry.scalar(name="DateTime", serialize=write_moment, parse_value=_moment)
    schema = strawberry.Schema(
        query=Query,
        extensions=[ParserCache, ValidationCache],
        config=StrawberryConfig(scalar_map={datetime: moment}),
    )
    region = open_region(settings.regions[0], settings)
    return Starlette(routes=[Mount("/graphql", View(schema, region))])


def _moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


def _cursor(row: model.Appeal) -> str:
    return b64encode(orjson.dumps([write_moment(row.received_at), row.id])).decode()


def _named(body: Any) -> CountKey:
    return CountKey(key=body.key if body else None, name=body.name if body else None)
