"""How many disputes there are, by any dimensions."""

from datetime import datetime
from typing import Annotated

import strawberry
from sqlalchemy import column

from core.appeals.satisfaction.figures import (
    DisputeDimension,
    DisputeFigures,
    DisputeFilter,
    DisputeVerdict,
    analyse_disputes,
)
from core.kernel.codes import Permission
from core.structure.model import BlockProposal
from schema.appeals.counts import GroupKey, Said, block_of, said
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.resolvers import derived
from schema.law import decided

By = Annotated[list[DisputeDimension], strawberry.argument(description="По чему группировать")]
Verdicts = Annotated[
    list[DisputeVerdict] | None, strawberry.argument(description="Только с этими решениями")
]
From = Annotated[datetime | None, strawberry.argument(description="Открыт в этот момент или позже")]
Until = Annotated[datetime | None, strawberry.argument(description="Открыт раньше этого момента")]


@derived(column("key"), *decided.COLUMNS, rows=decided.OF_KEY, by=block_of)
def _group(
    root: DisputeFigures, info: Info, found: list[BlockProposal]
) -> list[Said[DisputeDimension]]:
    return said(root, DisputeDimension, info, found)


@strawberry.type(description="По чему сгруппированы споры")
class DisputeCountKey(GroupKey):
    """Resolved from `Said`."""

    dimension: DisputeDimension = field("По чему")


@strawberry.type(description="Сколько споров в группе")
class DisputeCount:
    """Resolved from `core.appeals.satisfaction.figures.DisputeFigures`."""

    group: list[DisputeCountKey] = field("Значения, по одному на каждое из by", _group)
    total: int = field("Сколько всего")
    judged: int = field("Из них рассмотрено")
    upheld: int = field("Из них заявитель прав")
    overdue: int = field("Из них рассмотрено с опозданием или уже просрочено")
    mean_days: float | None = field("Сколько суток в среднем от спора до решения")
    median_days: float | None = field("Медиана: за сколько полных суток решена половина споров")


async def _counts(
    info: Info,
    by: By,
    verdict: Verdicts = None,
    opened_from: From = None,
    opened_before: Until = None,
) -> list[DisputeFigures]:
    wanted = DisputeFilter(
        verdicts=verdict or (), opened_from=opened_from, opened_before=opened_before
    )
    async with info.context.reading() as work:
        return await analyse_disputes(work, by, wanted)


@strawberry.type
class DisputeCountQuery:
    """Figures of the disputes that the actor may see."""

    dispute_counts: list[DisputeCount] = field(
        "Сколько споров, с разбивкой; сначала крупные группы",
        _counts,
        needs(Permission.READ_APPEALS),
    )
