"""What annotations say of attributes and resolvers: Python types, without running anything."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cached_property
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy.orm import Mapped


class Text(str):
    """A column of text: codes are kept so, and the API writes them by their values."""

    __slots__ = ()


class Probe:
    """Stands for a value of a type before a lambda; what is asked of it is a probe again."""

    def __init__(self, kind: Any) -> None:
        self._kind = kind

    def __getattr__(self, name: str) -> Probe:
        return Probe(attribute(self._kind, name))

    def __getitem__(self, key: object) -> Probe:
        return Probe(get_args(self._kind)[-1] if get_args(self._kind) else Any)

    def __iter__(self) -> Iterator[Probe]:
        kind, _ = without_none(self._kind)
        return iter([Probe(next(iter(get_args(kind)), Any))])


def attribute(row: Any, name: str) -> Any:
    """The annotated type of an attribute of a class; AttributeError if it has none."""
    if row is Any:
        return Any
    own = get_origin(row) or row
    declared, found = get_type_hints(own).get(name), inspect.getattr_static(own, name, None)
    if declared is not None and get_origin(declared) is Mapped:
        kind, optional = without_none(get_args(declared)[0])
        kind = Text if kind is str else kind
        return kind | None if optional else kind
    if declared is None and isinstance(found, (property, cached_property)):
        getter: Any = found.fget if isinstance(found, property) else found.func
        declared = get_type_hints(getter)["return"]
    if declared is None and issubclass(own, BaseException):
        declared = get_type_hints(own.__init__).get(name)
    if declared is None and isinstance(found, (int, float, str)):
        declared = type(found)
    if declared is None:
        raise AttributeError(f"{said(own)} has no {name}")
    return declared


def returned(function: Callable[..., Any], row: Any) -> Any:
    """What a resolver returns: by its annotation, or, where that says Any, by trying it."""
    found = get_type_hints(function).get("return", Any)
    if found is not Any and Any not in get_args(found):
        return found
    names = [*inspect.signature(function).parameters]
    if inspect.iscoroutinefunction(function) or names != ["root"]:
        return Any
    return _probed(function(Probe(row)))


def _probed(value: Any) -> Any:
    if isinstance(value, Probe):
        return vars(value)["_kind"]
    if isinstance(value, (list, tuple)):
        item: Any = _probed(value[0])
        return list[item]
    return type(value)


def without_none(kind: Any) -> tuple[Any, bool]:
    """The type without None, and whether None was in it."""
    kinds = kinds_of(kind)
    kept = [one for one in kinds if one is not NoneType]
    if not kept:
        return NoneType, True
    return (Union[tuple(kept)] if len(kept) > 1 else kept[0]), len(kept) < len(kinds)  # noqa: UP007


def kinds_of(kind: Any) -> tuple[Any, ...]:
    """The members of a union, or the one type."""
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def said(kind: Any) -> str:
    """A type in a message."""
    return getattr(kind, "__name__", str(kind))
