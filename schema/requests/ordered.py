"""Which clause gives the right to ask for materials: the guards of such steps refuse with it."""

from __future__ import annotations

from typing import Protocol

import strawberry
from sqlalchemy import select

from core.law.act import Clause
from core.requests.answering import visible
from core.requests.model import MaterialRequest
from core.requests.rules import RequestRight, Side, right_of
from schema.graphql.context import Context
from schema.graphql.ids import decode_id


class OfSides(Protocol):
    """An input that says who asks whom."""

    asker: Side
    addressee: Side


class OfRequest(Protocol):
    """An input about a request that there is."""

    request: strawberry.ID


def of_sides(context: Context, given: OfSides) -> Clause | None:
    """The right of the asker, or what it may do at all."""
    rights = context.rules.all(RequestRight, context.today)
    right, other = right_of(rights, given.asker, given.addressee)
    found = right or other
    return found.clause if found else None


async def of_request(context: Context, given: OfRequest) -> Clause | None:
    """The right by which it was asked: told to nobody who does not see the request."""
    number = decode_id(given.request, "MaterialRequest")
    query = select(MaterialRequest.clause).where(MaterialRequest.id == number)
    async with context.reading() as work:
        clause = await work.session.scalar(query.where(visible(work.actor)))
    return context.rules.clause(clause) if clause else None
