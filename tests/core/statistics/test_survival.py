"""Kaplan-Meier and Aalen-Johansen: by hand, on a published table, as lifelines has them."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from fractions import Fraction
from math import isinf

import pytest

from core.statistics.survival import (
    Ends,
    History,
    Spell,
    answered_by,
    history_of,
    incidence,
    median,
    merged,
    reached,
    ripe,
    survival,
)
from tests.core.statistics.reference import library

HISTORIES = int(os.environ.get("TSUR_TEST_HISTORIES", "300"))
FREIREICH: History = {
    6: Ends(3, 0, 1), 7: Ends(1), 9: Ends(0, 0, 1), 10: Ends(1, 0, 1), 11: Ends(0, 0, 1),
    13: Ends(1), 16: Ends(1), 17: Ends(0, 0, 1), 19: Ends(0, 0, 1), 20: Ends(0, 0, 1),
    22: Ends(1), 23: Ends(1), 25: Ends(0, 0, 1), 32: Ends(0, 0, 2), 34: Ends(0, 0, 1),
    35: Ends(0, 0, 1),
}  # fmt: skip
"""Remission of leukaemia under 6-MP, 21 patients (Freireich and others, 1963)."""


def test_a_published_table() -> None:
    told = {day: round(float(share), 4) for day, share in survival(FREIREICH)}
    assert told == {
        6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482,
    }  # fmt: skip
    assert median(FREIREICH) == 23


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ({}, None),
        ({3: Ends(open=4)}, None),
        ({1: Ends(1), 5: Ends(1)}, 1),  # half are answered by the first of two
        ({1: Ends(1), 5: Ends(2)}, 5),
        ({1: Ends(1), 9: Ends(open=1)}, 1),
        ({1: Ends(1), 9: Ends(open=2)}, None),
        ({0: Ends(1, 0, 1), 2: Ends(1)}, 2),  # who was last seen on a day was there on it
        ({2: Ends(left=5), 4: Ends(1)}, 4),
    ],
)
def test_medians(history: History, expected: int | None) -> None:
    assert median(history) == expected


def test_who_left_stays_counted() -> None:
    history = {1: Ends(left=2), 4: Ends(answered=2)}
    assert [*survival(history)] == [(4, 0.0)]
    assert [*incidence(history)] == [(4, Fraction(1, 2))]
    assert answered_by(history, 3) == 0
    assert answered_by(history, 4) == Fraction(1, 2)
    assert answered_by({}, 4) is None


@pytest.mark.parametrize(
    ("spell", "expected"),
    [
        (Spell(9), (9, Ends(open=1))),
        (Spell(9, answered=9), (9, Ends(answered=1))),
        (Spell(9, answered=10), (9, Ends(open=1))),
        (Spell(9, left=3), (3, Ends(left=1))),
        (Spell(9, answered=3, left=3), (3, Ends(left=1))),
        (Spell(9, answered=2, left=3), (2, Ends(answered=1))),
        (Spell(9, left=10), (9, Ends(open=1))),
    ],
)
def test_how_a_case_ends(spell: Spell, expected: tuple[int, Ends]) -> None:
    assert spell.end == expected


def test_totals_come_from_counts() -> None:
    some, others = {1: Ends(1), 3: Ends(0, 1, 2)}, {3: Ends(4, 0, 1)}
    assert merged([some, others]) == {1: Ends(1), 3: Ends(4, 1, 3)}


def _cases(chance: random.Random) -> list[Spell]:
    days = [chance.randrange(60) for _ in range(chance.randint(1, 25))]
    return [Spell(chance.randrange(60), answered=day if chance.random() < 0.8 else None)
            for day in days]  # fmt: skip


def _share(spells: list[Spell], day: int) -> Fraction | None:
    return answered_by(history_of(ripe(spells, day)), day)


def _worse(chance: random.Random, case: Spell) -> Spell:
    """The case handed on, closed without an answer, put off, or reopened."""
    if chance.random() < 0.5:
        return replace(case, left=chance.randrange(60))
    if case.answered is None or chance.random() < 0.3:
        return replace(case, answered=None)
    return replace(case, answered=case.answered + chance.randrange(30))


def test_nothing_but_answers_raises_the_share() -> None:
    """Handing on, putting off, formal closing and reopening of any cases, on any day."""
    chance = random.Random(18)
    for _ in range(HISTORIES):
        cases, day = _cases(chance), chance.randrange(60)
        worse = [_worse(chance, one) if chance.random() < 0.5 else one for one in cases]
        before, after = _share(cases, day), _share(worse, day)
        assert (before is None) == (after is None)
        assert before is None or after is None or after <= before


def test_transfers_taken_out_of_the_count_would_raise_it() -> None:
    """What the property forbids: with them as if lost from sight, handing on pays."""
    kept = [Spell(60, answered=3), Spell(60, answered=40)]
    given = [Spell(60, answered=3), Spell(60, answered=40, left=1)]
    assert (_share(kept, 30), _share(given, 30)) == (Fraction(1, 2), Fraction(1, 2))
    assert next(survival(history_of(kept))) == (3, 0.5)
    assert next(survival(history_of(given))) == (3, 0.0)


def test_open_cases_let_handing_on_pay() -> None:
    """Why only ripe cases are rated: Aalen-Johansen alone does not hold the property."""
    kept = [Spell(5), Spell(60, answered=6), Spell(60)]
    given = [*kept[:2], Spell(60, left=3)]
    assert answered_by(history_of(kept), 50) == Fraction(1, 2)
    assert answered_by(history_of(given), 50) == Fraction(2, 3)
    assert _share(kept, 50) == _share(given, 50) == Fraction(1, 2)


def test_names_and_order_change_nothing() -> None:
    chance = random.Random(7)
    cases = _cases(chance)
    shuffled = random.Random(1).sample(cases, len(cases))
    assert [*incidence(history_of(cases))] == [*incidence(history_of(shuffled))]


def test_quantiles_fall_on_the_day_of_lifelines_where_a_share_is_reached_to_the_case() -> None:
    """Of few cases every third median is such: fractions and floats part there."""
    lifelines, chance = library("lifelines"), random.Random(11)
    for _ in range(60):
        spells = [
            Spell(chance.randrange(1, 40), chance.randrange(40) if chance.random() < 0.8 else None)
            for _ in range(2 * chance.randrange(1, 15))
        ]
        ends = [spell.end for spell in spells]
        kaplan = lifelines.KaplanMeierFitter().fit(
            [day for day, _ in ends], [bool(end.answered) for _, end in ends]
        )
        for share in (0.5, 0.1):
            theirs = lifelines.utils.qth_survival_time(share, kaplan.survival_function_)
            assert reached(history_of(spells), share) == (None if isinf(theirs) else theirs)


def test_a_half_by_fractions_may_be_more_than_one_half_as_a_float() -> None:
    """Three of six, as lifelines 0.30 has them: 50."""
    history = {3: Ends(3), 50: Ends(3)}
    assert [*survival(history)] == [(3, 0.5000000000000001), (50, 0.0)]
    assert median(history) == 50


def test_as_lifelines_has_them() -> None:
    lifelines = library("lifelines")
    chance = random.Random(3)
    for _ in range(5):
        spells = [
            replace(one, left=chance.randrange(60) if chance.random() < 0.3 else None)
            for _ in range(12)
            for one in _cases(chance)
        ]
        ends = [spell.end for spell in spells]
        days = [day for day, _ in ends]
        answered = [bool(end.answered) for _, end in ends]
        kaplan = lifelines.KaplanMeierFitter().fit(days, answered)
        ours = history_of(spells)
        for day, share in survival(ours):
            assert share == pytest.approx(kaplan.predict(day), abs=1e-9)
        # Lifelines shakes ties of different kinds: no case is last seen at that moment, or at 0.
        kinds = [1 if end.answered else 2 if end.left else 0 for _, end in ends]
        seen = [day + (1 if kind else 1.25) for day, kind in zip(days, kinds, strict=True)]
        with pytest.warns(Warning, match="Tied event times"):
            johansen = lifelines.AalenJohansenFitter(seed=1).fit(seen, kinds, 1)
        curve = johansen.cumulative_density_.iloc[:, 0]
        for day, part in incidence(ours):
            assert float(part) == pytest.approx(curve[: day + 1.1].iloc[-1], abs=1e-9)
