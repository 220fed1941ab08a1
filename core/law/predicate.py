"""A condition that a rule carries as a function: it has a code, a version and its own logic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import Generic, TypeVar

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Predicate(Generic[F]):
    """A named function of facts, called `code` in the law; a change of meaning raises `version`.

    `judge` is a plain function in a source file: `core.law.logic` reads what it does, so that a
    condition turned round is another edition even where its author forgot the version.
    ValueError for a lambda, a decorated function or another callable.
    """

    code: str
    version: int
    judge: Callable[[F], bool]

    def __post_init__(self) -> None:
        """Refuse what has no source of its own to be read."""
        judge = self.judge
        plain = isinstance(judge, FunctionType) and not hasattr(judge, "__wrapped__")
        if not plain or judge.__name__ == "<lambda>":
            raise ValueError(f"Условие {self.code!r}: нужна именованная функция без обёрток")
        if not self.code or self.version < 1:
            raise ValueError(f"Условие {self.code!r}: нужны код и версия от 1")

    def __call__(self, facts: F) -> bool:
        """What the function says of the facts; whatever it raises."""
        return self.judge(facts)
