"""Which clause says who decides on an indicator: the guards of its steps refuse with it."""

from __future__ import annotations

from typing import Protocol

import strawberry

from core.indicators.model import Indicator
from core.indicators.rules.kinds import IndicatorKind, in_doubt
from core.law.act import Clause
from schema.graphql.context import Context
from schema.graphql.ids import decode_id


class OfKind(Protocol):
    """An input that may name a kind."""

    kind: str | None


class OfIndicator(Protocol):
    """An input about an indicator that there is."""

    id: strawberry.ID


def of_kind(context: Context, given: OfKind) -> Clause | None:
    """The clause of the kind, or of the one with the longest chain where none is named."""
    kinds = context.rules.all(IndicatorKind, context.today)
    named = next((one for one in kinds if one.key == given.kind), None)
    return (named or in_doubt(kinds)).clause


async def of_indicator(context: Context, given: OfIndicator) -> Clause | None:
    """The clause of the indicator's kind."""
    row = await context.row(Indicator, decode_id(given.id, "Indicator"))
    rule = context.rules.find(IndicatorKind, row.kind, context.today) if row else None
    return rule.clause if rule else None
