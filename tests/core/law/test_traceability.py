"""What is said of a clause, what is served, and what it lacks: a row for each kind of clause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from core.law.act import Act, Clause
from core.law.rulebook import compile_rulebook
from core.law.traceability import (
    Citations,
    Covered,
    Kind,
    Server,
    Tally,
    cited_by_rules,
    cover,
    gathered,
    lack,
    missing,
    named_by_acts,
    tally,
)
from tests.core.law.samples import Label, Term, act, clause, layers


@dataclass(frozen=True)
class Word(Label):
    """A rule that is a sentence and nothing more."""

    code: ClassVar[str] = "word"
    only_said: ClassVar[bool] = True


@dataclass(frozen=True)
class Name(Label):
    """A rule that only gives a name."""

    code: ClassVar[str] = "name"
    names_only: ClassVar[bool] = True


RULE = Server(Kind.RULE, "Term key")
SENTENCE = Server(Kind.SENTENCE, "Word key")
TESTS = ("tests/test_it.py::test_it",)
PLAIN, DATA, NONE = (replace(clause("a/1"), software=kind) for kind in ("rule", "data", "none"))

# clause, servers, tests -> said, done, served, due, what it lacks
Row = tuple[Clause, tuple[Server, ...], tuple[str, ...], tuple[bool, bool, bool, bool], str]
ROWS: dict[str, Row] = {
    "a rule and a test": (PLAIN, (RULE,), TESTS, (True, True, True, False), "нет проверки"),
    "a rule without a test": (PLAIN, (RULE,), (), (False, True, False, True), "нет проверки"),
    "only a sentence": (PLAIN, (SENTENCE,), TESTS, (True, False, False, True), "только сказано"),
    "both": (PLAIN, (SENTENCE, RULE), TESTS, (True, True, True, False), "нет проверки"),
    "data by a sentence": (DATA, (SENTENCE,), TESTS, (True, True, True, False), "нет проверки"),
    "nothing": (PLAIN, (), TESTS, (False, False, False, True), "никто не исполняет"),
    "no order": (NONE, (), (), (False, False, False, False), "никто не исполняет"),
}


@pytest.mark.parametrize(("cited", "servers", "tests", "told", "wants"), ROWS.values(), ids=ROWS)
def test_what_is_told_of_a_clause(
    cited: Clause,
    servers: tuple[Server, ...],
    tests: tuple[str, ...],
    told: tuple[bool, bool, bool, bool],
    wants: str,
) -> None:
    one = Covered(cited, servers, tests)
    assert (one.said, one.done, one.served, one.due) == told
    assert lack(one) == wants


def test_rules_serve_by_what_they_are() -> None:
    rules = (
        Term("key", clause=clause("a/1"), days=1),
        Word("key", clause=clause("a/2"), text="слово"),
        Name("key", clause=clause("a/3"), text="имя"),
    )
    assert list(cited_by_rules(compile_rulebook(layers(rules)))) == [
        ("a/1", RULE),
        ("a/2", SENTENCE),
        ("a/3", Server(Kind.SENTENCE, "Name key")),
    ]


def served_act() -> Act:
    """An act whose second clause names two use cases."""
    plain = act("a")
    second = replace(plain.clauses["1"], served_by=("later.step", "first.step"))
    return replace(plain, clauses={"0": plain.clauses["0"], "1": second})


def test_use_cases_are_named_by_acts_and_gathered_once_in_order() -> None:
    named = [*named_by_acts([served_act()])]
    later, first = (Server(Kind.USE_CASE, f"{name}.step") for name in ("later", "first"))
    assert named == [("a/1", later), ("a/1", first)]
    assert gathered([*named, ("a/1", later)]) == {"a/1": [first, later]}


def test_every_clause_of_the_acts_is_covered_and_what_is_due_is_named() -> None:
    citations: Citations = {"a/1": [RULE]}
    covered = cover([served_act()], citations, {"a/1": TESTS})
    assert [(one.clause.ref, one.served_by, one.tests) for one in covered] == [
        ("a/0", (), ()),
        ("a/1", (RULE,), TESTS),
    ]
    assert missing(covered, ["sla"]) == ["a/0: никто не исполняет"]
    assert missing(covered, ["other"]) == []
    assert tally(covered, "area") == [Tally("sla", 2, 1, 1)]


def test_clauses_are_counted_under_each_name_in_order() -> None:
    entries = [
        Covered(replace(PLAIN, area="b"), (SENTENCE,), TESTS),
        Covered(replace(PLAIN, area="b"), (RULE,), TESTS),
        Covered(replace(PLAIN, area="a"), (), ()),
    ]
    assert tally(entries, "area") == [Tally("a", 1, 0, 0), Tally("b", 2, 2, 1)]
