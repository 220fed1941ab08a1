"""The compiled law of one region and its look-ups, by key, date and municipality."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from core.law.act import Act, Clause
from core.law.edition import fingerprint
from core.law.fault import LawError
from core.law.merge import Index, Layer, UnfitRule, merge
from core.law.rule import Rule

R = TypeVar("R", bound=Rule)


class UnknownRule(LookupError):
    """No rule of this kind and key holds on the date."""


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All law of one region. Look-ups take the local date of the fact they judge.

    One is compiled once and is equal to itself alone.
    """

    acts: Mapping[str, Act]
    layers: Mapping[str, Layer]
    edition: str
    _index: Index = field(repr=False)
    _held: dict[tuple[type[Rule], date, str | None], tuple[Any, ...]] = field(
        init=False, repr=False, default_factory=dict
    )
    """What `all` has found: so many as there are kinds, turns and places with law of their own."""

    def find(
        self, kind: type[R], key: str, on: date, *, municipality: str | None = None
    ) -> R | None:
        """The rule of this kind and key in force on `on`, the municipality's own first."""
        rules = self._index.get(kind, {})
        places = (municipality, None) if municipality else (None,)
        for place in places:
            for rule in rules.get((key, place), ()):
                if rule.holds(on) and isinstance(rule, kind):
                    return rule
        return None

    def lasting(self, kind: type[R], key: str) -> R | None:
        """The rule of this kind and key if it is the only one there ever was, on any day."""
        rules = self._index.get(kind, {}).get((key, None), ())
        only = rules[0] if len(rules) == 1 else None
        lasts = isinstance(only, kind) and only.since is None and only.until is None
        return only if lasts and isinstance(only, kind) else None

    def get(self, kind: type[R], key: str, on: date, *, municipality: str | None = None) -> R:
        """Like `find`, but UnknownRule where there is none."""
        rule = self.find(kind, key, on, municipality=municipality)
        if rule is None:
            raise UnknownRule(f"{kind.called_for(key)}: нормы на {on.isoformat()} нет")
        return rule

    def all(self, kind: type[R], on: date, *, municipality: str | None = None) -> tuple[R, ...]:
        """Every rule of this kind in force on `on`, one a key, in the order of the layers."""
        place = municipality if municipality in self._places else None
        asked = kind, self.standing_since(on), place
        if asked not in self._held:
            keys = dict.fromkeys(
                key for key, where in self._index.get(kind, {}) if where in (None, place)
            )
            found = (self.find(kind, key, on, municipality=place) for key in keys)
            self._held[asked] = tuple(rule for rule in found if rule is not None)
        return self._held[asked]

    def standing_since(self, on: date) -> date:
        """The first day from which, up to `on`, no rule has begun or ceased to hold."""
        return self.turns[bisect_right(self.turns, on) - 1]

    @cached_property
    def _places(self) -> frozenset[str | None]:
        """The municipalities that have law of their own."""
        return frozenset(place for rules in self._index.values() for _, place in rules)

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days on which a rule begins or ceases to hold, after the first day there is."""
        rules = [rule for kind in self.kinds() for rule in self.history(kind)]
        days = {day for rule in rules for day in (rule.since, rule.until) if day is not None}
        return tuple(sorted({date.min, *days}))

    def history(self, kind: type[R]) -> tuple[R, ...]:
        """Every rule of this kind with the dates on which it stands."""
        held = self._index.get(kind, {}).values()
        return tuple(rule for rules in held for rule in rules if isinstance(rule, kind))

    @property
    def federal(self) -> Layer:
        """The layer on which all others stand."""
        return next(iter(self.layers.values()))

    @property
    def own(self) -> Layer:
        """What the region itself hands over, with all acts of its own."""
        return list(self.layers.values())[-1]

    def kinds(self) -> tuple[type[Rule], ...]:
        """The kinds of rule that this rulebook has, in the order of their first rule."""
        return tuple(self._index)

    def clause(self, ref: str) -> Clause | None:
        """The clause with this full id (`ru.1844/10.в`), whether or not a rule cites it."""
        act, _, clause_id = ref.partition("/")
        return self.acts[act].clauses.get(clause_id) if act in self.acts else None

    def ordering(self, service: str, on: date) -> Clause | None:
        """The first clause in force on `on` that names this use case as what carries it out."""
        clauses = (clause for act in self.acts.values() for clause in act.clauses.values())
        return next((c for c in clauses if service in c.served_by and c.holds(on)), None)


def compile_rulebook(layers: Sequence[Layer]) -> Rulebook:
    """Merge the layers in their order; RuleConflict at the first rule that cannot stand."""
    acts = _acts(layers)
    _refuse_foreign_clauses(acts, layers)
    index = merge(layers)
    return Rulebook(acts, {layer.name: layer for layer in layers}, fingerprint(index), index)


def _acts(layers: Sequence[Layer]) -> dict[str, Act]:
    """The acts by their ids; LawError where a later layer calls another one the same."""
    acts: dict[str, Act] = {}
    for act in (act for layer in layers for act in layer.acts):
        known = acts.setdefault(act.id, act)
        if known != act:
            raise LawError(f"акт «{act.id}» ({act.short}): так уже назван другой, {known.short}")
    return acts


def _refuse_foreign_clauses(acts: Mapping[str, Act], layers: Sequence[Layer]) -> None:
    for layer in layers:
        for rule in layer.rules:
            if rule.clause.act not in acts:
                raise UnfitRule(rule, "ссылается на акт, которого ни один слой не представил")
