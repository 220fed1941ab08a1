"""The merge law, one row a case: what two or three layers order, and what then holds."""

from __future__ import annotations

from datetime import date

import pytest

from core.law.fault import LawError
from core.law.merge import RuleConflict
from core.law.rule import Rule
from core.law.rulebook import UnknownRule, compile_rulebook
from tests.core.law.samples import Label, Term, clause, layers

OLD, TURN, NEW = date(2019, 6, 1), date(2020, 1, 1), date(2024, 6, 1)


def term(days: int, ref: str, **more: object) -> Term:
    return Term(str(more.pop("key", "answer")), days=days, clause=clause(ref), **more)  # type: ignore[arg-type]


def held(on: date, *levels: tuple[Rule, ...]) -> int | None:
    rule = compile_rulebook(layers(*levels)).find(Term, "answer", on)
    return rule.days if rule else None


HOLDS = {
    "alone": ([(term(30, "a/1"),)], 30, 30),
    "tightened": ([(term(30, "a/1"),), (term(20, "b/1"),)], 20, 20),
    "tightened from a day on": (
        [(term(30, "a/1"),), (term(20, "b/1", since=TURN),)],
        30,
        20,
    ),
    "tightened until a day": ([(term(30, "a/1"),), (term(20, "b/1", until=TURN),)], 20, 30),
    "replaced by a looser one": (
        [(term(30, "a/1"),), (term(40, "b/1", replaces=clause("a/1")),)],
        40,
        40,
    ),
    "replaced from a day on": (
        [(term(30, "a/1"),), (term(40, "b/1", since=TURN, replaces=clause("a/1")),)],
        30,
        40,
    ),
    "restated by naming what it restates": (
        [(term(30, "a/1"),), (term(30, "b/1", replaces=clause("a/1")),)],
        30,
        30,
    ),
    "a floor tightened": ([(term(30, "a/1", floor=True),), (term(10, "b/1"),)], 10, 10),
    "a floor restated": (
        [(term(30, "a/1", floor=True),), (term(30, "b/1", replaces=clause("a/1")),)],
        30,
        30,
    ),
    "two editions of one layer": (
        [(term(30, "a/1", until=TURN), term(20, "a/2", since=TURN))],
        30,
        20,
    ),
    "the last layer answers to the middle one, not to what that replaced": (
        [
            (term(30, "a/1"),),
            (term(40, "b/1", replaces=clause("a/1")),),
            (term(50, "c/1", replaces=clause("b/1")),),
        ],
        50,
        50,
    ),
    "a looser replacement of a tightening, above the floor": (
        [
            (term(30, "a/1", floor=True),),
            (term(10, "b/1"),),
            (term(20, "c/1", replaces=clause("b/1")),),
        ],
        20,
        20,
    ),
    "gone before the later one comes": (
        [(term(10, "a/1", until=TURN),), (term(30, "b/1", since=TURN),)],
        10,
        30,
    ),
}


@pytest.mark.parametrize(("levels", "before", "after"), HOLDS.values(), ids=HOLDS)
def test_holds(levels: list[tuple[Rule, ...]], before: int, after: int) -> None:
    assert (held(OLD, *levels), held(NEW, *levels)) == (before, after)


CONFLICTS = {
    "looser": ([(term(20, "a/1"),), (term(30, "b/1"),)], "a/1", "b/1"),
    "the same once more": ([(term(30, "a/1"),), (term(30, "b/1"),)], "a/1", "b/1"),
    "twice in one layer": ([(term(30, "a/1"), term(20, "a/2"))], "a/1", "a/2"),
    "replaces something else": (
        [(term(20, "a/1"), term(20, "a/2", key="other")), (term(30, "b/1"),)],
        "a/1",
        "b/1",
    ),
    "a floor replaced": (
        [(term(20, "a/1", floor=True),), (term(30, "b/1", replaces=clause("a/1")),)],
        "a/1",
        "b/1",
    ),
    "a floor undercut behind a tightening": (
        [
            (term(30, "a/1", floor=True),),
            (term(10, "b/1"),),
            (term(40, "c/1", replaces=clause("b/1")),),
        ],
        "a/1",
        "c/1",
    ),
    "looser than the middle layer": (
        [(term(30, "a/1"),), (term(10, "b/1"),), (term(20, "c/1"),)],
        "b/1",
        "c/1",
    ),
    "one day of overlap": (
        [(term(20, "a/1", until=date(2020, 1, 2)),), (term(30, "b/1", since=TURN),)],
        "a/1",
        "b/1",
    ),
    "still standing outside the replacement's dates": (
        [
            (term(30, "a/1"),),
            (term(40, "b/1", since=TURN, replaces=clause("a/1")),),
            (term(50, "c/1", replaces=clause("b/1")),),
        ],
        "a/1",
        "c/1",
    ),
    "incomparable kinds never tighten": (
        [(Label("name", clause=clause("a/1")),), (Label("name", clause=clause("b/1")),)],
        "a/1",
        "b/1",
    ),
    "a municipality below the region's own rule": (
        [(term(30, "a/1"), term(40, "a/2", municipality="city"))],
        "a/1",
        "a/2",
    ),
    "a municipality below the floor": (
        [
            (term(30, "a/1", floor=True),),
            (term(40, "b/2", municipality="city", replaces=clause("a/1")),),
        ],
        "a/1",
        "b/2",
    ),
}


@pytest.mark.parametrize(("levels", "earlier", "later"), CONFLICTS.values(), ids=CONFLICTS)
def test_conflict_names_both_clauses(
    levels: list[tuple[Rule, ...]], earlier: str, later: str
) -> None:
    with pytest.raises(RuleConflict) as caught:
        compile_rulebook(layers(*levels))
    assert (caught.value.earlier.clause.ref, caught.value.later.clause.ref) == (earlier, later)
    assert earlier in str(caught.value)
    assert later in str(caught.value)


def test_replacing_what_is_not_there_stops_the_start() -> None:
    later = term(20, "b/1", key="new", replaces=clause("a/9"))
    with pytest.raises(LawError, match="заменяет a/9"):
        compile_rulebook(layers((term(30, "a/1"),), (later,)))


def test_an_absorbed_rule_is_gone_and_one_stands_for_both() -> None:
    two = (term(30, "a/1"), term(30, "a/2", key="other"))
    book = compile_rulebook(layers(two, (term(20, "b/1", absorbs=frozenset({"other"})),)))
    assert [(rule.key, rule.clause.ref) for rule in book.all(Term, NEW)] == [("answer", "b/1")]


def test_an_absorbed_rule_stands_until_it_is_absorbed() -> None:
    two = (term(30, "a/1"), term(30, "a/2", key="other"))
    one = term(20, "b/1", since=TURN, absorbs=frozenset({"other"}))
    book = compile_rulebook(layers(two, (one,)))
    assert [rule.key for rule in book.all(Term, OLD)] == ["answer", "other"]
    assert [rule.key for rule in book.all(Term, NEW)] == ["answer"]


def test_absorbing_asks_no_less_than_what_it_takes_in() -> None:
    two = (term(30, "a/1"), term(10, "a/2", key="other"))
    with pytest.raises(RuleConflict, match="мягче"):
        compile_rulebook(layers(two, (term(20, "b/1", absorbs=frozenset({"other"})),)))


def test_absorbing_an_unknown_key_stops_the_start() -> None:
    with pytest.raises(LawError, match="поглощает"):
        compile_rulebook(layers((term(30, "a/1"),), (term(20, "b/1", absorbs=frozenset({"x"})),)))


def test_absorbing_what_has_ended_before_stops_the_start() -> None:
    two = (term(30, "a/1"), term(30, "a/2", key="other", until=TURN))
    one = term(20, "b/1", since=TURN, absorbs=frozenset({"other"}))
    with pytest.raises(LawError, match="поглощает"):
        compile_rulebook(layers(two, (one,)))


def test_a_municipality_wins_where_it_is_asked_for() -> None:
    book = compile_rulebook(layers((term(30, "a/1"),), (term(9, "b/1", municipality="city"),)))
    assert book.get(Term, "answer", NEW).days == 30
    assert book.get(Term, "answer", NEW, municipality="city").days == 9
    assert book.get(Term, "answer", NEW, municipality="village").days == 30
    assert [rule.days for rule in book.all(Term, NEW, municipality="city")] == [9]


def test_a_municipality_is_judged_after_the_region() -> None:
    own = (term(25, "a/2", municipality="city"),)
    book = compile_rulebook(layers((term(30, "a/1"), *own), (term(28, "b/1"),)))
    assert book.get(Term, "answer", NEW, municipality="city").days == 25


def test_what_is_not_ordered_is_not_found() -> None:
    book = compile_rulebook(layers((term(30, "a/1", since=TURN),)))
    assert book.find(Term, "answer", OLD) is None
    with pytest.raises(UnknownRule, match="2019-06-01"):
        book.get(Term, "answer", OLD)


def test_a_clause_of_an_act_that_no_layer_brings() -> None:
    with pytest.raises(LawError, match="ссылается на акт"):
        compile_rulebook(layers((term(30, "z/1"),)))


def test_the_edition_names_the_contents() -> None:
    one = compile_rulebook(layers((term(30, "a/1"),))).edition
    same = compile_rulebook(layers((term(30, "a/1"),))).edition
    other = compile_rulebook(layers((term(29, "a/1"),))).edition
    assert one == same
    assert one != other


def test_all_that_holds_is_found_once_between_two_turns() -> None:
    own = term(20, "b/1", since=TURN, municipality="city")
    book = compile_rulebook(layers((term(30, "a/1"),), (own,)))
    assert book.all(Term, NEW, municipality="nowhere") is book.all(Term, TURN)
    assert [rule.days for rule in book.all(Term, NEW)] == [30]
    assert [rule.days for rule in book.all(Term, NEW, municipality="city")] == [20]
    assert [rule.days for rule in book.all(Term, OLD, municipality="city")] == [30]
