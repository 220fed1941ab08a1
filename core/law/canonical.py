"""Values of rules in one form for every machine: by declared codes, not by names of Python.

Each form is tagged, so that no two values share one: a text is not a list of one text, nothing
is not an empty text, a set is not a list, a whole number is not a float.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from fractions import Fraction
from functools import cache
from types import FunctionType
from typing import Any

from core.law.act import Clause
from core.law.logic import logic
from core.law.predicate import Predicate


def written(form: Any) -> str:
    """A form as JSON, the same bytes everywhere."""
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def plain(value: object) -> Any:
    """The form of a value: texts, whole numbers, truths and nothing as they are, the rest tagged.

    An enum counts as its value, a clause as its id and its words, a dataclass as its fields by
    their codes. TypeError for a bare function: only a `Predicate` says which one it is.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, tuple | list):
        return ["list", *map(plain, value)]
    if isinstance(value, frozenset | set):
        return ["set", *sorted(map(plain, value), key=written)]
    if isinstance(value, Mapping):
        return ["map", *sorted(([plain(k), plain(v)] for k, v in value.items()), key=written)]
    if isinstance(value, Predicate) and isinstance(value.judge, FunctionType):
        return ["predicate", value.code, value.version, logic(value.judge, plain)]
    if isinstance(value, Clause):
        return ["clause", value.ref, value.quote]
    if is_dataclass(value) and not isinstance(value, type):
        return ["record", *_said(value)]
    return _measure(value)


def _measure(value: object) -> Any:
    """Days, moments, lengths and numbers that JSON has no exact form for."""
    match value:
        case float():
            return ["float", repr(value)]
        case Fraction():
            return ["fraction", value.numerator, value.denominator]
        case datetime():
            return ["moment", value.isoformat()]
        case date():
            return ["day", value.isoformat()]
        case time():
            return ["time", value.isoformat()]
        case timedelta():
            return ["length", value.days, value.seconds, value.microseconds]
    raise TypeError(f"{type(value).__name__} не входит в редакцию свода: {value!r}")


def _said(value: Any) -> Iterator[list[Any]]:
    """The fields of a dataclass that say something; see `unsaid_of`."""
    kind: Any = type(value)
    unsaid = unsaid_of(kind)
    for code, name in codes_of(kind):
        told = getattr(value, name)
        if code not in unsaid or told != unsaid[code]:
            yield [code, plain(told)]


@cache
def unsaid_of(kind: type[Any]) -> Mapping[str, Any]:
    """Of fields that came later, by their codes, the value with which all is as it was before.

    `field(metadata={"unsaid": None})`: where it stands, every edition stays what it was.
    """
    return {_code(one): one.metadata["unsaid"] for one in fields(kind) if "unsaid" in one.metadata}


@cache
def codes_of(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """The codes of a dataclass's fields with the fields' names, sorted; ValueError for a double.

    A field's code is its name, until the field is renamed: then it keeps the old one by
    `field(metadata={"code": "form"})`, and every edition stays what it was.
    """
    pairs = sorted((_code(one), one.name) for one in fields(kind))
    if len({code for code, _ in pairs}) != len(pairs):
        raise ValueError(f"{kind.__name__}: код поля повторяется")
    return tuple(pairs)


def _code(one: Field[Any]) -> str:
    return str(one.metadata.get("code", one.name))
