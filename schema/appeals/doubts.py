"""What a filter names that the region may never have had: refused in lists as in counts."""

from functools import partial

from core.appeals.observations.known import check_by_law, make_sure, surely_known
from core.appeals.queries import AppealFilter
from schema.graphql.context import Context
from schema.graphql.lookups import Doubt


def doubt_of(wanted: AppealFilter, context: Context) -> Doubt | None:
    """Refuse INVALID what the law has on no day; what only the database knows, it is asked once."""
    check_by_law(context.rules, wanted)
    known = surely_known(context.region.database, wanted)
    return None if known else partial(_make_sure, wanted)


async def _make_sure(wanted: AppealFilter, context: Context) -> None:
    async with context.reading() as work:
        await make_sure(context.region.database, work, wanted)
