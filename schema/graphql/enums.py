"""Codes as GraphQL enums, each value with its Russian label; here those that every subject has."""

from __future__ import annotations

from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition, has_enum_definition

from core.kernel.codes import ActKind, Authority, Permission, RefusalCode
from core.law.periods import Periodicity
from core.law.russian import Code

__all__ = ["ENUMS", "Permission", "described"]

C = TypeVar("C", bound=Code)


def described(kind: type[C], description: str, name: str | None = None) -> type[C]:
    """The codes, made a GraphQL enum: the label of each is its description.

    A type that mentions the codes may have been read before: strawberry then made them an enum
    without words, and it is this one that gets them.
    """
    if not has_enum_definition(kind):
        strawberry.enum(kind)
    definition: StrawberryEnumDefinition = vars(kind)["__strawberry_definition__"]
    definition.name, definition.description = name or kind.__name__, description
    labels = {code.value: code.label for code in kind}
    for value in definition.values:
        value.description = labels[value.value] or None
    return kind


ENUMS: tuple[type[Code], ...] = (
    described(Permission, "Право должностного лица"),
    described(RefusalCode, "Почему отказано"),
    described(Authority, "Кто принимает решение"),
    described(ActKind, "Каким актом принято решение"),
    described(Periodicity, "За какой период считается"),
)
