"""Whether a value is what its annotation says; the rules of a layer are judged before the merge."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Set
from dataclasses import MISSING, fields
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from core.law.reference import hints

Fits = Callable[[Any], bool]
SHOWN = 60
ADDRESS = re.compile(r" at 0x[0-9a-f]+")
EMPTY: tuple[object, ...] = ((), frozenset())


def misfits(thing: Any) -> Iterator[str]:
    """The fields of a dataclass that hold something else than they say, each in Russian."""
    kind: Any = type(thing)
    for name, fits, hint in _fields(kind):
        value = getattr(thing, name)
        if not fits(value):
            yield f"поле {name}: нужно {said(hint)}, дано {shown(value)}"


def blanks(thing: Any, free: Set[str] = frozenset()) -> Iterator[str]:
    """What a dataclass asks for and what says nothing, texts, lists and numbers, each in Russian.

    Lists and numbers of the fields in `free` may be empty and below nought.
    """
    kind: Any = type(thing)
    for name in _asked(kind):
        value = getattr(thing, name)
        text = isinstance(value, str) and not value.strip()
        if text or (value in EMPTY and name not in free):
            yield f"поле {name}: пусто"
        elif isinstance(value, str) and len(value.splitlines()) > 1:
            yield f"поле {name}: текст пишут в одну строку"
    for name, *_ in _fields(kind):
        value = getattr(thing, name)
        if isinstance(value, int) and value < 0 and name not in free:
            yield f"поле {name}: меньше нуля не бывает"


def fits_hint(hint: Any, value: object) -> bool:
    """Whether the value is of the annotated type, in depth."""
    return _fits(hint)(value)


def shown(value: object) -> str:
    """The value as its author wrote it, cut to a line, with its type; no place in memory."""
    text = ADDRESS.sub("", " ".join(repr(value).split()))
    return f"{text if len(text) <= SHOWN else text[:SHOWN] + '…'} ({type(value).__name__})"


def said(hint: Any) -> str:
    """The annotation as its author reads it: `frozenset[str] | None`."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return said(args[0])
    if origin in (Union, types.UnionType):
        return " | ".join(map(said, args))
    if origin is Callable or (origin is not None and not isinstance(origin, type)):
        return "функция"
    if hint in (None, type(None)):
        return "None"
    if hint is Ellipsis:
        return "..."
    name = getattr(origin or hint, "__name__", str(hint))
    if name == "Callable":
        return "функция"
    return f"{name}[{', '.join(map(said, args))}]" if args else name


@cache
def _asked(kind: Any) -> tuple[str, ...]:
    """The fields without a value of their own; found once, for a start asks this of every rule."""
    given = (MISSING, MISSING)
    return tuple(f.name for f in fields(kind) if (f.default, f.default_factory) == given)


@cache
def _fields(kind: Any) -> tuple[tuple[str, Fits, Any], ...]:
    known = hints(kind)
    return tuple((f.name, _fits(known[f.name]), known[f.name]) for f in fields(kind))


@cache
def _fits(hint: Any) -> Fits:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _fits(args[0])
    if origin in (Union, types.UnionType):
        return _any_of(tuple(map(_fits, args)))
    if origin is tuple:
        return _row(args)
    if isinstance(origin, type) and issubclass(origin, frozenset | list):
        return _all_in(origin, _fits(args[0]))
    return _one(origin or hint)


def _any_of(options: tuple[Fits, ...]) -> Fits:
    return lambda value: any(fits(value) for fits in options)


def _all_in(kind: type[Any], fits: Fits) -> Fits:
    return lambda value: isinstance(value, kind) and all(map(fits, value))


def _row(args: tuple[Any, ...]) -> Fits:
    if len(args) == 2 and args[1] is Ellipsis:
        return _all_in(tuple, _fits(args[0]))
    each = tuple(map(_fits, args))

    def fits(value: Any) -> bool:
        whole = isinstance(value, tuple) and len(value) == len(each)
        return whole and all(one(item) for one, item in zip(each, value, strict=True))

    return fits


def _one(kind: Any) -> Fits:
    """A class: a truth is no number, a moment is no day; a part is judged by its own fields.

    What is `judged_apart`, where it is made, is not judged again in whatever holds it.
    """
    if kind is Any or kind is object:
        return lambda value: True
    if kind is None:
        return lambda value: value is None
    if kind is Callable or getattr(kind, "__name__", "") == "Callable":
        return callable
    if kind is int:
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    if kind is float:
        return lambda value: isinstance(value, int | float) and not isinstance(value, bool)
    if kind is date:
        return lambda value: isinstance(value, date) and not isinstance(value, datetime)
    if hasattr(kind, "__dataclass_fields__") and not getattr(kind, "judged_apart", False):
        return lambda value: isinstance(value, kind) and not any(misfits(value))
    return lambda value: isinstance(value, kind)
