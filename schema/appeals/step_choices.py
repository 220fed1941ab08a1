"""What may be said in the fields of a step: by its own rules, for who may take it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from core.appeals.choices import Choice
from core.appeals.ledger import read_entries
from core.appeals.model import Appeal
from core.appeals.satisfaction.model import Dispute
from core.directory.model import Person
from schema.appeals.allowed import refusal_of, takers
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import global_id

ROWS = ((Person, "Person"), (Dispute, "Dispute"))
"""Rows that inputs take by their global ids."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A field of a step's input and what may be said in it."""

    name: str
    choices: Sequence[Choice]


async def offered(
    root: strawberry.Parent[Appeal],
    info: Info,
    mutation: Annotated[str, strawberry.argument(description="Имя мутации шага")],
) -> list[Offered]:
    """Resolver of an appeal's `stepChoices`; nothing of a step that is not open."""
    taker = next((one for one in takers(info.schema._schema) if one.mutation == mutation), None)
    if taker is None:
        return []
    async with info.context.reading() as work:
        rows = await read_entries(work, root.id)
        if await refusal_of(work, taker, root, rows) is not None:
            return []
        return offers(await taker.step.chosen_from(work, root, rows))


def offers(found: Mapping[str, Sequence[Choice]]) -> list[Offered]:
    """Fields by the names of inputs, with what may be said in each."""
    return [Offered(to_camel_case(name), said) for name, said in found.items()]


def _value(root: strawberry.Parent[Choice]) -> str:
    """As the input takes it: the member of an enum, the global id of a row, else the key."""
    value: Any = root.value
    if isinstance(value, Enum):
        return value.name
    named = next((name for kind, name in ROWS if isinstance(value, kind)), None)
    return str(value) if named is None else global_id(named, value.id)


@strawberry.type(description="Что можно выбрать в поле шага")
class StepChoice:
    """Resolved from `Choice`."""

    value: str = field("Значение, каким его берёт поле входа", _value)
    name: str = field("Как это называется")


@strawberry.type(description="Поле шага, о котором заранее известно, что в нём примут")
class StepField:
    """Resolved from `Offered`."""

    name: str = field("Имя поля входа; поля внутри других полей — своим именем")
    choices: list[StepChoice] = field("Всё, в чём этот шаг не откажет из-за самого значения")
