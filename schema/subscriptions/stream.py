"""The stream of what happens, resumed from a cursor: to each listener what he may learn of it."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import orjson
import strawberry

from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.subscriptions import feed as model
from core.subscriptions.audience import APPEAL
from schema.graphql.context import Info
from schema.graphql.fields import field, stream
from schema.graphql.guards import needs
from schema.graphql.ids import NO_PLACE, global_id, place_in
from schema.graphql.live import LiveContext

MOST_NAMES = 100


def _cursor(root: strawberry.Parent[model.Happening]) -> str:
    return str(root.cursor)


def _words(root: strawberry.Parent[model.Happening], info: Info) -> str:
    kind = info.context.region.events.get(root.name)
    return kind.words if kind else root.name


def _appeal(root: strawberry.Parent[model.Happening]) -> str | None:
    if root.number is None:
        return None
    return global_id("Appeal", int(root.subject.removeprefix(APPEAL)))


def _before(root: strawberry.Parent[model.Happening]) -> str:
    return orjson.dumps(root.before).decode()


def _after(root: strawberry.Parent[model.Happening]) -> str:
    return orjson.dumps(root.after).decode()


@strawberry.type(description="Что произошло; оснований и данных людей здесь нет")
class Happening:
    """Resolved from `core.subscriptions.feed.Happening`."""

    cursor: str = field("Место в потоке: с него продолжают", _cursor)
    at: datetime = field("Когда")
    name: str = field("Что произошло")
    words: str = field("Что произошло, словами", _words)
    subject: str = field("С чем")
    appeal: strawberry.ID | None = field("Номер объекта обращения, если это о нём", _appeal)
    number: str | None = field("Номер обращения, если это о нём")
    before: str = field("Что было: JSON", _before)
    after: str = field("Что стало: JSON", _after)


async def _now(info: Info) -> str:
    return str(await info.context.feed.head())


async def _events(
    info: strawberry.Info[LiveContext, None],
    after: Annotated[
        str | None,
        strawberry.argument(description="С какого места; без него с этого мига"),
    ] = None,
    names: Annotated[
        list[str] | None, strawberry.argument(description="Только эти события; без них все")
    ] = None,
) -> AsyncIterator[model.Happening]:
    live = info.context
    head = await live.feed.head()
    cursor = head if after is None else _read(after, head)
    wanted = frozenset(names or ())
    if len(wanted) > MOST_NAMES:
        raise Refusal(RefusalCode.TOO_MUCH, f"Событий за раз не больше {MOST_NAMES}")
    return _told(live, cursor, wanted)


async def _told(
    live: LiveContext, cursor: int, names: frozenset[str]
) -> AsyncIterator[model.Happening]:
    with live.listening(cursor) as place:
        async for heard, behind in model.follow(
            live.feed, live.region, live.renewed, cursor, names
        ):
            for one in heard:
                yield one
                place.cursor = one.cursor  # asked for the next one: this one has gone out
            place.cursor = behind


def _read(given: str, head: int) -> int:
    place = place_in(given)
    if place > head:
        raise Refusal(RefusalCode.INVALID, NO_PLACE)
    return place


@strawberry.type
class StreamQuery:
    """Where the stream stands."""

    event_cursor: str = field(
        "Место потока событий в этот миг: что прочитано после, дополняет подписка с него",
        _now,
        needs(Permission.READ_APPEALS),
    )


@strawberry.type
class StreamSubscription:
    """The stream."""

    events: Happening = stream(
        "Что происходит: с обращениями, которые видны, а читающему журнал региона всё",
        _events,
        needs(Permission.READ_APPEALS),
    )
