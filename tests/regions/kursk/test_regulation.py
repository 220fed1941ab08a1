"""The resolution, structure and regulation of the Kursk centre, one row a clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core.appeals.rules.intake import NATURAL, Addressees, ApplicantScope, NamedSystem, Residence
from core.appeals.rules.routing import Route, Target
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import Body, BodyKind, Owner, Theme
from core.documents.rules import DocumentKind, PortalEquality
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.kernel.rules.passport import Passport
from core.kernel.rules.roles import Role
from core.law.rule import Rule
from core.structure.blocks import Blocks
from core.structure.rules.blocks import BlockKind, BlockRule
from core.summaries.rules import REPORT_FIELDS
from tests.regions.table import DAY, check, row

THEMES = "kursk.958/str.4.themes"
HOUSING, INSPECTORATE = "committee-housing-energy", "housing-inspectorate"
CITY = frozenset({"kursk-city"})
PUBLICATIONS = frozenset({"social-networks", "messengers"})
READING = frozenset({Permission.READ_APPEALS, Permission.READ_DIRECTORY})


def owned(number: str, theme: str, body: str) -> Any:
    return row(f"kursk.958/post.{number}", Owner, theme, theme=theme, body=body, default=True)


def body(number: str, key: str, name: str) -> Any:
    return row(f"kursk.958/post.{number}", Body, key, name=name, kind=BodyKind.EXECUTIVE)


ROWS = (
    row(
        "kursk.958/post.1",
        Passport,
        "region",
        name="Курская область",
        centre="Центр управления регионом Курской области",
        centre_short="ЦУР",
        subject="46",
        timezone="Europe/Moscow",
        number_prefix="46",
    ),
    owned("3.1", "roads", "committee-transport-roads"),
    owned("3.1", "transport", "committee-transport-roads"),
    owned("3.2", "housing", HOUSING),
    owned("3.2", "solid-waste", HOUSING),
    owned("3.2", "energy", HOUSING),
    row(
        "kursk.958/post.3.3",
        Owner,
        "housing.inspectorate",
        theme="housing",
        body=INSPECTORATE,
        default=False,
    ),
    owned("3.4", "health", "committee-health"),
    owned("3.5", "education", "committee-education"),
    owned("3.6", "social-protection", "committee-social"),
    owned("3.7", "ecology", "committee-nature"),
    body(
        "3.1",
        "committee-transport-roads",
        "Комитет транспорта и автомобильных дорог Курской области",
    ),
    body("3.2", HOUSING, "Комитет жилищно-коммунального хозяйства и ТЭК Курской области"),
    body("3.3", INSPECTORATE, "Государственная жилищная инспекция Курской области"),
    body("3.4", "committee-health", "Комитет здравоохранения Курской области"),
    body("3.5", "committee-education", "Комитет образования и науки Курской области"),
    body(
        "3.6",
        "committee-social",
        "Комитет социального обеспечения, материнства и детства Курской области",
    ),
    body("3.7", "committee-nature", "Комитет природных ресурсов Курской области"),
    row(
        "kursk.958/post.6.housing",
        Body,
        "kursk-city-administration",
        name="Администрация города Курска",
        kind=BodyKind.MUNICIPAL,
        municipality="kursk-city",
    ),
    body(
        "7.1",
        "committee-internal-policy",
        "Комитет внутренней политики Администрации Курской области",
    ),
    body("7.2", "committee-information-press", "Комитет информации и печати Курской области"),
    body("7.3", "committee-digital", "Комитет цифрового развития и связи Курской области"),
    row("kursk.958/post.3", Route, "owner-by-act", target=Target.OWNER, priority=57),
    row("kursk.958/post.3.2", Route, "housing-committee", body=HOUSING, priority=55),
    row(
        "kursk.958/post.3.3",
        Route,
        "housing-inspectorate",
        body=INSPECTORATE,
        themes=frozenset({"housing"}),
        addressees=frozenset({INSPECTORATE}),
        priority=10,
    ),
    row(THEMES, Theme, "ecology", name="Экология", federal=False),
    row(THEMES, BlockRule, "housing", themes=("housing", "solid-waste"), significant=True),
    row(THEMES, BlockRule, "ecology", themes=("ecology",), significant=True),
    row("kursk.958/str.5", Role, "media-responsible", permissions=READING),
    row(
        "kursk.958/str.6.city",
        BlockRule,
        "kursk-city",
        themes=(),
        kind=BlockKind.THEMATIC,
        significant=True,
        has_responsible=False,
        channels=PUBLICATIONS,
        residents=CITY,
    ),
    row("kursk.958/str.7", Role, "direction-head", permissions=READING),
    row(
        "kursk.958/pol.1.2.applicants",
        ApplicantScope,
        "region",
        kinds=NATURAL,
        residences=frozenset(Residence),
    ),
    row(
        "kursk.958/pol.1.2.addressees",
        Addressees,
        "region",
        kinds=frozenset(
            {
                BodyKind.EXECUTIVE,
                BodyKind.MUNICIPAL,
                BodyKind.SUBORDINATE,
                BodyKind.ORGANISATION,
                BodyKind.PARTICIPATION,
            }
        ),
    ),
    row("kursk.958/pol.4.4", NamedSystem, "portal", name="Портал ЦУР"),
    row("kursk.958/pol.4.4.2", PortalEquality, "portal", portal="Портал ЦУР"),
    row("kursk.958/pol.4.5", NamedSystem, "heat-map", name="ВІ: ЦУР РФ"),
    row(
        "kursk.958/pol.4.9",
        NamedSystem,
        "situation-centre",
        name="Ситуационный центр Губернатора Курской области",
    ),
    row(
        "kursk.958/pol.2.1.2",
        DocumentKind,
        "leadership-report",
        name="Сводные аналитические данные",
        sent_to="Губернатору, органам исполнительной власти, органам местного самоуправления",
        fields=REPORT_FIELDS,
    ),
    row(
        "ru.1844/10.г.4.2",
        DocumentKind,
        "sector-materials",
        name="Информационные и аналитические материалы отрасли",
        drafters=frozenset({"block-head"}),
        of_block=True,
        fields=REPORT_FIELDS,
    ),
)


@pytest.mark.parametrize(("ref", "kind", "key", "expected"), ROWS)
def test_the_clause_stands(
    regions: Mapping[str, Region], ref: str, kind: type[Rule], key: str, expected: dict[str, Any]
) -> None:
    check(regions["kursk"].rules, ref, kind, key, expected)


@pytest.mark.clause(THEMES, "kursk.958/pol.4.1")
def test_eight_blocks_over_nine_themes(regions: Mapping[str, Region]) -> None:
    """The federal block of solid waste is taken into that of housing (R7)."""
    rules = regions["kursk"].rules
    sector = [block for block in rules.all(BlockRule, DAY) if block.kind is BlockKind.SECTOR]
    assert {block.key: block.themes for block in sector} == {
        "roads": ("roads",),
        "housing": ("housing", "solid-waste"),
        "health": ("health",),
        "education": ("education",),
        "social-protection": ("social-protection",),
        "transport": ("transport",),
        "ecology": ("ecology",),
        "energy": ("energy",),
    }
    assert rules.find(BlockRule, "solid-waste", DAY) is None
    assert rules.get(Theme, "solid-waste", DAY).federal


@pytest.mark.clause("kursk.958/str.6.city")
def test_the_city_block_escalates_to_the_head(regions: Mapping[str, Region]) -> None:
    rules = regions["kursk"].rules
    rungs = [step for step in rules.all(EscalationStep, DAY) if step.ladder == "answer"]
    ladder = [step.to_role for step in rungs if not step.eve]
    blocks = Blocks(rules)
    city, housing = blocks.get("kursk-city", DAY), blocks.get("housing", DAY)
    told = ["body-official", "body-head", "block-responsible", "head"]
    assert [housing.answerable(role) for role in ladder] == told
    assert [city.answerable(role) for role in ladder] == [*told[:2], "head", "head"]


@pytest.mark.clause("kursk.958/pol.1.4", "ru.1844/2.accelerated-resolution.deadline")
def test_silence_stays_federal(regions: Mapping[str, Region]) -> None:
    """Its mechanisms of accelerated solution (pol.4.3.1) have no term of their own (R3)."""
    term = regions["kursk"].rules.get(Deadline, "accelerated", DAY)
    assert (term.clause.ref, term.length) == ("ru.1844/2.accelerated-resolution.deadline", 30)
