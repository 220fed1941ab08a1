"""When a rule asks no less than another of its kind: each field to either side, one row a change.

Whoever merges layers stands on it: a floor gives way to what is no looser alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from core.appeals.rules.answers import EvidenceRule
from core.appeals.rules.grounds import OutcomeGround, ProofKind
from core.appeals.rules.handling import Retention, TransferRule
from core.appeals.rules.intake import Addressees, ApplicantKind, ApplicantScope, Regime, Residence
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import own
from core.appeals.rules.signatures import SignatureKind, SignatureRule, Way
from core.appeals.rules.supply import SupplyDuty
from core.appeals.rules.terms import Deadline, ProlongationLimit
from core.appeals.rules.ways import AnswerWays
from core.directory.rules.bodies import BodyKind, Theme
from core.kernel.codes import Permission
from core.law.rule import Rule
from core.mailbox.rules import LetterTerm
from core.problems.rules import LeastCategories
from core.shapes.deadlines.rules.units import Season, Unit
from tests.core.law.samples import clause
from tests.core.structure.strictness import POOL, Changes
from tests.core.structure.strictness import TABLE as STRUCTURE

CITED = clause("a/1")
SUMMER, WINTER = Season((6, 1), (8, 31)), Season((12, 1), (2, 28))
ONE, TWO = frozenset({"a"}), frozenset({"a", "b"})
ALL_REGIMES = frozenset(Regime)
PAPER, SECOND = frozenset({Way.POST}), frozenset({Way.POST, Way.IN_PERSON})
TERM = Deadline("x", "Срок", Fact.RECEIVED, Fact.ROUTED, 10, clause=CITED)
NARROW = replace(TERM, themes=TWO, channels=TWO, importance=TWO, season=SUMMER)

TABLE: tuple[tuple[Rule, Changes, Changes], ...] = (
    # a rule, changes by which no less is asked, changes by which less is
    (
        EvidenceRule("x", ONE, clause=CITED),
        ({"kinds": TWO},),
        ({"kinds": frozenset()}, {"kinds": frozenset({"b"})}),
    ),
    (
        TransferRule("x", 3, 2, clause=CITED),
        ({"limit": 2}, {"accept_within_days": 1}),
        ({"limit": 4}, {"accept_within_days": 3}, {"unit": Unit.WORKING_DAYS}),
    ),
    (Retention("x", 5, clause=CITED), ({"years": 6},), ({"years": 4},)),
    (
        ApplicantScope(
            "x",
            frozenset({ApplicantKind.CITIZEN}),
            frozenset({Residence.REGION}),
            clause=CITED,
        ),
        (
            {"kinds": frozenset(ApplicantKind)},
            {"residences": frozenset({Residence.REGION, Residence.RUSSIA})},
        ),
        (
            {"kinds": frozenset()},
            {"residences": frozenset()},
            {"entity_residence_matters": True},
        ),
    ),
    (
        Addressees("x", frozenset({BodyKind.STATE}), clause=CITED),
        ({"kinds": frozenset(BodyKind)},),
        ({"kinds": frozenset()}, {"kinds": frozenset({BodyKind.FUND})}),
    ),
    (
        TERM,
        ({"length": 9}, {"regimes": ALL_REGIMES}),
        (
            {"length": 11},
            {"unit": Unit.WORKING_DAYS},
            {"starts": Fact.ROUTED},
            {"stops": Fact.CLOSED},
            {"stage": "y"},
            {"regimes": frozenset({Regime.APPEAL})},
            {"significant_only": True},
            {"themes": ONE},
            {"channels": ONE},
            {"importance": ONE},
            {"season": SUMMER},
            {"prolongable": True},
            {"yields_to_prolongation": True},
            {"relieved_by": frozenset({own("pause")})},
            {"conditional": True},
        ),
    ),
    (
        NARROW,
        (
            {"themes": frozenset()},
            {"channels": frozenset()},
            {"importance": frozenset()},
            {"season": None},
            {"themes": TWO | {"c"}},
        ),
        ({"themes": ONE}, {"channels": ONE}, {"importance": ONE}, {"season": WINTER}),
    ),
    (
        ProlongationLimit("x", 2, 30, clause=CITED),
        ({"times": 1}, {"days": 29}),
        ({"times": 3}, {"days": 31}),
    ),
    (
        OutcomeGround(
            "abusive",
            "Основание",
            Permission.ANSWER,
            frozenset({ProofKind.PASSAGE}),
            earlier=2,
            clause=CITED,
        ),
        (
            {"proof": frozenset({ProofKind.PASSAGE, ProofKind.NORM})},
            {"earlier": 3},
            {"above_executor": True},
        ),
        ({"proof": frozenset()}, {"earlier": 1}, {"decides": Permission.TRANSFER}),
    ),
    (
        SignatureRule("x", PAPER, frozenset({SignatureKind.QUALIFIED}), clause=CITED),
        ({"ways": SECOND}, {"regimes": ALL_REGIMES}, {"kinds": frozenset()}),
        (
            {"ways": frozenset()},
            {"regimes": frozenset()},
            {"kinds": frozenset(SignatureKind)},
        ),
    ),
    (
        SupplyDuty("x", frozenset({BodyKind.STATE}), 15, clause=CITED),
        ({"kinds": frozenset(BodyKind)}, {"days": 14}),
        ({"kinds": frozenset()}, {"days": 16}, {"unit": Unit.WORKING_DAYS}),
    ),
    (
        AnswerWays("on_paper", SECOND, PAPER, clause=CITED),
        ({"ways": PAPER}, {"besides": frozenset()}),
        ({"ways": frozenset(Way)}, {"besides": SECOND}),
    ),
    (Theme("x", "Тема", clause=CITED), ({"federal": True}, {"name": "Другая"}), ()),
    (Theme("x", "Тема", federal=True, clause=CITED), (), ({"federal": False},)),
    (
        LetterTerm("x", 2, Unit.WORKING_DAYS, clause=CITED),
        ({"length": 1},),
        ({"length": 3}, {"unit": Unit.CALENDAR_DAYS}),
    ),
    (LeastCategories("x", 3, clause=CITED), ({"least": 4},), ({"least": 2},)),
    *STRUCTURE,
)


def _shown(value: object) -> str:
    """The same in every process: a set has no order of its own."""
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


def cases() -> Iterator[Any]:
    for rule, firm, loose in TABLE:
        yield pytest.param(rule, {}, True, id=f"{rule.kind_name()} itself")
        for changes, no_looser in ((firm, True), (loose, False)):
            for change in changes:
                named = " ".join(f"{name}={_shown(value)}" for name, value in change.items())
                yield pytest.param(rule, change, no_looser, id=f"{rule.kind_name()} {named}"[:70])


@pytest.mark.parametrize(("rule", "change", "no_looser"), list(cases()))
def test_no_looser_than(rule: Any, change: dict[str, Any], no_looser: bool) -> None:
    assert replace(rule, **change).no_looser_than(rule) is no_looser


@pytest.mark.parametrize(
    ("rule", "floor", "under"),
    [
        (TABLE[3][0], TABLE[3][0], False),
        (replace(TABLE[3][0], residences=frozenset()), TABLE[3][0], True),  # type: ignore[call-arg]
        (TABLE[4][0], TABLE[3][0], False),
        (TABLE[3][0], TABLE[4][0], False),
        (replace(TABLE[4][0], key="y", kinds=frozenset()), TABLE[4][0], True),  # type: ignore[call-arg]
        (replace(POOL, key="y"), POOL, False),
        (replace(POOL, key="y", blocks=frozenset()), POOL, True),
        (replace(POOL, role="curator", blocks=frozenset()), POOL, False),
        (POOL, TERM, False),
    ],
)
def test_undercuts(rule: Rule, floor: Rule, under: bool) -> None:
    """Under whatever key, for kinds of which one rule beside the floor is enough."""
    assert rule.undercuts(floor) is under


def test_every_kind_that_compares_itself_is_in_the_table() -> None:
    comparing = {
        kind
        for kind in Rule.__subclasses__()
        if kind.__module__.startswith("core.") and "no_looser_than" in vars(kind)
    }
    assert comparing - {type(rule) for rule, *_ in TABLE} == set()
