"""What is written in a case: null where it is not open to whoever asks, journalled where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import JSON
from sqlalchemy.orm import InstrumentedAttribute

from core.appeals.content import may_read, open_cases
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notes.model import Note
from core.appeals.satisfaction.model import Dispute, Survey
from core.kernel.access import Actor
from core.kernel.codes import Permission
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import derived


def _open(kind: Any) -> Rows:
    """The row of an id itself, if the case that it belongs to is open to the actor."""

    def visible(actor: Actor) -> Any:
        return open_cases(actor, kind.appeal_id)

    return Rows(kind.id, visible=visible)


ANSWER, ENTRY, SURVEY, DISPUTE, NOTE = map(_open, (Answer, LedgerEntry, Survey, Dispute, Note))
F = TypeVar("F", bound=Callable[..., Any])
LOADERS = (ANSWER, ENTRY, SURVEY, DISPUTE, NOTE)


def content(description: str, column: InstrumentedAttribute[Any]) -> Any:
    """A field of an appeal that shows what is written in this column."""

    def written(root: Any, info: Info) -> Any:
        if not may_read(info.context.actor, root):
            return None
        info.context.disclosed.add(root.id)
        return getattr(root, column.key)

    reads = derived(
        Appeal.id,
        Appeal.block,
        Appeal.municipality,
        Appeal.body_id,
        Appeal.complained_person_id,
        column,
    )
    return _field(description, reads(_giving(written, column)))


def content_of(description: str, rows: Rows, column: InstrumentedAttribute[Any]) -> Any:
    """The same of what belongs to an appeal."""
    model: Any = rows.model

    def written(root: Any, info: Info, found: Any) -> Any:
        if found is None:
            return None
        info.context.disclosed.add(found.appeal_id)
        return getattr(found, column.key)

    reads = derived(model.appeal_id, column, rows=rows, by=model.id)
    return _field(description, reads(_giving(written, column)))


def _giving(written: F, column: InstrumentedAttribute[Any]) -> F:
    """The function, whose annotation says what the column holds."""
    held: Any = list[Any] if isinstance(column.type, JSON) else column.type.python_type
    written.__annotations__["return"] = held | None
    return written


def _field(description: str, resolver: Any) -> Any:
    return field(f"{description}; {CLOSED}", resolver, needs(Permission.READ_CONTENT))


CLOSED = "null, если содержание обращения вам не открыто; чтение остаётся в журнале"
