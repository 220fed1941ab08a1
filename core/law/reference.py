"""A field that names something of the law says so in its type, and who reads it can follow it.

theme: Annotated[str, To(Theme)]
roles: Annotated[frozenset[str], To(Role)]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints


class To:
    """What a field names: keys of rules of these kinds, any of them.

    A kind of a subject above is named by its name (`To("Channel")`). `also` are words
    that stand beside the keys and name no rule, such as one for any of them. `within` reads the
    keys out of a value that is no key itself.
    """

    def __init__(
        self,
        *kinds: type[Any] | str,
        also: Iterable[str] = (),
        within: Callable[[Any], Iterable[str]] | None = None,
    ) -> None:
        self.kinds = tuple(kind if isinstance(kind, str) else kind.kind_name() for kind in kinds)
        self.also, self.within = frozenset(also), within

    def named(self, value: object) -> tuple[str, ...]:
        """The keys in a field that names one, several or none."""
        return named(value) if self.within is None else tuple(self.within(value))


@cache
def hints(kind: Any) -> dict[str, Any]:
    """The annotations of a dataclass by field, read once."""
    return get_type_hints(kind, include_extras=True)


@cache
def references(kind: Any) -> tuple[tuple[str, To], ...]:
    """The fields of a kind that name something, with what they name."""
    return tuple(
        (name, mark)
        for name, hint in hints(kind).items()
        if get_origin(hint) is Annotated
        for mark in get_args(hint)[1:]
        if isinstance(mark, To)
    )


def mentions(whole: Any) -> Iterator[tuple[To, str]]:
    """What something of the law names, and as what, in the order of its fields; its parts too."""
    kind: Any = type(whole)
    own = dict(references(kind))
    for field in fields(whole):
        value = getattr(whole, field.name)
        if field.name in own:
            yield from ((own[field.name], key) for key in own[field.name].named(value))
        elif isinstance(value, tuple):
            for part in value:
                yield from mentions(part) if is_dataclass(part) else ()


def named(value: object) -> tuple[str, ...]:
    """The keys in a field that names one, several or none."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    return tuple(sorted(value)) if isinstance(value, frozenset) else tuple(value)  # type: ignore[arg-type]
