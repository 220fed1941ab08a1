"""What is ordered and by which rights, as it is kept until it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from core.appeals.figures.subject import Dimension
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.timing import Each
from core.appeals.queries import AppealFilter
from core.attachments.kinds import FileKind
from core.kernel.access import Actor, Grant, Scope
from core.kernel.codes import Permission
from core.law.periods import Period
from core.law.russian import Code

T = TypeVar("T")
READING = frozenset({Permission.READ_APPEALS, Permission.READ_CONTENT})
"""What figures of cases are reckoned by; the second where a filter looks for words."""


class TabulationKind(Code):
    """As what a table is written."""

    CSV = FileKind.CSV.value, FileKind.CSV.label
    XLSX = FileKind.XLSX.value, FileKind.XLSX.label

    @property
    def suffix(self) -> str:
        """As names of files end."""
        return f".{self.value}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure by dimensions over a period; by times of receipt too, where `each` is named.

    Without `criteria` it is a table that is open to everybody.
    """

    measure: Statistic
    by: tuple[Dimension, ...]
    period: Period
    kind: TabulationKind
    each: Each | None = None
    criteria: AppealFilter | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked, and the grants by which it was."""

    asked: Asked
    grants: tuple[Grant, ...]


def written(order: Order) -> dict[str, Any]:
    """The order as JSON, the same of the same."""
    said: dict[str, Any] = _orders().dump_python(order, mode="json")
    grants = [{**one, "scope": _sorted(one["scope"])} for one in said["grants"]]
    said["grants"] = sorted((_sorted(one) for one in grants), key=str)
    return said


def read(said: Mapping[str, Any]) -> Order:
    """The order that `written` wrote."""
    return _orders().validate_python(said)


@cache
def _orders() -> TypeAdapter[Order]:
    return TypeAdapter(Order)


def _sorted(said: Mapping[str, Any]) -> dict[str, Any]:
    """With its sets in one order."""
    return {name: sorted(one) if isinstance(one, list) else one for name, one in said.items()}


def reading(actor: Actor) -> tuple[Grant, ...]:
    """The grants by which the actor reads cases, with nothing else in them."""
    held = (
        Grant(one.role, one.rank, one.permissions & READING, one.scope, one.lender)
        for one in actor.grants
    )
    return tuple(one for one in held if one.permissions)


def both(actor: Actor, then: Iterable[Grant]) -> Actor:
    """The actor with what he may read now and might read then, and with nothing else."""
    pairs = ((one, other) for one in reading(actor) for other in then)
    found = (_common(one, other) for one, other in pairs)
    grants = dict.fromkeys(one for one in found if one.permissions and not _is_empty(one.scope))
    return Actor(actor.subject, actor.person_id, tuple(grants))


def _common(one: Grant, other: Grant) -> Grant:
    return Grant(
        one.role,
        min(one.rank, other.rank),
        one.permissions & other.permissions,
        Scope(
            _shared(one.scope.blocks, other.scope.blocks),
            _shared(one.scope.municipalities, other.scope.municipalities),
            _shared(one.scope.bodies, other.scope.bodies),
            _shared(one.scope.appeals, other.scope.appeals),
            one.scope.barred | other.scope.barred,
        ),
        one.lender,
    )


def _is_empty(scope: Scope) -> bool:
    limits = (scope.blocks, scope.municipalities, scope.bodies, scope.appeals)
    return any(one is not None and not one for one in limits)


def _shared(one: frozenset[T] | None, other: frozenset[T] | None) -> frozenset[T] | None:
    """What both reach; None reaches everything."""
    if one is None or other is None:
        return other if one is None else one
    return one & other
