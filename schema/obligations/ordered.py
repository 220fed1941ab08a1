"""Which clause says who answers for an obligation: the guards of its steps refuse with it."""

from __future__ import annotations

from typing import Protocol

from core.law.act import Clause
from core.obligations.law import load_obligations
from schema.graphql.context import Context


class Named(Protocol):
    """What names an obligation by its key."""

    kind: str


class OfObligation(Protocol):
    """An input about an obligation of a period."""

    obligation: Named


class OnClause(Protocol):
    """An input that names the norm on which it stands."""

    clause: str


async def of_obligation(context: Context, given: OfObligation) -> Clause | None:
    """The clause that orders it today."""
    async with context.reading() as work:
        known = (await load_obligations(work)).on(work.today)
    return next((one.clause for one in known if one.key == given.obligation.kind), None)


def of_decision(context: Context, given: OnClause) -> Clause | None:
    """The norm on which the decision is to stand."""
    return context.rules.clause(given.clause)
