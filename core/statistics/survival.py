"""How long things last: Kaplan-Meier and Aalen-Johansen, out of counts that can be added.

A history says of each full day how many were answered on it, left without an answer (handed on,
refused, withdrawn), or were still open when last seen. Whoever is answered or leaves on a day does
so before those who were last seen on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import exp, inf, log
from typing import NamedTuple


class Ends(NamedTuple):
    """How many ended on one day, and in which way."""

    answered: int = 0
    left: int = 0
    open: int = 0

    def plus(self, other: Ends) -> Ends:
        """Both together."""
        return Ends(*map(sum, zip(self, other, strict=True)))


History = Mapping[int, Ends]
"""Ends by the number of full days since the beginning."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One case in full days since its receipt: answered, or left, or neither; `followed` so long.

    What lies past `followed` is not known yet. A case that has left and is answered by whoever got
    it was not answered here.
    """

    followed: int
    answered: int | None = None
    left: int | None = None

    @property
    def end(self) -> tuple[int, Ends]:
        """The day on which it ended, and in which way; what comes first counts."""
        never = self.followed + 1
        answered = never if self.answered is None else self.answered
        left = never if self.left is None else self.left
        day = min(answered, left)
        if day > self.followed:
            return self.followed, Ends(open=1)
        return day, Ends(answered=1) if answered < left else Ends(left=1)


def history_of(spells: Iterable[Spell]) -> History:
    """The counts of these cases."""
    return merged({day: ends} for day, ends in (spell.end for spell in spells))


def merged(histories: Iterable[History]) -> History:
    """All of them together: the history of a total."""
    found: dict[int, Ends] = {}
    for history in histories:
        for day, ends in history.items():
            found[day] = found.get(day, Ends()).plus(ends)
    return found


def survival(history: History) -> Iterator[tuple[int, float]]:
    """Kaplan-Meier: by each day with an answer, the share that has none; who left was last seen.

    Logarithms are added up as lifelines does it: where the share is a half by fractions, a float is
    a little more or less, and a median told by both must fall on one day.
    """
    told = 0.0
    for day, ends, at_risk in _days(history):
        if ends.answered:
            rest = at_risk - ends.answered
            told += (log(rest) if rest else -inf) - log(at_risk)
            yield day, exp(told)


def reached(history: History, share: float) -> int | None:
    """The day by which no more than this share has no answer; None where it is not reached."""
    return next((day for day, left in survival(history) if left <= share), None)


def median(history: History) -> int | None:
    """The day by which half are answered by Kaplan-Meier; None where it is not reached."""
    return reached(history, 0.5)


def incidence(history: History) -> Iterator[tuple[int, Fraction]]:
    """Aalen-Johansen: by each day with an answer, the share answered; who left stays counted."""
    answered, here = Fraction(0), Fraction(1)
    for day, ends, at_risk in _days(history):
        answered += here * Fraction(ends.answered, at_risk)
        here *= Fraction(at_risk - ends.answered - ends.left, at_risk)
        if ends.answered:
            yield day, answered


def answered_by(history: History, day: int) -> Fraction | None:
    """The share answered by the end of this day by Aalen-Johansen; None of nothing.

    What is rated must be `ripe`: while cases are still open, leaving and putting off may raise it.
    """
    shares = [share for at, share in incidence(history) if at <= day]
    return (shares[-1] if shares else Fraction(0)) if history else None


def ripe(spells: Iterable[Spell], day: int) -> list[Spell]:
    """Those that were followed for so many days: of them the share by that day is a plain one."""
    return [spell for spell in spells if spell.followed >= day]


def _days(history: History) -> Iterator[tuple[int, Ends, int]]:
    """The days in order, with how many had neither ended nor been lost sight of before."""
    at_risk = sum(map(sum, history.values()))
    for day in sorted(history):
        ends = history[day]
        if sum(ends):
            yield day, ends, at_risk
        at_risk -= sum(ends)
