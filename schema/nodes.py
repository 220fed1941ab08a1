"""`node(id)`: any object by its global id, whatever subject it is of."""

from collections.abc import Iterable, Mapping

import strawberry

from core.db.database import Base
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.ids import GlobalId, Node, split_id
from schema.graphql.subject import NodeKind

MOST_NODES = 100


def node_query(kinds: Iterable[NodeKind]) -> type:
    """Relay's entry to these kinds of rows."""
    by_name = {kind.name: kind for kind in kinds}

    async def resolve(info: Info, number: GlobalId) -> Base | None:
        return await _found(by_name, info, number)

    async def resolve_many(info: Info, ids: list[strawberry.ID]) -> list[Base | Refusal | None]:
        if len(ids) > MOST_NODES:
            text = f"За один раз отдаётся не больше {MOST_NODES} объектов"
            raise Refusal(RefusalCode.TOO_MUCH, text)
        return [await _told(by_name, info, number) for number in ids]

    @strawberry.type
    class NodeQuery:
        """Relay's entry."""

        node: Node | None = field(
            "Объект по глобальному номеру; null, если его нет или он вам не виден",
            resolve,
            needs(Permission.READ_DIRECTORY),
        )
        nodes: list[Node | None] = field(
            "Объекты по номерам, в их порядке; null вместо тех, которых нет или не видно",
            resolve_many,
            needs(Permission.READ_DIRECTORY),
        )

    return NodeQuery


async def _told(by_name: Mapping[str, NodeKind], info: Info, number: str) -> Base | Refusal | None:
    """The object, or why there is none: an error in its place costs the others nothing."""
    try:
        return await _found(by_name, info, number)
    except Refusal as refusal:
        return refusal


async def _found(by_name: Mapping[str, NodeKind], info: Info, number: str) -> Base | None:
    """The object, None when there is none, or none that the actor may see."""
    name, row = split_id(number)
    kind, loaders = by_name.get(name), info.context.loaders
    if kind is None:
        return None
    if kind.permission is not None:
        require(info.context.actor, kind.permission)
    if kind.shown_by is not None and not await loaders.load(kind.shown_by, row):
        return None
    found: Base | None = await loaders.load(kind.rows, row)
    return found
