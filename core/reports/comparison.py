"""How the law of two regions differs, rule by rule, on one day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.appeals.rules.intake import Channel
from core.directory.rules.bodies import Body, Theme
from core.kernel.rules.passport import Municipality, Passport
from core.kernel.rules.roles import Role
from core.law.duty import Duty
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.reports.rules import marked, table_row
from core.structure.rules.blocks import BlockRule
from core.structure.rules.directions import Direction

THEIR_OWN = (Passport, Municipality)
"""What every region has of its own, so that to compare it says nothing."""

NAMING = (BlockRule, Body, Channel, Direction, Role, Theme, Municipality)
CODE = re.compile(r"`([^`]+)`")


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
    def names(self) -> Mapping[str, str]:
        """What stands behind a key in what rules say: roles, bodies, themes, channels."""
        rules = (rule for kind in NAMING for rule in self.rulebook.all(kind, self.on))
        return {rule.key: f"«{rule.name}»" for rule in rules if isinstance(rule, NAMING)}

    def cell(self, rules: Sequence[Rule]) -> str:
        """What the rules say and by which clauses; a dash for none."""
        return f"{self.said(rules)} — {self.grounds(rules)}" if rules else "—"

    def said(self, rules: Sequence[Rule]) -> str:
        """What the rules say, with names in the place of keys."""
        text = "; ".join(_orders(rules))
        return CODE.sub(lambda code: self.names.get(code[1], code[0]), text)

    def grounds(self, rules: Sequence[Rule]) -> str:
        """The clauses of the rules."""
        clauses = {rule.clause.ref: rule.clause for rule in rules}
        return ", ".join(marked(clause, self.rulebook) for clause in clauses.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """The rules of one kind under one name in two regions; none where a region has none."""

    kind: type[Rule]
    name: str
    left: tuple[Rule, ...]
    right: tuple[Rule, ...]

    @property
    def of_grounds_alone(self) -> bool:
        """Whether both order the same, each by a clause of its own."""
        return _orders(self.left) == _orders(self.right)


def compare(left: Rulebook, right: Rulebook, on: date) -> tuple[Difference, ...]:
    """Every rule in force on the day that is not the same in both, in the order of the themes."""
    kinds = dict.fromkeys((*left.kinds(), *right.kinds()))
    return tuple(
        Difference(kind, name, ours.get(name, ()), theirs.get(name, ()))
        for kind in kinds
        if kind not in THEIR_OWN
        for ours, theirs in [(_named(left, kind, on), _named(right, kind, on))]
        for name in dict.fromkeys((*ours, *theirs))
        if _said(ours.get(name, ())) != _said(theirs.get(name, ()))
    )


def _named(rulebook: Rulebook, kind: type[Rule], on: date) -> dict[str, tuple[Rule, ...]]:
    """Rules by key; duties, whose keys are their clauses, by what is to be done."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in rulebook.all(kind, on):
        name = ", ".join(sorted(rule.served_by)) if isinstance(rule, Duty) else rule.key
        found[name] = (*found.get(name, ()), rule)
    return found


def _orders(rules: Sequence[Rule]) -> list[str]:
    return sorted({rule.sentence() for rule in rules})


def _said(rules: Sequence[Rule]) -> list[tuple[str, str]]:
    return sorted((rule.sentence(), rule.clause.ref) for rule in rules)


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
    content = [one for one in differences if not one.of_grounds_alone]
    if content:
        yield from ("", table_row("Что", left.name, right.name), "|---|---|---|")
    for one in content:
        yield table_row(_title(one), left.cell(one.left), right.cell(one.right))
    grounds = [one for one in differences if one.of_grounds_alone]
    if grounds:
        yield from ("", "Установлено одинаково, но по разным нормам:", "")
    for one in grounds:
        clauses = f"{left.grounds(one.left)} и {right.grounds(one.right)}"
        yield f"- {left.said(one.left)} — {clauses}"


def _title(one: Difference) -> str:
    """The name of a rule that has one, else its key."""
    rule = (*one.left, *one.right)[0]
    name = getattr(rule, "name", None)
    return name if isinstance(name, str) else f"`{one.name}`"
