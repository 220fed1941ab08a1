"""Which clause says who takes a step with a document: its guard refuses with it."""

from __future__ import annotations

from typing import Protocol

import strawberry

from core.documents import model
from core.documents.rules.kinds import DocumentKind
from core.kernel.codes import Authority
from core.law.act import Clause
from schema.graphql.context import Context
from schema.graphql.ids import decode_id


class OfKind(Protocol):
    """An input that names a kind."""

    kind: str


class OfDocument(Protocol):
    """An input that names a document."""

    document: strawberry.ID


class OfParty(OfDocument, Protocol):
    """An input that says whose step it is, too."""

    by: Authority


def of_kind(context: Context, given: OfKind) -> Clause | None:
    """The clause that has the kind drafted, by whom it says."""
    rule = context.rules.find(DocumentKind, given.kind, context.today)
    return rule.clause if rule else None


async def of_document(context: Context, given: OfDocument) -> Clause | None:
    """The same, by the kind of the document."""
    rule = await _rule(context, given)
    return rule.clause if rule else None


async def of_step(context: Context, given: OfParty) -> Clause | None:
    """The clause by which the party decides in the chain of the document's kind."""
    rule = await _rule(context, given)
    steps = [one for one in rule.steps if given.by in one.by] if rule else []
    return rule.ground(steps[0]) if rule and steps else rule.clause if rule else None


async def _rule(context: Context, given: OfDocument) -> DocumentKind | None:
    number = decode_id(given.document, "Document")
    async with context.reading() as work:
        row = await work.session.get(model.Document, number)
    return None if row is None else context.rules.find(DocumentKind, row.kind, context.today)
