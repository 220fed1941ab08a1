"""What may be done with an appeal now: every mutation of a step, asked as its use case asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import strawberry
from graphql import GraphQLSchema

from core.appeals.ledger import read_entries
from core.appeals.model import Appeal
from core.appeals.step import Step
from core.kernel import errors
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.work import Work
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import Guard, ordered_by
from schema.graphql.steps import Judged, allowed, of_refusal

F = TypeVar("F", bound=Callable[..., Any])


def takes(step: Step) -> Callable[[F], F]:
    """Mark the resolver of a mutation that takes this step with the appeal of its input."""

    def mark(resolve: F) -> F:
        resolve.step = step  # type: ignore[attr-defined]
        return ordered_by(lambda context, _given: step.rule(context).clause)(resolve)

    return mark


@dataclass(frozen=True, slots=True)
class Taker:
    """A mutation that takes a step; its guard asks for the permission first."""

    mutation: str
    permission: Permission | None
    step: Step


@cache
def takers(schema: GraphQLSchema) -> tuple[Taker, ...]:
    """The mutations of a schema that take a step, in its order."""
    assert schema.mutation_type is not None
    found = []
    for name, one in schema.mutation_type.fields.items():
        definition = one.extensions["strawberry-definition"]
        step = getattr(definition.base_resolver.wrapped_func, "step", None)
        if step is not None:
            (guard,) = (g for g in definition.extensions if isinstance(g, Guard))
            found.append(Taker(name, guard.permission, step))
    return tuple(found)


async def steps_of(root: strawberry.Parent[Appeal], info: Info) -> list[Judged]:
    """Resolver of an appeal's `steps`."""
    async with info.context.reading() as work:
        rows = await read_entries(work, root.id)
        every = takers(info.schema._schema)
        return [Judged(one.mutation, await refusal_of(work, one, root, rows)) for one in every]


async def refusal_of(work: Work, taker: Taker, appeal: Appeal, rows: Any) -> errors.Refusal | None:
    """Why the mutation would be refused, whatever is said in its input; None if it would not be."""
    try:
        if taker.permission is not None:
            require(work.actor, taker.permission, taker.step.rule(work).clause)
    except errors.Refusal as refusal:
        return refusal
    return await taker.step.refusal(work, appeal, rows)


@strawberry.type(description="Шаг с обращением: можно ли его сделать сейчас, и если нет, почему")
class AppealStep:
    """Resolved from `Judged`: what the mutation would refuse, whatever is said in its input."""

    mutation: str = field("Имя мутации")
    allowed: bool = field("Можно ли сейчас; что указано во входе, проверит сама мутация", allowed)
    code: RefusalCode | None = field("Код отказа; null, если можно", of_refusal("code"))
    text: str | None = field("Причина отказа; null, если можно", of_refusal("sentence"))
    clause: Clause | None = field("Норма, на которой стоит отказ", of_refusal("clause"))
