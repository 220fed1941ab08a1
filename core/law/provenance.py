"""Which layer of law a rule came from, and what gave way to it."""

from __future__ import annotations

from core.law.rule import Rule
from core.law.rulebook import Rulebook

Origin = tuple[type[Rule], str, str | None, str]


def origin(rule: Rule) -> Origin:
    """What names a rule whatever days were cut from it: kind, key, place and clause."""
    return type(rule), rule.key, rule.municipality, rule.clause.ref


def origins(rulebook: Rulebook) -> dict[Origin, str]:
    """The layer of each rule."""
    return {origin(rule): name for name, layer in rulebook.layers.items() for rule in layer.rules}


def yielded(rulebook: Rulebook) -> tuple[tuple[Rule, Rule], ...]:
    """Rules that lost days, each with a rule of a later layer that took them."""
    handed = [rule for layer in rulebook.layers.values() for rule in layer.rules]
    return tuple(
        (earlier, later)
        for number, earlier in enumerate(handed)
        for later in handed[number + 1 :]
        if _takes(later, earlier)
    )


def _takes(later: Rule, earlier: Rule) -> bool:
    return (
        type(later) is type(earlier)
        and later.municipality == earlier.municipality
        and (later.key == earlier.key or earlier.key in later.absorbs)
        and later.overlaps(earlier)
    )
