"""Loose ends of the merged law: what a rule names and what does not stand as long as the rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.law.intervals import Span, span, without
from core.law.reference import To, mentions
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.law.russian import agreed, nearest, period

Given = Mapping[str, Collection[str]]
"""Keys that stand always because data says so, by the name of the kind that they are like."""


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A rule that names what is not there on some of its days, and that in words."""

    rule: Rule
    text: str


def loose_ends(rulebook: Rulebook, given: Given) -> Iterator[LooseEnd]:
    """Every reference that does not stand on every day on which its rule does, rule by rule."""
    kinds: tuple[Any, ...] = rulebook.kinds()
    rules: list[Rule] = [rule for kind in kinds for rule in rulebook.history(kind)]
    known = _Known(rules, given)
    for rule in rules:
        for to, key in mentions(rule):
            missing = () if key in to.also else known.missing(rule, to, key)
            if missing:
                yield LooseEnd(rule, f"{_of(rule)}: {known.said(to, key, missing)}")


def unknown_names(rule: Rule, beside: Iterable[Rule], given: Given) -> Iterator[str]:
    """What the rule names that no rule beside it and no data ever has, each in words.

    Said of a rule that does not fit: a name that nothing has is why it does not.
    """
    known = _Known(beside, given)
    for to, key in mentions(rule):
        if key not in to.also and not known.has(to, key):
            yield f"{_of(rule)}: {known.said(to, key, ())}"


class _Known:
    """The law and the data by kind's name and key."""

    def __init__(self, rules: Iterable[Rule], given: Given) -> None:
        self._given = given
        self._rules: dict[str, dict[str, list[Rule]]] = {}
        for rule in rules:
            by_key = self._rules.setdefault(type(rule).kind_name(), {})
            by_key.setdefault(rule.key, []).append(rule)

    def has(self, to: To, key: str) -> bool:
        """Whether there is such a key, on whatever days."""
        return bool(self._under(to, key)) or any(key in self._given.get(n, ()) for n in to.kinds)

    def missing(self, rule: Rule, to: To, key: str) -> tuple[Span, ...]:
        """The days of the rule on which nothing of these kinds stands under the key."""
        if any(key in self._given.get(name, ()) for name in to.kinds):
            return ()
        left: tuple[Span, ...] = (span(rule),)
        for target in self._under(to, key):
            if target.located or target.municipality in (None, rule.municipality):
                left = without(left, span(target))
        return left

    def said(self, to: To, key: str, missing: Sequence[Span]) -> str:
        """«тематика «roadz» не установлена; похожая: «roads»», with the days if it is there."""
        noun = _noun(to.kinds[0])
        absent = f"{noun} «{key}» не {agreed(noun, 'установлен', 'установлена', 'установлено')}"
        if self._under(to, key):
            return f"{absent} {', '.join(map(_days, missing))}"
        known = {key for name in to.kinds for key in self._rules.get(name, ())}
        known |= {key for name in to.kinds for key in self._given.get(name, ())}
        like = nearest(key, known | to.also)
        alike = agreed(noun, "похожий", "похожая", "похожее")
        return f"{absent}; {alike}: «{like}»" if like else absent

    def _under(self, to: To, key: str) -> list[Rule]:
        return [rule for name in to.kinds for rule in self._rules.get(name, {}).get(key, ())]


def _noun(name: str) -> str:
    """What one rule of the kind is called, whether or not this law has any."""
    kinds, known = [Rule], dict[str, str]()
    while kinds:
        kind = kinds.pop()
        known[kind.kind_name()] = kind.noun
        kinds += kind.__subclasses__()
    return known.get(name) or f"правило {name}"


def _of(rule: Rule) -> str:
    return f"{rule.clause.ref} ({rule.clause.title})"


def _days(days: Span) -> str:
    since, until = days
    return period(None if since == date.min else since, None if until == date.max else until)
