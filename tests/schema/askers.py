"""Who asks generated queries: anybody, and then the same person with less permission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from core.kernel.access import ANONYMOUS, Actor, Grant, Scope
from core.kernel.codes import Permission


@st.composite
def actors(draw: Any, scopes: Sequence[Scope]) -> Actor:
    """Anybody: all permissions or some, in one scope or several, or nobody at all."""
    if draw(st.integers(0, 19)) == 13:
        return ANONYMOUS
    everything, usual = set(Permission), {Permission.READ_APPEALS, Permission.READ_DIRECTORY}
    some = st.sets(st.sampled_from([*Permission]))
    kinds = [*[st.just(everything)] * 12, *[some.map(lambda found: found | usual)] * 2, some]
    grant = st.tuples(st.one_of(kinds), st.sampled_from([*scopes]))
    grants = draw(st.lists(grant, min_size=1, max_size=3))
    lenders = st.sampled_from([None, None, None, 1, 2])
    made = tuple(
        Grant("some", 1, frozenset(allowed), scope, draw(lenders)) for allowed, scope in grants
    )
    return Actor("somebody", None, made)


@st.composite
def narrower(draw: Any, actor: Actor, scopes: Sequence[Scope]) -> Actor:
    """The same person with a role less, with a permission less, or with a scope cut."""
    grants = [*actor.grants]
    place = draw(st.integers(0, len(grants) - 1))
    grant = grants[place]
    match draw(st.sampled_from(["role", "permission", *["scope"] * 8])):
        case "role":
            del grants[place]
        case "permission" if grant.permissions:
            less = draw(st.sampled_from(sorted(grant.permissions)))
            grants[place] = replace(grant, permissions=grant.permissions - {less})
        case _:
            scope = cut(grant.scope, draw(st.sampled_from(scopes[1:])))
            grants[place] = replace(grant, scope=scope)
    return replace(actor, grants=tuple(grants))


def cut(one: Scope, other: Scope) -> Scope:
    """What lies within both."""
    limits: dict[str, Any] = {}
    for name in ("blocks", "municipalities", "bodies"):
        known = [limit for s in (one, other) if (limit := getattr(s, name)) is not None]
        limits[name] = frozenset.intersection(*known) if known else None
    return Scope(**limits)
