"""Invented law for tests of the merge law: an act, and a kind of rule that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from core.law.act import Act, Clause
from core.law.merge import Layer
from core.law.rule import Rule


class Grade(Enum):
    """Codes with a number."""

    BEST = "best"
    WORST = "worst"

    @property
    def number(self) -> int:
        return list(Grade).index(self)


@dataclass(frozen=True)
class Term(Rule):
    """A term in days; fewer are stricter."""

    code: ClassVar[str] = "term"

    days: int = 0

    def no_looser_than(self, other: Term) -> bool:
        return self.days <= other.days


@dataclass(frozen=True)
class Label(Rule):
    """A rule that cannot be compared: only `replaces` takes its place."""

    code: ClassVar[str] = "label"

    text: str = ""


def clause(ref: str) -> Clause:
    """A clause of an invented act, `federal/1`."""
    act, _, number = ref.partition("/")
    return Clause(act, number, number, "слова", "words", "sla", "rule", short_act=act)


def act(name: str) -> Act:
    clauses = {str(n): clause(f"{name}/{n}") for n in range(10)}
    return Act(name, name, name, "принят", "1", date(2020, 1, 1), (), True, None, clauses)


def layers(*levels: tuple[Rule, ...]) -> list[Layer]:
    """Layers named a, b, c... in order; each brings the act of its own name."""
    names = "abcdef"[: len(levels)]
    pairs = zip(names, levels, strict=True)
    return [Layer(name, rules, (act(name),)) for name, rules in pairs]
