"""What bodies did with cases, a line for each time it may or may not be a hit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from core.appeals.rules.ledger import HANDOVERS, TELLING
from core.ratings.signals.kinds import INSTANT, LAST_DAYS, TERM, Signal

DAY = timedelta(days=1)

FIRST, EARLIER = 5, 10
"""An answer is compared with so many of the body's earlier ones, at least and at most."""


class Done(NamedTuple):
    """One time that counts for a signal; `hit` is whether it is what the signal looks for."""

    signal: Signal
    body: str
    appeal: int
    hit: bool


class Step(NamedTuple):
    """A fact of a ledger that hands a case over or tells what came of it; `at` is aware UTC."""

    appeal: int
    fact: str
    at: datetime
    body: str | None


class Sent(NamedTuple):
    """An answer as it was sent: `group` is the same for cases about the same problem."""

    appeal: int
    body: str
    group: str
    marks: frozenset[str]


@dataclass
class Way:
    """Who has a case, and when each first got it."""

    holder: str | None = None
    begun: dict[str, datetime] = field(default_factory=dict)

    def goes(self, step: Step) -> Iterator[Done]:
        """What this fact says of whoever had the case; facts come in the order of the ledger."""
        had = self.holder
        if step.fact in HANDOVERS:
            self.holder = step.body
            if step.body is not None:
                self.begun.setdefault(step.body, step.at)
            if had is not None and had != step.body:
                late = (step.at - self.begun[had]) // DAY >= TERM - LAST_DAYS
                yield Done(Signal.HANDED_ON, had, step.appeal, late)
        elif step.fact in TELLING and had is not None:
            took = step.at - self.begun[had]
            yield Done(Signal.INSTANT, had, step.appeal, took < INSTANT)
            yield Done(Signal.HANDED_ON, had, step.appeal, False)
            if (days := took // DAY) < TERM:
                yield Done(Signal.LAST_DAYS, had, step.appeal, days >= TERM - LAST_DAYS)


def walked(steps: Iterable[Step], counts: Callable[[datetime], bool]) -> Iterator[Done]:
    """Of whole ledgers, each in its order: what was done at a moment that counts."""
    ways: dict[int, Way] = {}
    for step in steps:
        found = [*ways.setdefault(step.appeal, Way()).goes(step)]
        if counts(step.at):
            yield from found


def repeated(signal: Signal, sent: Iterable[Sent]) -> Iterator[Done]:
    """Whether an answer has what one of the body's last EARLIER had about another problem.

    In the order of sending; what has no marks is not counted. Were all before compared with, the
    first of a body could repeat nothing, and whoever answers much would repeat most.
    """
    before: dict[str, deque[Sent]] = {}
    for one in sent:
        if not one.marks:
            continue
        known = before.setdefault(one.body, deque(maxlen=EARLIER))
        if len(known) >= FIRST:
            same = (one.marks & other.marks and one.group != other.group for other in known)
            yield Done(signal, one.body, one.appeal, any(same))
        known.append(one)
