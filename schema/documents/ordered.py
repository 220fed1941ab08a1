"""Which clause says who takes a step with a document: its guard refuses with it."""

from __future__ import annotations

from typing import Protocol

import strawberry

from core.documents import model
from core.documents.rules.kinds import DocumentKind
from core.kernel.codes import Permission
from core.law.act import Clause
from schema.graphql.context import Context
from schema.graphql.ids import decode_id


class OfKind(Protocol):
    """An input that names a kind."""

    kind: str


class OfDocument(Protocol):
    """An input that names a document."""

    document: strawberry.ID


def of_kind(context: Context, given: OfKind) -> Clause | None:
    """The clause that has the kind drafted, by whom it says."""
    rule = context.rules.find(DocumentKind, given.kind, context.today)
    return rule.clause if rule else None


async def of_document(context: Context, given: OfDocument) -> Clause | None:
    """The same, by the kind of the document: told to nobody who may not read documents."""
    if not context.actor.may(Permission.READ_DOCUMENTS):
        return None
    row = await context.row(model.Document, decode_id(given.document, "Document"))
    rule = row and context.rules.find(DocumentKind, row.kind, context.today)
    return rule.clause if rule else None
