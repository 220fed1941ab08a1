"""Who moves under another method, by how much, through which criterion, and by which cases.

Whoever a change lifts as much as everybody has not moved: all is told against the mean change of
the subjects that both methods rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.ratings.cases import Had
from core.ratings.rules import RatingMethod
from core.ratings.scoring import Subject
from core.ratings.standings import Entry, Standings

NOTHING = Fraction(0)
VOLUME = "volume"
"""Through what a subject comes into the table or leaves it: the least number of cases."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Points of the score that a criterion brings by each method; `beside` is the change of it
    less the mean change of all."""

    criterion: str
    name: str
    before: Fraction
    after: Fraction
    beside: Fraction


@dataclass(frozen=True, slots=True)
class Moved:
    """A case of a mover and its score of 0..100 by each method; None where it is not counted."""

    appeal_id: int
    before: Fraction | None
    after: Fraction | None


@dataclass(frozen=True, slots=True)
class Mover:
    """A subject whose place or band is another; orders count from 1 among those of its group.

    `through` is the criterion that moved it most, `volume`, or None where only others moved.
    `cases` are those that moved it its way, the ones that did most first.
    """

    subject: Subject
    name: str
    before: str | None
    after: str | None
    order_before: int | None
    order_after: int | None
    score_before: Fraction | None
    score_after: Fraction | None
    shifts: Sequence[Shift]
    through: str | None
    cases: Sequence[Moved]


@dataclass(frozen=True, slots=True)
class Side:
    """A method over a quarter: what it says, and the cases that it says it of."""

    standings: Standings
    cases: Sequence[Had]

    @property
    def method(self) -> RatingMethod:
        """By which it was reckoned."""
        return self.standings.method

    def rated(self) -> dict[Subject, Entry]:
        """Those with enough cases, the best first."""
        return {one.subject: one for one in self.standings.entries if one.score is not None}

    def scores(self, subject: Subject) -> dict[int, Fraction]:
        """The score of each of its cases; those seen alike are scored once."""
        own = [one for one in self.cases if one.subject == subject]
        known = {seen: seen.score(self.method) for seen in {one.seen for one in own}}
        return {one.row.appeal_id: known[one.seen] for one in own}


Words = Mapping[Subject, str]


def movers(before: Side | None, after: Side, words: tuple[Words, Words]) -> list[Mover]:
    """Whose standing in `words` is another, in the order of the later table, then who left it."""
    return [*_Pair(before, after).movers(*words)]


class _Pair:
    """Two tables of a quarter side by side; there may be no earlier one."""

    def __init__(self, before: Side | None, after: Side) -> None:
        self.before, self.after = before, after
        self.old = {} if before is None else before.rated()
        self.new = after.rated()
        both = [one for one in self.new if one in self.old]
        self.shifts = {one: _shifts(self.old[one], self.new[one]) for one in both}
        self.mean = _mean(self.shifts.values())
        sides = [after] if before is None else [before, after]
        self.names = {e.subject: e.name for side in sides for e in side.standings.entries}

    def movers(self, was: Words, now: Words) -> Iterator[Mover]:
        """Everybody whose words differ."""
        subjects = [one.subject for one in self.after.standings.entries]
        for subject in [*subjects, *(one for one in was if one not in now)]:
            if was.get(subject) != now.get(subject):
                yield self._mover(subject, was.get(subject), now.get(subject))

    def _mover(self, subject: Subject, was: str | None, now: str | None) -> Mover:
        shifts = _beside(self.shifts.get(subject, ()), self.mean)
        change = sum((one.beside for one in shifts), NOTHING)
        return Mover(
            subject,
            self.names[subject],
            was,
            now,
            _order(self.old, subject),
            _order(self.new, subject),
            _score(self.old, subject),
            _score(self.new, subject),
            shifts,
            _through(shifts, change) if subject in self.shifts else VOLUME,
            self._cases(subject, change),
        )

    def _cases(self, subject: Subject, change: Fraction) -> list[Moved]:
        """The cases that moved the subject its way, and those that only one method counts."""
        old = {} if self.before is None else self.before.scores(subject)
        new, mean = self.after.scores(subject), sum(self.mean.values(), NOTHING)
        way = -1 if change < 0 else 1
        found = []
        for number in sorted(old.keys() | new.keys()) if self.before else ():
            was, now = old.get(number), new.get(number)
            pull = way * ((now or NOTHING) - (was or NOTHING) - mean)
            its_way = subject in self.shifts and was != now and pull > 0
            if its_way or was is None or now is None:
                found.append((-pull, Moved(number, was, now)))
        return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].appeal_id))]


def _score(rated: Mapping[Subject, Entry], subject: Subject) -> Fraction | None:
    return rated[subject].sums.mean if subject in rated else None


def _order(rated: Mapping[Subject, Entry], subject: Subject) -> int | None:
    if subject not in rated:
        return None
    group = rated[subject].group
    return [key for key, one in rated.items() if one.group == group].index(subject) + 1


def _shifts(old: Entry, new: Entry) -> list[Shift]:
    """Of every criterion that either method weighs, in the order of the later one."""
    was, now = _points(old), _points(new)
    names = {one.criterion.key: one.criterion.name for e in (old, new) for one in e.contributions}
    keys = [*now, *(key for key in was if key not in now)]
    return [
        Shift(key, names[key], was.get(key, NOTHING), now.get(key, NOTHING), NOTHING)
        for key in keys
    ]


def _points(entry: Entry) -> dict[str, Fraction]:
    """What each criterion brings to the score; together they are the score."""
    judged = [one for one in entry.contributions if one.scaled is not None]
    whole = sum(one.criterion.weight for one in judged)
    return {
        one.criterion.key: one.scaled * one.criterion.weight / whole
        for one in judged
        if one.scaled is not None
    }


def _mean(shifts: Iterable[Sequence[Shift]]) -> dict[str, Fraction]:
    """The mean change by criterion over the subjects."""
    rows = [*shifts]
    found: dict[str, Fraction] = {}
    for row in rows:
        for one in row:
            change = (one.after - one.before) / len(rows)
            found[one.criterion] = found.get(one.criterion, NOTHING) + change
    return found


def _beside(shifts: Iterable[Shift], mean: Mapping[str, Fraction]) -> list[Shift]:
    return [
        Shift(
            one.criterion, one.name, one.before, one.after,
            one.after - one.before - mean[one.criterion],
        )
        for one in shifts
    ]  # fmt: skip


def _through(shifts: Sequence[Shift], change: Fraction) -> str | None:
    """The criterion that did most of the change, its way; None where nothing of it changed."""
    way = -1 if change < 0 else 1
    most = max(shifts, key=lambda one: way * one.beside, default=None)
    return most.criterion if most and most.beside else None
