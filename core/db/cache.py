"""Answers kept for as long as there is room: for pure questions that are asked again and again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

V = TypeVar("V")
LIMIT = 10_000
UNKNOWN: Any = object()


class Memo(Generic[V]):
    """At most `limit` answers; a full memory starts afresh. A refusal is no answer."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._answers: dict[Hashable, V] = {}

    def __len__(self) -> int:
        return len(self._answers)

    def known(self, key: Hashable) -> V | None:
        """The answer to `key`; None while there is none."""
        return self._answers.get(key)

    def recall(self, key: Hashable, judge: Callable[[], V]) -> V:
        """The answer to `key`, which has to hold all that `judge` depends on."""
        known: V = self._answers.get(key, UNKNOWN)
        if known is not UNKNOWN:
            return known
        answer = judge()
        if len(self._answers) >= self._limit:
            self._answers.clear()
        self._answers[key] = answer
        return answer
