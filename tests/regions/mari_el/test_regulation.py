"""The resolution and the regulation of the Mari El centre, one row a clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core.appeals.rules.intake import NATURAL, Addressees, ApplicantScope, NamedSystem, Residence
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import Body, BodyKind, Owner
from core.documents.rules import DocumentKind, PortalEquality
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.rules.passport import Passport
from core.kernel.rules.roles import Reach, Role
from core.law.rule import Rule
from core.structure.rules.blocks import BlockRule
from core.summaries.rules import REPORT_FIELDS
from tests.regions.table import DAY, check, row

THEMES = "mari-el.335/str.5.themes"

ROWS = (
    row(
        "mari-el.335/post.1",
        Passport,
        "region",
        name="Республика Марий Эл",
        centre="«Центр управления регионом» Республики Марий Эл",
        centre_short="ЦУР Республики Марий Эл",
        subject="12",
        timezone="Europe/Moscow",
        number_prefix="12",
    ),
    row(
        "mari-el.335/post.2",
        Body,
        "department-informatisation",
        name="Департамент информатизации и связи Республики Марий Эл",
        kind=BodyKind.EXECUTIVE,
    ),
    row(THEMES, BlockRule, "roads", name="Дорожное хозяйство", themes=("roads",), significant=True),
    row(THEMES, BlockRule, "energy", name="Энергетика", themes=("energy",), significant=True),
    row(
        "mari-el.335/str.6",
        Role,
        "direction-head",
        reach=Reach.REGION,
        permissions=frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY}),
    ),
    row(
        "mari-el.335/pol.4.applicants",
        ApplicantScope,
        "region",
        kinds=NATURAL,
        residences=frozenset({Residence.REGION}),
    ),
    row(
        "mari-el.335/pol.4.addressees",
        Addressees,
        "region",
        kinds=frozenset(
            {
                BodyKind.STATE,
                BodyKind.EXECUTIVE,
                BodyKind.MUNICIPAL,
                BodyKind.SUBORDINATE,
                BodyKind.ORGANISATION,
                BodyKind.PARTICIPATION,
            }
        ),
    ),
    row("mari-el.335/pol.4.channels", NamedSystem, "feedback-platform", name="ПОС"),
    row("mari-el.335/pol.10", NamedSystem, "portal", name="Портал ЦУР"),
    row("mari-el.335/pol.12", NamedSystem, "heat-map", name="ВІ: ЦУР РФ"),
    row(
        "ru.1844/4.б.3",
        DocumentKind,
        "leadership-report",
        name="Отчёт руководству субъекта",
        sent_to="руководству субъекта Российской Федерации",
        fields=REPORT_FIELDS,
    ),
    row("mari-el.335/pol.10.2", PortalEquality, "portal", portal="Портал ЦУР"),
)


@pytest.mark.parametrize(("ref", "kind", "key", "expected"), ROWS)
def test_the_clause_stands(
    regions: Mapping[str, Region], ref: str, kind: type[Rule], key: str, expected: dict[str, Any]
) -> None:
    check(regions["mari_el"].rules, ref, kind, key, expected)


@pytest.mark.clause(THEMES)
def test_the_federal_eight_and_no_more(regions: Mapping[str, Region]) -> None:
    blocks = regions["mari_el"].rules.all(BlockRule, DAY)
    assert {block.key: block.themes for block in blocks} == {
        "housing": ("housing",),
        "solid-waste": ("solid-waste",),
        "energy": ("energy",),
        "education": ("education",),
        "health": ("health",),
        "roads": ("roads",),
        "transport": ("transport",),
        "social-protection": ("social-protection",),
    }
    assert {block.clause.ref for block in blocks} == {THEMES}
    names = {block.key: block.name for block in blocks}
    assert (names["roads"], names["solid-waste"]) == (
        "Дорожное хозяйство",
        "Твердые коммунальные отходы",
    )


@pytest.mark.clause("mari-el.335/pol.6", "ru.1844/2.accelerated-resolution.deadline")
def test_silence_stays_federal(regions: Mapping[str, Region]) -> None:
    """Its mechanisms of accelerated solution (pol.9.4) have no term of their own (R3)."""
    rules = regions["mari_el"].rules
    assert rules.all(Owner, DAY) == ()
    assert {step.clause.act for step in rules.all(EscalationStep, DAY)} == {"tsur.practice"}
    term = rules.get(Deadline, "accelerated", DAY)
    assert (term.clause.ref, term.length) == ("ru.1844/2.accelerated-resolution.deadline", 30)
