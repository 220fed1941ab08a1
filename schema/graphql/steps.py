"""Whether a step can be taken now: what its mutation would refuse, whatever is said with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import strawberry

from core.kernel import errors
from core.kernel.codes import RefusalCode
from schema.graphql.clauses import Clause
from schema.graphql.fields import field


@dataclass(frozen=True, slots=True)
class Judged:
    """A mutation and why it would be refused, None if it would not be."""

    mutation: str
    refusal: errors.Refusal | None


def of_refusal(name: str) -> Callable[[Any], Any]:
    """A part of the refusal, null without one."""

    def resolve(root: strawberry.Parent[Judged]) -> Any:
        return getattr(root.refusal, name, None)

    return resolve


def allowed(root: strawberry.Parent[Judged]) -> bool:
    """Whether nothing is refused."""
    return root.refusal is None


@strawberry.type(description="Шаг: можно ли его сделать сейчас, и если нет, почему")
class OfferedStep:
    """Resolved from `Judged`."""

    mutation: str = field("Имя мутации")
    allowed: bool = field("Можно ли сейчас; что указано во входе, проверит сама мутация", allowed)
    code: RefusalCode | None = field("Код отказа; null, если можно", of_refusal("code"))
    text: str | None = field("Причина отказа; null, если можно", of_refusal("sentence"))
    clause: Clause | None = field("Норма, на которой стоит отказ", of_refusal("clause"))
