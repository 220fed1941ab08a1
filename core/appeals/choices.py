"""What may be said in a field of a step with this case: whatever its rules do not refuse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from core.appeals.case import Case
from core.directory.bodies import Bodies, load_bodies
from core.directory.model import Body, Person
from core.directory.queries import persons
from core.kernel.errors import Refusal

T = TypeVar("T")


class Choice(NamedTuple):
    """A value as the use case takes it, a person as the row; what people call it."""

    value: Any
    name: str


Offer: TypeAlias = Callable[[Case], Awaitable[Sequence[Choice]] | Sequence[Choice]]
Check: TypeAlias = Callable[[T], Awaitable[Any] | Any]
"""Refuses a value with which the step cannot be taken, whatever else is said."""

BodyCheck: TypeAlias = Callable[[Bodies, Body], Awaitable[Any] | Any]
"""The same of a body, among all of the directory."""


async def settled(told: Awaitable[T] | T) -> T:
    """What is told, at once or in time."""
    return await told if isinstance(told, Awaitable) else told


async def fitting(
    values: Iterable[T], check: Check[T], called: Callable[[T], Choice]
) -> list[Choice]:
    """Those of the values that the check does not refuse, in their order."""
    found = []
    for one in values:
        try:
            await settled(check(one))
        except Refusal:
            continue
        found.append(called(one))
    return found


async def fitting_bodies(case: Case, check: BodyCheck) -> list[Choice]:
    """Bodies that work today and that the check does not refuse, by their names."""
    bodies = await load_bodies(case.work.session)
    working = (one for one in bodies.rows if bodies.working(one, case.work.today))
    named = sorted(working, key=lambda one: one.name)
    return await fitting(
        named, lambda one: check(bodies, one), lambda one: Choice(one.key, one.name)
    )


async def fitting_persons(
    case: Case, check: Check[Person], body: int | None = None
) -> list[Choice]:
    """Officials of today, of the body where one is given, whom the check does not refuse."""
    query = persons(None, body, case.work.today).order_by(Person.name, Person.id)
    found = await case.work.session.scalars(query)
    return await fitting(found, check, lambda one: Choice(one, one.name))
