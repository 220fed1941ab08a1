"""`node(id)`: any object by its global id."""

from __future__ import annotations

import strawberry

from core.db.database import Base
from core.kernel.access import require
from core.kernel.codes import Permission
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.ids import GlobalId, Node, split_id
from schema.graphql.loaders import APPEALS, BODIES, CLUSTERS, MEMBERS, PERSONS
from schema.indicators.types import INDICATORS
from schema.workload.types import STAFFING


async def _node(info: Info, number: GlobalId) -> Base | None:
    """The object, None when there is none, or none that the actor may see."""
    kind, row = split_id(number)
    loaders = info.context.loaders
    found: Base | None = None
    match kind:
        case "Appeal":
            require(info.context.actor, Permission.READ_APPEALS)
            found = await loaders.load(APPEALS, row)
        case "Body":
            found = await loaders.load(BODIES, row)
        case "Person":
            found = await loaders.load(PERSONS, row)
        case "Cluster" if await loaders.load(MEMBERS, row):
            found = await loaders.load(CLUSTERS, row)
        case "Indicator":
            require(info.context.actor, Permission.READ_APPEALS)
            found = await loaders.load(INDICATORS, row)
        case "StaffingProposal":
            require(info.context.actor, Permission.READ_WORKLOAD)
            found = await loaders.load(STAFFING, row)
    return found


@strawberry.type
class NodeQuery:
    """Relay's entry."""

    node: Node | None = field(
        "Объект по глобальному номеру; null, если его нет или он вам не виден",
        _node,
        needs(Permission.READ_DIRECTORY),
    )
