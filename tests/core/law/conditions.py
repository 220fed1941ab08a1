"""Conditions of one meaning under other names, and of another meaning under the same ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.core.law import conditions
from tests.core.law.samples import Grade

LEAST = 10
MOST = 20
TURN = date(2025, 1, 1)


def plain(facts: int) -> bool:
    """Between two numbers."""
    wanted = [n for n in range(facts) if n > LEAST]
    return bool(wanted) and helped(facts)


def renamed(number: int) -> bool:
    # The same, with every name but those of Python itself changed.
    found = [other for other in range(number) if other > conditions.FLOOR]
    return bool(found) and assisted(number)


def turned(facts: int) -> bool:
    wanted = [n for n in range(facts) if n < LEAST]
    return bool(wanted) and helped(facts)


def other_constant(facts: int) -> bool:
    wanted = [n for n in range(facts) if n > MOST]
    return bool(wanted) and helped(facts)


def other_helper(facts: int) -> bool:
    wanted = [n for n in range(facts) if n > LEAST]
    return bool(wanted) and hindered(facts)


def other_library(facts: int) -> bool:
    wanted = [n for n in range(facts) if n > LEAST]
    return any(wanted) and helped(facts)


def other_name_used(facts: int) -> bool:
    wanted = [n for n in range(facts) if facts > LEAST]
    return bool(wanted) and helped(facts)


def helped(facts: int) -> bool:
    return facts != Grade.BEST.number and TURN.year > facts


def assisted(given: int) -> bool:
    return given != conditions.HIGHEST.number and TURN.year > given


def hindered(facts: int) -> bool:
    return facts != Grade.WORST.number and TURN.year > facts


def again(facts: int) -> bool:
    return facts > 0 and again(facts - 1)


def there(facts: int) -> bool:
    return facts > 0 and back(facts - 1)


def back(facts: int) -> bool:
    return not there(facts)


def unsayable(facts: int) -> bool:
    return bool(facts > UNSAYABLE)


def listed(facts: int) -> bool:
    return FEW.count(facts) > 0


def listed_elsewhere(facts: int) -> bool:
    return MANY.count(facts) > 0


def lost(facts: int) -> bool:
    return bool(facts > NOWHERE)  # type: ignore[name-defined]  # noqa: F821 - that is the point


def foreign(facts: int) -> bool:
    return isinstance(facts, Grade)


FEW, MANY = (1, 2), (1, 2, 3)
FLOOR = 10
HIGHEST = Grade.BEST
UNSAYABLE: Any = object()
