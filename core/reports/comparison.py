"""How the law of two regions differs, rule by rule, on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.kernel.rules.passport import Municipality, Passport
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.reports.rules import marked, table_row
from core.reports.words import Words

THEIR_OWN = (Passport, Municipality)
"""What every region has of its own, so that to compare it says nothing."""


@dataclass(frozen=True)
class Side:
    """A region on a day, and the names under which it knows keys."""

    rulebook: Rulebook
    on: date

    @property
    def name(self) -> str:
        """The region's name."""
        return self.rulebook.get(Passport, "region", self.on).name

    @cached_property
    def words(self) -> Words:
        """What stands behind a key in what rules say."""
        return Words(self.rulebook)

    def cell(self, rule: Rule | None) -> str:
        """What the rule says and by which clause; a dash for none."""
        return f"{self.said(rule)} — {self.ground(rule)}" if rule else "—"

    def said(self, rule: Rule) -> str:
        """What the rule says, with names in the place of keys."""
        return self.words.said(rule)

    def ground(self, rule: Rule) -> str:
        """The clause of the rule."""
        return marked(rule.clause, self.rulebook)


@dataclass(frozen=True, slots=True)
class Difference:
    """The rules of one kind under one key in two regions; None where a region has none."""

    kind: type[Rule]
    key: str
    left: Rule | None
    right: Rule | None

    @property
    def alike(self) -> tuple[Rule, Rule] | None:
        """Both, where they order the same, each by a clause of its own."""
        if self.left and self.right and self.left.sentence() == self.right.sentence():
            return self.left, self.right
        return None


def compare(left: Rulebook, right: Rulebook, on: date) -> tuple[Difference, ...]:
    """Every rule in force on the day that is not the same in both, in the order of the themes."""
    kinds = dict.fromkeys((*left.kinds(), *right.kinds()))
    return tuple(
        Difference(kind, key, ours.get(key), theirs.get(key))
        for kind in kinds
        if kind not in THEIR_OWN
        for ours, theirs in [(_by_key(left, kind, on), _by_key(right, kind, on))]
        for key in dict.fromkeys((*ours, *theirs))
        if _said(ours.get(key)) != _said(theirs.get(key))
    )


def _by_key(rulebook: Rulebook, kind: type[Rule], on: date) -> dict[str, Rule]:
    return {rule.key: rule for rule in rulebook.all(kind, on)}


def _said(rule: Rule | None) -> tuple[str, str] | None:
    return (rule.sentence(), rule.clause.ref) if rule else None


def render_comparison(left: Rulebook, right: Rulebook, on: date) -> str:
    """The differences in Russian, a table for each theme of rule, then what differs in grounds."""
    differences = compare(left, right, on)
    sides = (Side(left, on), Side(right, on))
    lines = [
        f"# {sides[0].name} и {sides[1].name}: чем различается право",
        "",
        f"На {on:%d.%m.%Y}. Правила, которых здесь нет, у обоих регионов одни и те же и стоят на",
        "одних нормах. «—» значит, что такого правила в регионе нет. Знак † — акт вне реестра.",
    ]
    for kind in dict.fromkeys(one.kind for one in differences):
        lines += _section(kind.heading, sides, [d for d in differences if d.kind is kind])
    return "\n".join([*lines, ""])


def _section(
    heading: str, sides: tuple[Side, Side], differences: Sequence[Difference]
) -> Iterator[str]:
    yield from ("", f"## {heading}")
    left, right = sides
    content = [one for one in differences if not one.alike]
    if content:
        yield from ("", table_row("Что", left.name, right.name), "|---|---|---|")
    for one in content:
        yield table_row(_title(one, left, right), left.cell(one.left), right.cell(one.right))
    alike = [one.alike for one in differences if one.alike]
    if alike:
        yield from ("", "Установлено одинаково, но по разным нормам:", "")
    for ours, theirs in alike:
        yield f"- {left.words.whole(ours)} — {left.ground(ours)} и {right.ground(theirs)}"


def _title(one: Difference, left: Side, right: Side) -> str:
    """The name of a rule that has one, or of what it is about; else what such a rule is called."""
    side, rule = (left, one.left) if one.left else (right, one.right)
    called = side.words.called(rule) if rule else ""
    return called if called and not called.startswith("`") else one.kind.noun or one.kind.heading
