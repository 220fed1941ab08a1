"""Which figures an actor may see: of what stands where his appointments reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement

from core.appeals.queries import within
from core.kernel.access import Actor
from core.kernel.codes import Permission
from core.shapes.figures.subject import Sight


def _seen(rows: Any, actor: Actor) -> ColumnElement[bool]:
    return within(rows, actor.scopes(Permission.READ_APPEALS))


def _limits(actor: Actor) -> Iterator[str]:
    for scope in actor.scopes(Permission.READ_APPEALS):
        limits = (scope.blocks, scope.municipalities, scope.bodies)
        names = ("block", "municipality", "body_id")
        yield from (name for name, limit in zip(names, limits, strict=True) if limit is not None)


SIGHT = Sight(_seen, _limits)
"""Of rows that say where their appeal stands, or stood; with READ_APPEALS."""
