"""How many appeals fit each of several filters, of one state of the database."""

from typing import Annotated

import strawberry
from sqlalchemy import Select, select

from core.appeals.content import searcher
from core.appeals.figures.subject import APPEALS
from core.appeals.queries import AppealFilter
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.shapes.figures.analysis import span_for
from schema.appeals.doubts import doubt_of
from schema.appeals.queries import Filter, criteria, fitting, totalled
from schema.graphql.context import Context, Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.paging import counting

MOST = 10
"""So many filters are counted by at once."""

Filters = Annotated[list[Filter], strawberry.argument(description=f"Отборы, от одного до {MOST}")]


async def _totals(info: Info, filters: Filters) -> list[int]:
    if not 0 < len(filters) <= MOST:
        raise Refusal(RefusalCode.INVALID, f"Отборов — от одного до {MOST}")
    context, found = info.context, [criteria(one, info) for one in filters]
    for wanted in found:
        if (doubt := doubt_of(wanted, context)) is not None:
            await doubt(context)
    counts = [_total(context, wanted).scalar_subquery() for wanted in found]
    async with context.reading() as work:
        return [one or 0 for one in (await work.session.execute(select(*counts))).one()]


def _total(context: Context, wanted: AppealFilter) -> Select[int]:
    """Out of what is kept counted, where that knows the filter; else by the rows."""
    actor = searcher(context.actor, wanted)
    span = span_for(APPEALS, (), actor, wanted, context.zone)
    if span is None:
        return counting(fitting(context, wanted))
    return totalled(context, wanted, span, due=False)


@strawberry.type
class TotalQuery:
    """Numbers that stand beside one another."""

    appeal_totals: list[int] = field(
        "Сколько обращений под каждым из отборов, в их порядке",
        _totals,
        needs(Permission.READ_APPEALS),
    )
