"""Rules in time: overlap, cut spans and look-ups agree with counting day by day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.law.intervals import Span, cut, meet, span, without
from core.law.rulebook import compile_rulebook
from tests.core.law.samples import Term, clause, layers

FIRST = date(2024, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(12)]
ends = st.one_of(st.none(), st.sampled_from(DAYS))


@st.composite
def terms(draw: st.DrawFn, ref: str = "a/1") -> Term:
    since, until = draw(ends), draw(ends)
    if since and until and since >= until:
        since, until = until, since
    if since == until:
        since = None
    return Term(
        "answer", days=draw(st.integers(1, 40)), clause=clause(ref), since=since, until=until
    )


@given(terms(), terms())
def test_overlap_is_a_day_in_common(one: Term, other: Term) -> None:
    wide = [FIRST - timedelta(days=5), *DAYS, DAYS[-1] + timedelta(days=5)]
    common = any(one.holds(day) and other.holds(day) for day in wide)
    assert one.overlaps(other) == other.overlaps(one) == common
    assert meet(span(one), span(other)) == common


@given(terms(), st.lists(terms(), max_size=4))
def test_a_cut_rule_holds_on_what_is_left(rule: Term, holes: list[Term]) -> None:
    left: tuple[Span, ...] = (span(rule),)
    for hole in holes:
        left = without(left, span(hole))
    parts = [cut(rule, days) for days in left]
    for day in DAYS:
        expected = rule.holds(day) and not any(hole.holds(day) for hole in holes)
        assert sum(part.holds(day) for part in parts) == int(expected)


@given(st.lists(terms(), min_size=1, max_size=5))
def test_of_stricter_and_stricter_layers_the_last_that_holds_is_found(rules: list[Term]) -> None:
    levels = [
        (
            Term(
                "answer",
                days=90 - n,
                clause=clause(f"{'abcdef'[n]}/1"),
                since=r.since,
                until=r.until,
            ),
        )
        for n, r in enumerate(rules)
    ]
    book = compile_rulebook(layers(*levels))
    for day in DAYS:
        holding = [level[0].days for level in levels if level[0].holds(day)]
        found = book.find(Term, "answer", day)
        assert (found.days if found else None) == (holding[-1] if holding else None)
        assert sum(rule.holds(day) for rule in book.history(Term)) == bool(holding)
