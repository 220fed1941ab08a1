"""The merge law, the same for every kind of rule. A later layer

- *adds* a rule whose key is new;
- *tightens* a rule of an earlier layer where its kind can tell that it is `stricter_than` it;
- *replaces* it by naming the clause it supersedes (`replaces=`); a `floor` gives way only to a
  rule that asks no less, or of a kind that is `lowerable` to one that admits that it does;
- anything else is a `RuleConflict` that stops the start and names both clauses.

Only what still stands is judged: where a middle layer replaced a rule, the last one answers to
the replacement, and to every floor. Rules of one key whose dates do not meet live side by side.
Rules of a municipality come after all others, obey the same law against the general rule and
win where that municipality is asked for. A rule may also take in earlier rules of other keys
(`absorbs`) if it asks no less than each of them: so two blocks become one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.law.act import Act
from core.law.fault import LawError
from core.law.intervals import Span, cut, meet, span, without
from core.law.rule import Rule
from core.law.russian import hint

Place = tuple[str, str | None]
"""A key, and the municipality whose own rule it is."""

Index = Mapping[type[Rule], Mapping[Place, tuple[Rule, ...]]]


class UnfitRule(LawError):
    """A rule that cannot stand beside what the layers before it say."""

    def __init__(self, rule: Rule, text: str) -> None:
        self.rule = rule
        super().__init__(f"{rule} {text}")


class RuleConflict(UnfitRule):
    """Two layers order different things and neither gives way."""

    def __init__(self, earlier: Rule, later: Rule, reason: str) -> None:
        self.earlier, self.later = earlier, later
        super().__init__(later, f"против {earlier.clause.ref} ({earlier.clause.title}): {reason}")


@dataclass(frozen=True, slots=True)
class Layer:
    """What one level of law hands over: its name and its rules in the order of its acts.

    `files` says of each rule in turn which file handed it over.
    The first act is the layer's principal one; the others stand beside it.
    """

    name: str
    rules: tuple[Rule, ...]
    acts: tuple[Act, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class _Held:
    """An accepted rule and the days on which nothing later has taken its place."""

    rule: Rule
    layer: int
    standing: tuple[Span, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.standing = (span(self.rule),)

    def stands_with(self, rule: Rule) -> bool:
        return any(meet(days, span(rule)) for days in self.standing)


def merge(layers: Sequence[Layer]) -> Index:
    """Every rule cut to the days on which it stands: of one place at most one holds on a day."""
    numbered = [(number, rule) for number, layer in enumerate(layers) for rule in layer.rules]
    held: dict[type[Rule], list[_Held]] = {}
    for number, rule in sorted(numbered, key=lambda pair: pair[1].municipality is not None):
        siblings = held.setdefault(type(rule), [])
        candidate = _Held(rule, number)
        _admit(candidate, siblings)
        siblings.append(candidate)
    return {kind: _by_place(rules) for kind, rules in held.items()}


def _by_place(held: Sequence[_Held]) -> dict[Place, tuple[Rule, ...]]:
    """By key, in the order in which the layers first name them, whatever gave way to what."""
    places: dict[Place, tuple[Rule, ...]] = {}
    for entry in held:
        place = (entry.rule.key, entry.rule.municipality)
        parts = (cut(entry.rule, days) for days in entry.standing)
        places[place] = tuple(sorted((*places.get(place, ()), *parts), key=span))
    return places


def _admit(candidate: _Held, held: Sequence[_Held]) -> None:
    """Judge the candidate against what it meets; take the days of what gives way to it."""
    rule = candidate.rule
    same_key = [entry for entry in held if entry.rule.key == rule.key and _bears_on(rule, entry)]
    for entry in same_key:
        _judge(candidate, entry)
        _take_place(rule, entry)
    if rule.below_floor and not any(_is_below(rule, entry.rule) for entry in same_key):
        raise UnfitRule(rule, "признаёт, что ниже минимума, но минимума над ним нет")
    if rule.replaces and not any(entry.rule.clause.ref == rule.replaces.ref for entry in same_key):
        raise UnfitRule(rule, f"заменяет {rule.replaces.ref}, но такой нормы там нет")
    for key in sorted(rule.absorbs):
        _absorb(candidate, key, held)


def _bears_on(rule: Rule, earlier: _Held) -> bool:
    same_place = earlier.rule.municipality in (None, rule.municipality)
    return same_place and earlier.rule.overlaps(rule)


def _judge(candidate: _Held, entry: _Held) -> None:
    rule, earlier = candidate.rule, entry.rule
    if entry.layer == candidate.layer and earlier.municipality == rule.municipality:
        raise RuleConflict(earlier, rule, "один и тот же ключ дважды в одном слое")
    named = rule.replaces is not None and rule.replaces.ref == earlier.clause.ref
    admitted = named and rule.below_floor and rule.lowerable
    if _is_below(rule, earlier) and not admitted:
        raise RuleConflict(earlier, rule, "это минимум, его можно только ужесточить")
    if entry.stands_with(rule) and not named and not rule.stricter_than(earlier):
        raise RuleConflict(earlier, rule, "норма не строже и не назвала, что она заменяет")


def _is_below(rule: Rule, earlier: Rule) -> bool:
    return earlier.floor and not rule.no_looser_than(earlier)


def _absorb(candidate: _Held, key: str, held: Sequence[_Held]) -> None:
    """Take the place of the earlier rules of another key."""
    rule = candidate.rule
    met = [entry for entry in held if entry.layer < candidate.layer and _bears_on(rule, entry)]
    named = [entry for entry in met if entry.rule.key == key]
    if not named:
        alike = hint(key, {entry.rule.key for entry in met})
        raise UnfitRule(rule, f"поглощает «{key}», в прежних слоях этого нет{alike}")
    for entry in named:
        if not rule.no_looser_than(entry.rule):
            raise RuleConflict(entry.rule, rule, "поглощающая норма мягче поглощаемой")
        _take_place(rule, entry)


def _take_place(rule: Rule, entry: _Held) -> None:
    if entry.rule.municipality == rule.municipality:
        entry.standing = without(entry.standing, span(rule))
