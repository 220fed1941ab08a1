"""Section 5 of the comparison, row by row: whose appeals, to whom, in which named systems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from core.appeals.rules.intake import (
    Addressees,
    ApplicantKind,
    ApplicantScope,
    NamedSystem,
    Residence,
)
from core.directory.rules.bodies import BodyKind
from core.kernel.region import Region
from tests.regions.differences import difference, four, placed
from tests.regions.table import DAY, REGIONS

APPLICANTS = (
    "murmansk.513/1.3.1.applicants",
    "kursk.958/pol.1.2.applicants",
    "mari-el.335/pol.4.applicants",
    "chelyabinsk.641/pol.3.1.applicants",
)
ADDRESSEES = (
    "murmansk.513/1.2",
    "kursk.958/pol.1.2.addressees",
    "mari-el.335/pol.4.addressees",
    "chelyabinsk.641/pol.3.1.addressees",
)


@pytest.mark.parametrize(
    ("kind", "residence", "in_region_view"),
    [
        difference(f"{kind}, {residence}", kind, residence, four(*answers), clauses=APPLICANTS)
        for kind, residence, answers in (
            (ApplicantKind.CITIZEN, Residence.REGION, (True, True, True, True)),
            (ApplicantKind.CITIZEN, Residence.RUSSIA, (True, True, False, True)),
            (ApplicantKind.CITIZEN, Residence.ABROAD, (False, True, False, True)),
            (ApplicantKind.CITIZEN, Residence.UNKNOWN, (True, True, True, True)),
            (ApplicantKind.FOREIGNER, Residence.REGION, (False, True, True, True)),
            (ApplicantKind.STATELESS, Residence.REGION, (False, True, True, True)),
            (ApplicantKind.STATELESS, Residence.ABROAD, (False, True, False, True)),
            (ApplicantKind.LEGAL_ENTITY, Residence.REGION, (True, False, False, True)),
            (ApplicantKind.LEGAL_ENTITY, Residence.ABROAD, (True, False, False, True)),
            (ApplicantKind.UNKNOWN, Residence.UNKNOWN, (True, True, True, True)),
        )
    ],
)
@pytest.mark.clause("ru.1844/2.region-centre.1.applicants")
def test_who_is_in_the_regions_view(
    regions: Mapping[str, Region],
    kind: ApplicantKind,
    residence: Residence,
    in_region_view: dict[str, bool],
) -> None:
    """Whoever writes is placed and counted federally; the region's own view may be narrower."""
    places = {
        code: placed(region, theme="roads", applicant_kind=kind, residence=residence)
        for code, region in regions.items()
    }
    assert {code: place.in_region_view for code, place in places.items()} == in_region_view
    assert all(place.in_federal_view for place in places.values())
    assert all(place.body is not None for place in places.values())


def test_the_views_cite_their_acts(regions: Mapping[str, Region]) -> None:
    books = [regions[code].rules for code in REGIONS]
    scopes = [rules.get(ApplicantScope, "region", DAY).clause.ref for rules in books]
    assert tuple(scopes) == APPLICANTS
    assert tuple(r.get(Addressees, "region", DAY).clause.ref for r in books) == ADDRESSEES


@pytest.mark.parametrize(
    ("kind", "in_region_view"),
    [
        difference(str(kind), kind, four(*answers), clauses=ADDRESSEES)
        for kind, answers in (
            (BodyKind.FUND, (True, False, False, True)),
            (BodyKind.STATE, (True, False, True, True)),
            (BodyKind.EXECUTIVE, (True, True, True, True)),
            (BodyKind.MUNICIPAL, (True, True, True, True)),
            (BodyKind.SUBORDINATE, (True, True, True, True)),
            (BodyKind.ORGANISATION, (True, True, True, True)),
            (BodyKind.PARTICIPATION, (True, True, True, True)),
            (BodyKind.OTHER, (False, False, False, False)),
        )
    ],
)
@pytest.mark.clause("ru.1844/2.bodies-and-organisations")
def test_to_whom_the_region_counts(
    regions: Mapping[str, Region], kind: BodyKind, in_region_view: dict[str, bool]
) -> None:
    rules = {code: region.rules for code, region in regions.items()}
    views = {code: r.get(Addressees, "region", DAY).includes(kind) for code, r in rules.items()}
    assert views == in_region_view
    federal = {r.get(Addressees, "federal", DAY).includes(kind) for r in rules.values()}
    assert federal == {kind is not BodyKind.OTHER}


@pytest.mark.clause(*ADDRESSEES)
def test_a_letter_to_the_territorial_fund(regions: Mapping[str, Region]) -> None:
    places = {
        code: placed(region, theme="health", addressee="health-insurance-fund")
        for code, region in regions.items()
    }
    views = {code: place.in_region_view for code, place in places.items()}
    assert views == four(True, False, False, True)
    assert all(place.in_federal_view for place in places.values())
    assert {place.body.key for place in places.values() if place.body} == {"health-insurance-fund"}


PLATFORM = "Платформа обратной связи"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        difference(key, key, four(*zip(names, refs, strict=True)), clauses=refs)
        for key, names, refs in (
            (
                "heat-map",
                ("ВІ: ЦУР РФ", "ВІ: ЦУР РФ", "ВІ: ЦУР РФ", "Тепловая карта"),
                (
                    "murmansk.513/3.2",
                    "kursk.958/pol.4.5",
                    "mari-el.335/pol.12",
                    "ru.1844/2.heat-map",
                ),
            ),
            (
                "portal",
                ("Портал", "Портал ЦУР", "Портал ЦУР", "Портал"),
                ("ru.1844/2.portal", "kursk.958/pol.4.4", "mari-el.335/pol.10", "ru.1844/2.portal"),
            ),
            (
                "feedback-platform",
                (PLATFORM, PLATFORM, "ПОС", PLATFORM),
                (
                    "ru.1844/2.feedback-platform",
                    "ru.1844/2.feedback-platform",
                    "mari-el.335/pol.4.channels",
                    "ru.1844/2.feedback-platform",
                ),
            ),
        )
    ],
)
def test_one_system_under_the_regions_own_name(
    regions: Mapping[str, Region], key: str, expected: dict[str, Any]
) -> None:
    """Compared by key, never by label (R24)."""
    systems = {code: region.rules.get(NamedSystem, key, DAY) for code, region in regions.items()}
    assert {code: (s.name, s.clause.ref) for code, s in systems.items()} == expected
