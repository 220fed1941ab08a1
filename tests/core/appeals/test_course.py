"""From where on a term looks at the facts: of what became an appeal later, of an unknown author."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.appeals.rules.course import Course
from core.appeals.rules.intake import Regime
from core.appeals.rules.ledger import NOTHING, Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline
from core.shapes.deadlines.rules.units import Unit
from tests.core.law.samples import clause

CITED = clause("a/1")
DAY = datetime(2026, 3, 2, tzinfo=UTC)
OF_APPEALS = frozenset({Regime.APPEAL})
OF_BOTH = frozenset({Regime.APPEAL, Regime.MESSAGE})
ANSWER = Deadline("x", "Ответ", Fact.REGISTERED, Fact.ANSWERED, 30, clause=CITED)
OF_APPEALS_ALONE = replace(ANSWER, regimes=OF_APPEALS)
ROUTING = Deadline("x", "Направление", Fact.REGISTERED, Fact.ROUTED, 7, clause=CITED)
PROMISED = Deadline("x", "Обещано", Fact.RECEIVED, Fact.ANSWERED, unit=Unit.GIVEN, clause=CITED)

Told = tuple[Fact, dict[str, object]]


def ledger(*facts: Fact | Told) -> tuple[Entry, ...]:
    """One fact an hour, numbered from 1."""
    found = []
    for seq, fact in enumerate(facts, start=1):
        name, data = fact if isinstance(fact, tuple) else (fact, NOTHING)
        found.append(Entry(seq, name, DAY + timedelta(hours=seq), f"body-{seq}", data))
    return tuple(found)


LETTER: Told = (Fact.RECEIVED, {"unanswered": True})
FOUND_OUT: Told = (Fact.IDENTIFIED, {"owed": True})
KNOWN_ANYWAY: Told = (Fact.IDENTIFIED, {"owed": False})


@pytest.mark.parametrize(
    ("rule", "facts", "owed"),
    [
        (ANSWER, (Fact.RECEIVED,), True),
        (ANSWER, (), True),
        (ANSWER, (LETTER,), False),
        (ANSWER, (LETTER, KNOWN_ANYWAY), False),
        (ANSWER, (LETTER, Fact.IDENTIFIED), False),
        (ANSWER, (LETTER, (Fact.REGISTERED, {"owed": True})), False),
        (ANSWER, (LETTER, FOUND_OUT), True),
        (ROUTING, (LETTER,), True),
        (PROMISED, (LETTER,), True),
    ],
)
def test_an_answer_is_owed_to_who_is_known(
    rule: Deadline, facts: tuple[Fact | Told, ...], owed: bool
) -> None:
    assert Course(ledger(*facts)).owes_answer(rule) is owed


CHANGED = (Fact.RECEIVED, Fact.REGISTERED, Fact.REGIME_CHANGED, Fact.ACCEPTED)
GIVEN = (Fact.RECEIVED, Fact.ROUTED, Fact.REGIME_CHANGED, Fact.ACCEPTED)
GIVEN_AFTER = (Fact.RECEIVED, Fact.REGIME_CHANGED, Fact.ROUTED)
ANONYMOUS = (LETTER, Fact.REGISTERED, FOUND_OUT, Fact.ACCEPTED)


@pytest.mark.parametrize(
    ("rule", "facts", "seen"),
    [
        (OF_APPEALS_ALONE, CHANGED, [(3, Fact.RECEIVED), (4, Fact.ACCEPTED)]),
        (
            OF_APPEALS_ALONE,
            GIVEN,
            [(3, Fact.RECEIVED), (4, Fact.ACCEPTED), (3, Fact.ROUTED)],
        ),
        (OF_APPEALS_ALONE, GIVEN_AFTER, [(2, Fact.RECEIVED), (3, Fact.ROUTED)]),
        (OF_APPEALS_ALONE, (Fact.RECEIVED,), [(1, Fact.RECEIVED)]),
        (ANSWER, ANONYMOUS, [(3, Fact.REGISTERED), (4, Fact.ACCEPTED)]),
    ],
)
def test_what_a_term_sees(
    rule: Deadline, facts: tuple[Fact | Told, ...], seen: list[tuple[int, Fact]]
) -> None:
    """The turn stands for another fact under its own number, moment and holder."""
    entries = ledger(*facts)
    assert [(e.seq, e.fact) for e in Course(entries).seen_by(rule)] == seen
    by_seq = {entry.seq: entry for entry in entries}
    found = [(e.seq, e.at, e.body) for e in Course(entries).seen_by(rule)]
    assert found == [(n, by_seq[n].at, by_seq[n].body) for n, _ in seen]


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        (replace(ANSWER, regimes=OF_BOTH), CHANGED),
        (ROUTING, ANONYMOUS),
        (ANSWER, (LETTER, Fact.REGISTERED, KNOWN_ANYWAY)),
    ],
)
def test_all_other_terms_see_all(rule: Deadline, facts: tuple[Fact | Told, ...]) -> None:
    entries = ledger(*facts)
    assert Course(entries).seen_by(rule) == entries
