"""Scores by hand: marks, sums, errors, places, bands, and the script that reckons them again."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from math import isclose, sqrt
from typing import Any

import orjson
import pytest

from core.directory.rules.bodies import BodyKind
from core.federal.ratings import CRITERIA
from core.kernel.errors import Refusal
from core.law.fault import LawError
from core.ratings.data import as_data
from core.ratings.named import Named
from core.ratings.quarter import before, quarter_of, written
from core.ratings.rules import (
    Linear,
    Measure,
    RatingMethod,
    Steps,
    StepUnit,
    completeness,
    number,
    quality,
    satisfaction,
    time,
)
from core.ratings.scoring import Seen, Subject, contributions, own, pooled, sums
from core.ratings.standings import Standings, told
from tests.places import ROOT

BOTH = RatingMethod(
    "both",
    "Проба",
    frozenset({BodyKind.EXECUTIVE}),
    (number(CRITERIA), time(CRITERIA), completeness(CRITERIA), quality(CRITERIA)),
    half_width=Fraction(3, 10),
    clause=CRITERIA,
)
GOOD, LATE = Seen(30, merits=True), Seen(31, merits=True)
PLANNED, RETURNED, NOTHING = Seen(1), Seen(1, merits=True, returned=True), Seen()


def test_marks_of_scales() -> None:
    half, full = Fraction(1, 2), Fraction(1)
    steps = Steps(((5, full), (10, half)))
    assert [steps.mark(day) for day in (0, 5, 6, 10, 11)] == [1, 1, half, half, 0]
    hours = Steps(((24, full), (72, half)), StepUnit.HOURS)
    assert [hours.mark(one) for one in (0, 24, 25, 72, 73)] == [1, 1, half, half, 0]
    assert hours.sentence() == "до 24 часов — 1, до 72 часов — 1/2, позже — ничего"
    urgent = time(CRITERIA, within=hours)
    assert [urgent.measure, time(CRITERIA).measure] == [Measure.HOURS, Measure.DAYS]
    with pytest.raises(LawError, match="не в тех единицах"):
        replace(urgent, measure=Measure.DAYS)
    down = Linear(best=10, worst=30)
    assert [down.mark(day) for day in (0, 10, 15, 30, 31)] == [1, 1, Fraction(3, 4), 0, 0]
    for wrong in (((5, half), (10, full)), ((10, full), (5, half)), ((5, full), (5, half)), ()):
        with pytest.raises(LawError):
            Steps(wrong)
    with pytest.raises(LawError):
        Linear(1, 1)


@pytest.mark.parametrize(
    ("seen", "score"),
    [
        (GOOD, Fraction(100)),
        (LATE, Fraction(200, 3)),
        (PLANNED, Fraction(100, 3)),
        (RETURNED, Fraction(200, 3)),
        (NOTHING, Fraction(0)),
    ],
)
def test_the_score_of_a_case(seen: Seen, score: Fraction) -> None:
    assert seen.score(BOTH) == score


def test_the_score_of_a_subject_and_what_each_criterion_brings() -> None:
    seen = [GOOD, LATE, PLANNED, NOTHING]
    found = sums(seen, BOTH)
    assert (found.cases, found.mean) == (4, Fraction(50))
    assert found.squares == 100**2 * (1 + Fraction(4, 9) + Fraction(1, 9))
    assert [(one.criterion.key, one.value, one.scaled) for one in contributions(seen, BOTH)] == [
        ("number", 4, None),
        ("time", Fraction(1, 2), 50),
        ("completeness", Fraction(1, 2), 50),
        ("quality", Fraction(1, 2), 50),
    ]


def test_a_displeased_applicant_ends_quality_and_silence_does_not() -> None:
    judging = replace(BOTH, criteria=(satisfaction(CRITERIA),))
    marks = [Seen(1, merits=True, heard=one).score(judging) for one in (None, 0, 1, 2, 3, 5)]
    assert marks == [100, 100, 0, 0, 100, 100]
    assert Seen(1, merits=True, returned=True, heard=5).score(judging) == 0


def test_an_error_is_that_of_a_share_where_marks_are_all_or_nothing() -> None:
    found = sums([GOOD] * 6 + [NOTHING] * 2, BOTH)
    share = (6 + 2) / (8 + 4)
    assert isclose(own([found])[0].error, 100 * sqrt(share * (1 - share) / 8))
    assert isclose(pooled([found, found])[0].error, 100 * sqrt(14 / 20 * 6 / 20 / 8))


def rated(**counts: int) -> Standings:
    """Subjects with so many good ones of forty cases."""
    found = {Subject(key): [GOOD] * good + [NOTHING] * (40 - good) for key, good in counts.items()}
    few = {Subject("few"): [GOOD] * (BOTH.minimum - 1)}
    return told(BOTH, quarter_of("2026-Q1"), Named({"a": "Орган"}), {**found, **few})


def test_cases_without_a_theme_stand_beside_a_body_s_themes() -> None:
    found = {Subject("a", theme): [GOOD] * 40 for theme in ("roads", None, "health")}
    entries = told(BOTH, quarter_of("2026-Q1"), Named(), found).entries
    assert [one.subject.theme for one in entries] == [None, "health", "roads"]


def test_places_where_they_may_be_told() -> None:
    found = rated(a=40, b=28, c=14, d=1)
    shown = [(e.subject.body, e.sums.mean, e.places and (e.places.best, e.places.worst), e.band)
             for e in found.entries]  # fmt: skip
    assert shown == [
        ("a", 100, (1, 1), None),
        ("b", 70, (2, 2), None),
        ("c", 35, (3, 3), None),
        ("d", Fraction(5, 2), (4, 4), None),
        ("few", 100, None, None),
    ]
    assert (found.entries[0].name, found.entries[1].name) == ("Орган", "b")


def test_bands_where_places_would_say_too_much() -> None:
    shown = [(one.subject.body, one.places, one.band) for one in rated(a=21, b=20, c=19).entries]
    assert shown == [(key, None, "expected") for key in "abc"] + [("few", None, None)]


def test_permuting_changes_nothing() -> None:
    assert as_data(rated(a=30, b=10, c=20)) == as_data(rated(c=20, a=30, b=10))


@pytest.mark.parametrize(
    "counts", [{"a": 40, "b": 28, "c": 14, "d": 1}, {"a": 21, "b": 20, "c": 19}]
)
def test_the_script_of_the_guide_reckons_every_entry_again(counts: dict[str, int]) -> None:
    script = ROOT / "docs/recompute_rating.py"
    assert len([*filter(None, script.read_text("utf-8").splitlines())]) <= 40
    data = orjson.loads(orjson.dumps(as_data(rated(**counts))))

    def ends() -> int:
        run = [sys.executable, str(script)]
        return subprocess.run(run, input=orjson.dumps(data), check=False).returncode

    assert ends() == 0
    first, *_, last = data["entries"]
    parts = [*first["contributions"], *last["contributions"]]
    wrong: list[tuple[Any, str, Any]]
    wrong = [(one, name, "1/3") for one in parts for name in ("value", "scaled")]
    wrong += [(one, "cases", 7) for one in (first, last, *parts)]
    wrong += [(first, name, 0.5) for name in ("error", "chance_error", "weight", "shrunken")]
    for one, name, value in wrong[:: len(wrong) // 6]:
        said, one[name] = one[name], value
        assert ends() == 1, (one, name)
        one[name] = said


def test_a_quarter_is_written_one_way() -> None:
    first = quarter_of("2026-Q1")
    assert (written(first), written(before(first))) == ("2026-Q1", "2025-Q4")
    for wrong in ("2026-Q5", "2026-1", "0000-Q1", "2026-Q1 "):
        with pytest.raises(Refusal, match="пишется как 2026-Q1"):
            quarter_of(wrong)


def test_a_method_says_whom_it_rates_and_by_what() -> None:
    with pytest.raises(LawError, match="не сказано, кого и по чему оценивают"):
        RatingMethod("empty", "Проба", BOTH.subjects, (number(CRITERIA),), clause=CRITERIA)
