"""Who may read a field: written beside it, printed in the SDL, checked before its resolver."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from inspect import isawaitable
from typing import Any, TypeVar

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.schema_directive import Location
from strawberry.types.base import StrawberryOptional
from strawberry.types.field import StrawberryField
from strawberry.types.union import StrawberryUnion

from core.directory.standing import turned_away
from core.kernel.access import require
from core.kernel.errors import Refusal
from core.law.act import Clause
from schema.graphql.context import Context, Info
from schema.graphql.enums import Permission

F = TypeVar("F", bound=Callable[..., Any])
Found = Clause | None
Find = Callable[[Context, Any], Found | Awaitable[Found]]
"""What says who may, of what is asked with this input: None where no act does."""


def ordered_by(says: Find | Clause) -> Callable[[F], F]:
    """Mark a resolver by what says who may take its step: its guard refuses with that clause."""
    find: Find = (lambda _context, _given: says) if isinstance(says, Clause) else says

    def mark(resolve: F) -> F:
        resolve.ordered_by = find  # type: ignore[attr-defined]
        return resolve

    return mark


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], name="needs", description="Нужно это право"
)
class Needs:
    """Printed as `@needs(permission: READ_APPEALS)`."""

    permission: Permission


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], name="public", description="Доступно без входа"
)
class Public:
    """Printed as `@public`."""


class Guard(FieldExtension):
    """Says who may read a field, and refuses everyone else before its resolver runs.

    So the field may be null: whoever may not read it gets null there, an error, and the rest.
    Where the type is a union, the refusal is one of its values.
    """

    def __init__(self, permission: Permission | None) -> None:
        self.permission = permission

    @property
    def directive(self) -> object:
        """What the SDL prints."""
        return Public() if self.permission is None else Needs(permission=self.permission)

    def apply(self, field: StrawberryField) -> None:
        """Make the guarded field nullable."""
        shown = field.type
        if self.permission and not isinstance(shown, StrawberryOptional | StrawberryUnion):
            field.type = StrawberryOptional(shown)

    def resolve(self, next_: Callable[..., Any], source: Any, info: Info, **kwargs: Any) -> Any:
        """Check, then resolve."""
        if self.permission is not None:
            require(info.context.actor, self.permission)
        return next_(source, info, **kwargs)

    async def resolve_async(
        self, next_: Callable[..., Awaitable[Any]], source: Any, info: Info, **kwargs: Any
    ) -> Any:
        """Check, then resolve."""
        actor = info.context.actor
        if self.permission is not None and not actor.may(self.permission):
            ground = None if actor.anonymous else await _ground(info, kwargs)
            if not actor.anonymous and not actor.grants:
                raise await _turned_away(info.context, ground)
            require(actor, self.permission, ground)
        return await next_(source, info, **kwargs)


async def _ground(info: Info, given: Mapping[str, Any]) -> Clause | None:
    """What the resolver is marked with; nothing where the input itself names nothing."""
    resolver = info._field.base_resolver
    find: Find | None = getattr(resolver and resolver.wrapped_func, "ordered_by", None)
    if find is None:
        return None
    with suppress(Refusal):
        found = find(info.context, next(iter(given.values()), None))
        return await found if isawaitable(found) else found
    return None


async def _turned_away(context: Context, ground: Clause | None) -> Refusal:
    """Whoever has no appointment is told what he lacks, in the words of `me`."""
    async with context.reading() as work:
        return await turned_away(
            work.session, context.actor.subject, work.today, work.rules, ground
        )


def needs(permission: Permission) -> Guard:
    """Only for who has the permission somewhere; where exactly, the query's scope decides."""
    return Guard(permission)


def public() -> Guard:
    """For everyone, without a token."""
    return Guard(None)
