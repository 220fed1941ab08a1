"""A rule of law with one thing changed: what a mutant of `compile_rulebook` puts in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, time, timedelta
from enum import Enum
from typing import Annotated, Any, get_origin, get_type_hints

from core.law.merge import Layer
from core.law.predicate import Predicate
from core.law.rule import Rule

DROPPED = ""
"""In place of a field: the whole rule is taken away."""

KEPT = {one.name for one in fields(Rule)}


def broken(layers: Sequence[Layer], ref: str, kind: str, key: str, field: str) -> list[Layer]:
    """The layers with each rule of this clause, kind and key changed."""

    def changed(rule: Rule) -> Iterator[Rule]:
        if (rule.clause.ref, rule.kind_name(), rule.key) != (ref, kind, key):
            yield rule
        elif field != DROPPED:
            yield replace(rule, **{field: other(getattr(rule, field))})

    return [
        replace(one, rules=tuple(r for rule in one.rules for r in changed(rule)), files=())
        for one in layers
    ]


def changeable(rule: Rule) -> list[str]:
    """The fields that may be changed, the whole rule where there are none.

    What names another thing of the law stays: what nobody knows stops the start, and proves
    nothing of the clause.
    """
    hints = get_type_hints(type(rule), include_extras=True)
    found = [
        one.name
        for one in fields(rule)
        if one.name not in KEPT
        and (get_origin(hints[one.name]) is not Annotated or _many(getattr(rule, one.name)))
        and other(getattr(rule, one.name)) is not None
    ]
    return [*found, *(["floor"] if rule.floor else [])] or [DROPPED]


def _many(value: object) -> bool:
    return isinstance(value, frozenset | tuple)


def other(value: Any) -> Any:
    """Another value of the kind; None where there is none."""
    match value:
        case bool():
            return not value
        case Enum():
            members = list(type(value))
            return members[(members.index(value) + 1) % len(members)]
        case int() | float():
            return value + 1
        case str():
            return f"{value} иначе" if value else None
        case frozenset() if value:
            return value - {min(value, key=str)}
        case tuple() if value:
            return value[:-1]
        case date():
            return value + timedelta(days=1)
        case time():
            return value.replace(hour=(value.hour + 1) % 24)
        case Predicate():
            return Predicate("never", 1, _never)
    return None


def _never(facts: object) -> bool:
    return False
