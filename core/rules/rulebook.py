"""Compiling the layers of law into one frozen rulebook.

The merge law, the same for every kind of rule. A later layer
- *adds* a rule whose key is new;
- *tightens* a rule of an earlier layer where its kind says `stricter_than`;
- *replaces* it only by naming the clause it supersedes (`replaces=`), never a `floor`;
- anything else is a `RuleConflict` that stops the start and names both clauses.
Rules of one key whose dates do not overlap live side by side; a rule of a municipality
stands beside the general one and wins where that municipality is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TypeVar

from core.rules.act import Act, Clause
from core.rules.rule import Rule

R = TypeVar("R", bound=Rule)
Address = tuple[type[Rule], str, str | None]


class RuleConflict(Exception):
    """Two layers order different things and neither gives way."""

    def __init__(self, earlier: Rule, later: Rule, reason: str) -> None:
        self.earlier, self.later = earlier, later
        super().__init__(
            f"{type(later).__name__} {later.key!r}: {later.clause.ref} ({later.clause.title}) "
            f"против {earlier.clause.ref} ({earlier.clause.title}): {reason}"
        )


class UnknownRule(LookupError):
    """No rule of this kind and key holds on the date."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What one level of law hands over: its name and its rules in the order of its acts."""

    name: str
    rules: tuple[Rule, ...]
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """All law of one region. Look-ups take the local date of the fact they judge."""

    acts: Mapping[str, Act]
    layers: Mapping[str, tuple[Rule, ...]]
    edition: str
    _index: Mapping[Address, tuple[Rule, ...]] = field(repr=False)

    def find(
        self, kind: type[R], key: str, on: date, *, municipality: str | None = None
    ) -> R | None:
        """The rule of this kind and key in force on `on`, the municipality's own first."""
        places = (municipality, None) if municipality else (None,)
        for place in places:
            for rule in reversed(self._index.get((kind, key, place), ())):
                if rule.holds(on) and isinstance(rule, kind):
                    return rule
        return None

    def get(self, kind: type[R], key: str, on: date, *, municipality: str | None = None) -> R:
        """Like `find`, but UnknownRule where there is none."""
        rule = self.find(kind, key, on, municipality=municipality)
        if rule is None:
            raise UnknownRule(f"{kind.__name__} {key!r} на {on.isoformat()} не установлено")
        return rule

    def all(self, kind: type[R], on: date, *, municipality: str | None = None) -> tuple[R, ...]:
        """Every rule of this kind in force on `on`, one a key, in the order of the layers."""
        keys = dict.fromkeys(
            key
            for rule_kind, key, place in self._index
            if rule_kind is kind and place in (None, municipality)
        )
        found = (self.find(kind, key, on, municipality=municipality) for key in keys)
        return tuple(rule for rule in found if rule is not None)

    def history(self, kind: type[R]) -> tuple[R, ...]:
        """Every rule of this kind whatever its dates, superseded ones left out."""
        return tuple(r for rules in self._index.values() for r in rules if isinstance(r, kind))

    def kinds(self) -> tuple[type[Rule], ...]:
        """The kinds of rule that this rulebook has, in the order of their first rule."""
        return tuple(dict.fromkeys(kind for kind, _, _ in self._index))

    def clause(self, ref: str) -> Clause | None:
        """The clause with this full id (`kursk.958/pol.4.1`), whether or not a rule cites it."""
        act, _, clause_id = ref.partition("/")
        return self.acts[act].clauses.get(clause_id) if act in self.acts else None


def compile_rulebook(layers: Sequence[Layer]) -> Rulebook:
    """Merge the layers in their order; RuleConflict at the first rule that cannot stand."""
    index: dict[Address, list[Rule]] = {}
    for layer in layers:
        added: dict[Address, list[Rule]] = {}
        for rule in layer.rules:
            address = (type(rule), rule.key, rule.municipality)
            _refuse_duplicate(added.setdefault(address, []), rule)
            added[address].append(rule)
            index[address] = _merge(index.get(address, []), rule, set(map(id, added[address])))
    frozen = {address: tuple(rules) for address, rules in index.items()}
    acts = {act.id: act for layer in layers for act in layer.acts}
    _refuse_foreign_clauses(acts, layers)
    provenance = {layer.name: layer.rules for layer in layers}
    return Rulebook(acts, provenance, _fingerprint(frozen.values()), frozen)


def _refuse_duplicate(siblings: Iterable[Rule], rule: Rule) -> None:
    for sibling in siblings:
        if sibling.overlaps(rule):
            raise RuleConflict(sibling, rule, "один и тот же ключ дважды в одном слое")


def _merge(standing: Sequence[Rule], rule: Rule, own_layer: set[int]) -> list[Rule]:
    kept: list[Rule] = []
    for earlier in standing:
        if id(earlier) in own_layer or not earlier.overlaps(rule):
            kept.append(earlier)
        elif rule.stricter_than(earlier):
            kept.append(earlier)  # still judges the days on which the stricter one does not hold
        elif rule.replaces is None or rule.replaces.ref != earlier.clause.ref:
            raise RuleConflict(earlier, rule, "норма не строже и не назвала, что она заменяет")
        elif earlier.floor:
            raise RuleConflict(earlier, rule, "это минимум, его можно только ужесточить")
        else:
            kept.append(earlier)
    return [*kept, rule]


def _refuse_foreign_clauses(acts: Mapping[str, Act], layers: Sequence[Layer]) -> None:
    for layer in layers:
        for rule in layer.rules:
            if rule.clause.act not in acts:
                raise ValueError(f"{layer.name}: {rule.key} ссылается на акт не из этого слоя")


def _fingerprint(rules: Iterable[tuple[Rule, ...]]) -> str:
    """Names the rulebook's contents: a certificate says by which one it was computed."""
    text = "\n".join(_stable(rule) for group in rules for rule in group)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _stable(rule: Rule) -> str:
    values = (f"{f.name}={_value(getattr(rule, f.name))}" for f in fields(rule))
    return f"{type(rule).__name__}({', '.join(values)})"


def _value(value: object) -> str:
    if isinstance(value, Clause):
        return value.ref
    if isinstance(value, frozenset):
        return repr(sorted(map(repr, value)))
    if callable(value) and not isinstance(value, type):
        return str(getattr(value, "__qualname__", type(value).__qualname__))
    return repr(value)
