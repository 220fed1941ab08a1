"""The order and the regulation of the Chelyabinsk centre, one row a clause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from core.appeals.rules.intake import (
    NATURAL,
    Addressees,
    ApplicantKind,
    ApplicantScope,
    NamedSystem,
    Regime,
    Residence,
)
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import Body, BodyKind, Owner
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.rules.passport import Passport
from core.kernel.rules.roles import Reach, Role
from core.law.rule import Rule
from core.structure.rules.blocks import BlockRule
from tests.regions.table import DAY, check, row

READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})
OF_BLOCK = READING | {Permission.READ_CONTENT, Permission.READ_DOCUMENTS}

ROWS = (
    row(
        "chelyabinsk.641/rasp.1",
        Passport,
        "region",
        name="Челябинская область",
        centre="Центр управления регионом Челябинской области",
        centre_short="ЦУР",
        subject="74",
        timezone="Asia/Yekaterinburg",
        number_prefix="74",
    ),
    row(
        "chelyabinsk.641/rasp.3",
        Body,
        "ministry-digital",
        name="Министерство информационных технологий, связи и цифрового развития "
        "Челябинской области",
        kind=BodyKind.EXECUTIVE,
    ),
    row(
        "chelyabinsk.641/pol.2",
        Deadline,
        "accelerated",
        starts=Fact.RECEIVED,
        stops=Fact.ANSWERED,
        length=30,
        regimes=frozenset({Regime.APPEAL, Regime.MESSAGE}),
        significant_only=True,
        prolongable=False,
    ),
    row(
        "chelyabinsk.641/pol.3.1.applicants",
        ApplicantScope,
        "region",
        kinds=NATURAL | {ApplicantKind.LEGAL_ENTITY},
        residences=frozenset(Residence),
    ),
    row(
        "chelyabinsk.641/pol.3.1.addressees",
        Addressees,
        "region",
        kinds=frozenset(BodyKind) - {BodyKind.OTHER},
    ),
    row("chelyabinsk.641/pol.5", Role, "block-staff", reach=Reach.BLOCKS, permissions=OF_BLOCK),
    row("chelyabinsk.641/pol.5", Role, "competence-staff", reach=Reach.REGION, permissions=READING),
    row(
        "chelyabinsk.641/pol.10.1",
        EscalationStep,
        "block-staff",
        order=3,
        to_role="block-staff",
        term=PRACTICE.cite("escalation.inside-block"),
    ),
    row("chelyabinsk.641/pol.10.1", EscalationStep, "block-head", order=4, to_role="block-head"),
    row(
        "chelyabinsk.641/pol.10.2",
        EscalationStep,
        "block",
        order=5,
        to_role="block-responsible",
        term=PRACTICE.cite("escalation.block"),
    ),
    row(
        "tsur.practice/escalation.head",
        EscalationStep,
        "head",
        order=6,
        to_role="head",
        repeat_days=7,
    ),
    row("chelyabinsk.641/pol.12", BlockRule, "roads", name="Дороги", themes=("roads",)),
    row("ru.1844/2.heat-map", NamedSystem, "heat-map", name="Тепловая карта"),
)


@pytest.mark.parametrize(("ref", "kind", "key", "expected"), ROWS)
def test_the_clause_stands(
    regions: Mapping[str, Region], ref: str, kind: type[Rule], key: str, expected: dict[str, Any]
) -> None:
    check(regions["chelyabinsk"].rules, ref, kind, key, expected)


@pytest.mark.clause("chelyabinsk.641/pol.12")
def test_the_federal_eight_in_their_order(regions: Mapping[str, Region]) -> None:
    blocks = regions["chelyabinsk"].rules.all(BlockRule, DAY)
    assert [block.key for block in blocks] == [
        "health",
        "education",
        "social-protection",
        "housing",
        "solid-waste",
        "roads",
        "transport",
        "energy",
    ]
    assert {block.clause.ref for block in blocks} == {"chelyabinsk.641/pol.12"}


@pytest.mark.clause("chelyabinsk.641/pol.10.1", "chelyabinsk.641/pol.10.2")
def test_the_ladder_climbs_inside_the_block(regions: Mapping[str, Region]) -> None:
    """Every rung is told later than the one below it."""
    rungs = regions["chelyabinsk"].rules.all(EscalationStep, DAY)
    ladder = sorted(
        (rung for rung in rungs if rung.ladder == "answer" and not rung.eve),
        key=lambda rung: rung.order,
    )
    assert [(step.to_role, step.before_days) for step in ladder] == [
        ("body-official", 7),
        ("body-head", 3),
        ("block-staff", 2),
        ("block-head", 1),
        ("block-responsible", 0),
        ("head", -1),
    ]


@pytest.mark.clause("chelyabinsk.641/pol.9.profile-bodies")
def test_profile_bodies_are_data(regions: Mapping[str, Region]) -> None:
    assert regions["chelyabinsk"].rules.all(Owner, DAY) == ()


@pytest.mark.clause("chelyabinsk.641/pol.2", "ru.1844/2.accelerated-resolution.deadline")
@pytest.mark.parametrize(
    ("on", "ref"),
    [
        (date(2020, 11, 15), None),
        (date(2020, 11, 16), "ru.1844/2.accelerated-resolution.deadline"),
        (date(2021, 4, 27), "ru.1844/2.accelerated-resolution.deadline"),
        (date(2021, 4, 28), "chelyabinsk.641/pol.2"),
    ],
)
def test_the_mechanism_is_the_order_s_own_from_the_wording_that_cites_the_rules(
    regions: Mapping[str, Region], on: date, ref: str | None
) -> None:
    """The order of June 2020 cannot cite Rules of November (R44)."""
    term = regions["chelyabinsk"].rules.find(Deadline, "accelerated", on)
    assert (term and term.clause.ref) == ref
