"""The regulation of the Murmansk centre, one row a clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core.appeals.rules.intake import (
    Addressees,
    ApplicantKind,
    ApplicantScope,
    Channel,
    ChannelKind,
    NamedSystem,
    Regime,
    Residence,
)
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import Body, BodyKind, Owner, Theme
from core.documents.rules import DocumentKind
from core.kernel.region import Region
from core.kernel.rules.passport import Passport
from core.law.rule import Rule
from core.structure.rules.blocks import BlockRule
from tests.regions.table import DAY, check, row

THEMES = "murmansk.513/4.2.4.themes"
SOURCES = "murmansk.513/2.7.4.criterion-feedback"

ROWS = (
    row(
        "murmansk.513/1.3",
        Passport,
        "region",
        name="Мурманская область",
        centre="Центр управления регионом Мурманской области",
        centre_short="ЦУР МО",
        subject="51",
        timezone="Europe/Moscow",
        number_prefix="51",
    ),
    row(
        "murmansk.513/1.2",
        Deadline,
        "accelerated",
        starts=Fact.RECEIVED,
        stops=Fact.ANSWERED,
        length=30,
        regimes=frozenset({Regime.APPEAL, Regime.MESSAGE}),
        significant_only=True,
        prolongable=False,
    ),
    row("murmansk.513/1.2", Addressees, "region", kinds=frozenset(BodyKind) - {BodyKind.OTHER}),
    row(
        "murmansk.513/1.3.1.applicants",
        ApplicantScope,
        "region",
        kinds=frozenset({ApplicantKind.CITIZEN, ApplicantKind.LEGAL_ENTITY}),
        residences=frozenset({Residence.REGION, Residence.RUSSIA}),
        entity_residence_matters=False,
    ),
    row(
        SOURCES,
        Channel,
        "incident-management",
        kind=ChannelKind.OPEN_PUBLICATION,
        regime=Regime.MESSAGE,
    ),
    row(SOURCES, Channel, "our-north", kind=ChannelKind.REGIONAL_SYSTEM, regime=Regime.APPEAL),
    row(SOURCES, NamedSystem, "incident-management", name="Инцидент Менеджмент"),
    row(SOURCES, NamedSystem, "our-north", name="Наш Север"),
    row("murmansk.513/3.2", NamedSystem, "heat-map", name="ВІ: ЦУР РФ"),
    row(THEMES, Theme, "landscaping", name="Благоустройство", federal=False),
    row(THEMES, BlockRule, "landscaping", themes=("landscaping",), significant=True),
    row(THEMES, BlockRule, "housing", themes=("housing",), significant=True),
    row(
        "murmansk.513/4.8",
        Body,
        "ministry-digital",
        name="Министерство цифрового развития Мурманской области",
    ),
    row(
        "murmansk.513/4.8",
        Body,
        "ministry-information-policy",
        name="Министерство информационной политики Мурманской области",
    ),
    row(
        "murmansk.513/4.8",
        Body,
        "ministry-internal-policy",
        name="Министерство внутренней политики Мурманской области",
    ),
    row(
        "murmansk.513/4.3.2",
        DocumentKind,
        "legal-act",
        name="Предложение о разработке и утверждении правового акта",
        steps=(),
        drafters=frozenset({"curator"}),
        sent_to="Правительству Мурманской области",
    ),
)


@pytest.mark.parametrize(("ref", "kind", "key", "expected"), ROWS)
def test_the_clause_stands(
    regions: Mapping[str, Region], ref: str, kind: type[Rule], key: str, expected: dict[str, Any]
) -> None:
    check(regions["murmansk"].rules, ref, kind, key, expected)


@pytest.mark.clause(THEMES)
def test_nine_blocks(regions: Mapping[str, Region]) -> None:
    blocks = regions["murmansk"].rules.all(BlockRule, DAY)
    assert {block.key for block in blocks} == {
        "health",
        "education",
        "social-protection",
        "housing",
        "solid-waste",
        "roads",
        "transport",
        "energy",
        "landscaping",
    }
    assert {block.clause.ref for block in blocks} == {THEMES}


@pytest.mark.clause("murmansk.513/1.3.1.channels")
def test_the_list_of_channels_is_open(regions: Mapping[str, Region]) -> None:
    """1.3 says «в том числе»: no channel is out of the region's view."""
    channels = regions["murmansk"].rules.all(Channel, DAY)
    assert len(channels) == 13


@pytest.mark.clause("murmansk.513/4.8.federal-conditions")
def test_silence_stays_federal(regions: Mapping[str, Region]) -> None:
    rules = regions["murmansk"].rules
    assert rules.all(Owner, DAY) == ()
    ladder = rules.all(EscalationStep, DAY)
    assert {step.clause.act for step in ladder} == {"tsur.practice"}
    assert rules.get(Deadline, "answer", DAY).clause.ref == "fz59/12.1"
