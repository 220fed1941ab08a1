"""A score of 0..100 and its error out of the cases of a subject, exactly as far as sums go.

The score of a case is the mean of its marks by the weights; that of a subject is the mean over its
cases. All criteria have the same cases behind them, so none is bettered by choosing whom to count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, sqrt
from typing import NamedTuple

from core.ratings.rules import FULL, OUTSIDE, Criterion, Measure, RatingMethod
from core.shapes.figures.disclosure import LEAST_TOLD, told_count
from core.statistics.shrinkage import Score

TIMES = frozenset({Measure.DAYS, Measure.HOURS})
BEST = 5
"""The mark of an applicant who is pleased; of 1 to 5."""

UNSURE = 2
"""So many cases without a mark and with full marks are added (Agresti and Coull)."""


class Subject(NamedTuple):
    """A body by its key, and the theme where it is rated by each apart."""

    body: str
    theme: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One case as a subject had it: full days from its own receipt to its answer on the merits.

    None where it gave none. `merits` that nothing promised is still to come, `returned` that the
    case came back into work or its draft from the check. `outside` is what was entered of the
    body, of 0..1 by measure. `heard` is the applicant's mark of its answer, 1 to 5: 0 of who was
    asked and said nothing, None of who was not asked. `hours` to the answer, each that has begun,
    are told to a method that counts by them.
    """

    days: int | None = None
    merits: bool = False
    returned: bool = False
    outside: tuple[tuple[Measure, Fraction], ...] = ()
    heard: int | None = None
    hours: int | None = None

    def value(self, measure: Measure) -> int | Fraction | None:
        """What the measure sees; None where it never came to it."""
        if measure in OUTSIDE:
            return dict(self.outside)[measure]
        if measure in TIMES:
            return self.days if measure is Measure.DAYS else self.hours
        good = int(self.merits and not self.returned)
        if measure is Measure.SATISFACTION:
            return (self.heard or BEST) if good else None
        if measure is Measure.QUALITY:
            return good
        return int(self.merits) if measure is Measure.MERITS else 1

    def mark(self, criterion: Criterion) -> Fraction:
        """Of 0..1 by the criterion."""
        return _mark(self.value(criterion.measure), criterion)

    def score(self, method: RatingMethod) -> Fraction:
        """Of 0..100 by all criteria."""
        marks = sum((one.weight * self.mark(one) for one in method.criteria), Fraction(0))
        return FULL * marks / method.weight


class Opinion(NamedTuple):
    """What applicants say of the answers: how many were asked, how many answered, their marks."""

    asked: int
    answered: int
    marks: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one criterion brings: the mean mark of 0..1 as `value`, of 0..100 as `scaled`.

    Of a criterion that weighs nothing the value is the number of cases, and nothing is scaled.
    `opinion` stands beside one that listens.
    """

    criterion: Criterion
    value: Fraction
    scaled: Fraction | None
    cases: int
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """How many cases, their scores and the squares of those, to be added with others."""

    cases: int
    scores: Fraction
    squares: Fraction

    @property
    def mean(self) -> Fraction:
        """The score of the subject."""
        return self.scores / self.cases

    @property
    def told(self) -> Sums:
        """As everybody is told them: the score to the point, as any count, differing the most."""
        cases = told_count(self.cases).cases or LEAST_TOLD
        scores = Fraction(round(self.mean) * cases)
        return Sums(cases, scores, FULL * scores)

    def error(self, of: int) -> float:
        """The standard error of a mean of so many cases that differ as these do."""
        more = self.cases + 2 * UNSURE
        mean = (self.scores + UNSURE * FULL) / more
        return sqrt(((self.squares + UNSURE * FULL**2) / more - mean**2) / of)


Known = dict[Seen, Fraction]
"""Scores by one method, of whoever reckons many subjects by it: few cases differ."""


def sums(seen: Iterable[Seen], method: RatingMethod, known: Known | None = None) -> Sums:
    """Of these cases, or of their counts, by the method: those alike are scored once."""
    counted, scores = Counter(seen), {} if known is None else known
    values = []
    for one in counted:
        if (score := scores.get(one)) is None:
            score = scores[one] = one.score(method)
        values.append(score)
    whole, parts = _over_one(values)
    told = [*zip(parts, counted.values(), strict=True)]
    total = Fraction(sum(score * number for score, number in told), whole)
    squares = Fraction(sum(score**2 * number for score, number in told), whole**2)
    return Sums(counted.total(), total, squares)


def _over_one(values: Sequence[Fraction]) -> tuple[int, list[int]]:
    """Their common denominator, and each over it: whole numbers are added up much sooner."""
    whole = lcm(*(one.denominator for one in values))
    return whole, [one.numerator * (whole // one.denominator) for one in values]


def own(subjects: Iterable[Sums]) -> list[Score]:
    """Each with the error of its own cases, for comparing one with another."""
    return [Score(float(one.mean), one.error(one.cases)) for one in subjects]


def pooled(subjects: Sequence[Sums]) -> list[Score]:
    """Each with the error that it would have by chance if all had one score, for bands."""
    cases, scores, squares = (sum(column) for column in zip(*map(_columns, subjects), strict=True))
    everybody = Sums(int(cases), Fraction(scores), Fraction(squares))
    return [Score(float(one.mean), everybody.error(one.cases)) for one in subjects]


def contributions(seen: Iterable[Seen], method: RatingMethod) -> list[Contribution]:
    """Of each criterion in the order of the method, over at least one case."""
    counted = Counter(seen)
    return [_contribution(counted, one) for one in method.criteria]


def _contribution(counted: Counter[Seen], criterion: Criterion) -> Contribution:
    cases = counted.total()
    if not criterion.weight:
        return Contribution(criterion, Fraction(cases), None, cases)
    values = Counter[int | Fraction | None]()
    for one, number in counted.items():  # few values differ, and fractions are dear
        values[one.value(criterion.measure)] += number
    marks = (_mark(value, criterion) * number for value, number in values.items())
    mean = sum(marks, Fraction(0)) / cases
    opinion = _opinion(counted) if criterion.listens else None
    return Contribution(criterion, mean, FULL * mean, cases, opinion)


def _opinion(counted: Counter[Seen]) -> Opinion:
    asked = [(one.heard, many) for one, many in counted.items() if one.heard is not None]
    answered = [(mark, many) for mark, many in asked if mark]
    return Opinion(
        sum(many for _, many in asked),
        sum(many for _, many in answered),
        sum(mark * many for mark, many in answered),
    )


def _mark(value: int | Fraction | None, criterion: Criterion) -> Fraction:
    return Fraction(0) if value is None else criterion.scale.mark(value)


def _columns(one: Sums) -> tuple[Fraction, Fraction, Fraction]:
    return Fraction(one.cases), one.scores, one.squares
