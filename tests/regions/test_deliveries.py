"""Sections 2 and 6, row by row: which block and body, which deadline, who is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from core.appeals.rules.deadlines import Circumstances, due_dates
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.terms import Deadline, EscalationStep
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from tests.regions.differences import difference, four, placed
from tests.regions.table import DAY, REGIONS

BLOCKS = (
    "murmansk.513/4.2.4.themes",
    "kursk.958/str.4.themes",
    "mari-el.335/str.5.themes",
    "chelyabinsk.641/pol.12",
)
OWNER, MUNICIPALITY = "tsur.practice/routing.owner", "tsur.practice/routing.municipality"
TERM = (
    "murmansk.513/1.2",
    "ru.1844/2.accelerated-resolution.deadline",
    "ru.1844/2.accelerated-resolution.deadline",
    "chelyabinsk.641/pol.2",
)


OWN_BLOCKS = [
    difference(
        f"{theme} by {channel}",
        {"theme": theme, "channel": channel, "resident": True},
        four(*zip(keys, refs, strict=True)),
        clauses=refs,
    )
    for theme, channel, keys, refs in (
        ("roads", "letter", ("roads",) * 4, BLOCKS),
        ("solid-waste", "letter", ("solid-waste", "housing", "solid-waste", "solid-waste"), BLOCKS),
        (
            "roads",
            "social-networks",
            ("roads", "kursk-city", "roads", "roads"),
            (BLOCKS[0], "kursk.958/str.6.city", *BLOCKS[2:]),
        ),
        (
            "housing",
            "messengers",
            ("housing", "kursk-city", "housing", "housing"),
            (BLOCKS[0], "kursk.958/str.6.city", *BLOCKS[2:]),
        ),
    )
]


@pytest.mark.parametrize(("content", "expected"), OWN_BLOCKS)
def test_which_block(
    regions: Mapping[str, Region], content: dict[str, Any], expected: dict[str, Any]
) -> None:
    found = {code: placed(region, **content).block for code, region in regions.items()}
    named = {code: (block.key, block.clause.ref) for code, block in found.items() if block}
    assert named == expected
    assert all(block.significant for block in found.values() if block)


@pytest.mark.clause("kursk.958/str.6.city")
def test_the_city_block_takes_every_theme_of_its_open_publications(
    regions: Mapping[str, Region],
) -> None:
    kursk = regions["kursk"]
    home = "residence_municipality"
    city = placed(kursk, theme="culture", channel="messengers", **{home: "kursk-city"})
    district = placed(kursk, theme="culture", channel="messengers", **{home: "kurskiy"})
    letter = placed(kursk, theme="culture", channel="letter", **{home: "kursk-city"})
    assert (city.block and city.block.key, city.significant) == ("kursk-city", True)
    assert (district.block, district.significant) == (None, False)
    assert (letter.block, letter.significant) == (None, False)


@pytest.mark.parametrize(
    ("theme", "home", "ref"),
    [
        difference(theme, theme, home, ref, clauses=(ref,))
        for theme, home, ref in (
            ("landscaping", "murmansk", BLOCKS[0]),
            ("ecology", "kursk", BLOCKS[1]),
        )
    ],
)
def test_themes_that_one_region_adds(
    regions: Mapping[str, Region], theme: str, home: str, ref: str
) -> None:
    block = placed(regions[home], theme=theme).block
    assert block is not None
    assert (block.key, block.clause.ref, block.significant) == (theme, ref, True)
    for code in set(REGIONS) - {home}:
        with pytest.raises(Refusal) as refusal:
            placed(regions[code], theme=theme)
        assert refusal.value.code is RefusalCode.UNKNOWN_THEME


PROFILE_HOUSING = ("profile-housing", OWNER)
ROUTES = [
    difference(name, content, four(*answers), clauses=refs)
    for name, content, answers, refs in (
        (
            "housing, to nobody by name",
            {"theme": "housing"},
            (
                PROFILE_HOUSING,
                ("committee-housing-energy", "kursk.958/post.3.2"),
                PROFILE_HOUSING,
                PROFILE_HOUSING,
            ),
            ("kursk.958/post.3.2", OWNER),
        ),
        (
            "housing, to the inspectorate",
            {"theme": "housing", "addressee": "Государственная жилищная инспекция Курской области"},
            (
                PROFILE_HOUSING,
                ("housing-inspectorate", "kursk.958/post.3.3"),
                PROFILE_HOUSING,
                PROFILE_HOUSING,
            ),
            ("kursk.958/post.3.3", OWNER),
        ),
        (
            "roads",
            {"theme": "roads", "capital": True},
            (
                ("profile-roads", OWNER),
                ("committee-transport-roads", "kursk.958/post.3"),
                ("profile-roads", OWNER),
                ("profile-roads", OWNER),
            ),
            ("kursk.958/post.3", "kursk.958/post.3.1", OWNER),
        ),
        (
            "roads, published in the capital",
            {
                "theme": "roads",
                "channel": "social-networks",
                "capital": True,
                "resident": True,
            },
            (
                ("profile-roads", OWNER),
                ("committee-transport-roads", "kursk.958/post.3"),
                ("profile-roads", OWNER),
                ("profile-roads", OWNER),
            ),
            ("kursk.958/post.3", OWNER),
        ),
        (
            "culture, which no act gives to a body",
            {"theme": "culture", "capital": True},
            (
                ("murmansk-city-administration", MUNICIPALITY),
                ("committee-culture", OWNER),
                ("yoshkar-ola-administration", MUNICIPALITY),
                ("chelyabinsk-city-administration", MUNICIPALITY),
            ),
            (OWNER, MUNICIPALITY),
        ),
        (
            "culture, from nowhere",
            {"theme": "culture"},
            (None, ("committee-culture", OWNER), None, None),
            (OWNER,),
        ),
    )
]


@pytest.mark.parametrize(("content", "expected"), ROUTES)
def test_which_body_and_route(
    regions: Mapping[str, Region], content: dict[str, Any], expected: dict[str, Any]
) -> None:
    """None is the coordinator's queue."""
    decisions = {code: placed(region, **content).decision for code, region in regions.items()}
    assert {
        code: (decision.body, decision.chosen.clause.ref) if decision.chosen else None
        for code, decision in decisions.items()
    } == expected


@pytest.mark.clause("fz59/8.6", "kursk.958/post.3.3")
def test_a_complaint_about_one_owner_of_housing_goes_to_the_other(
    regions: Mapping[str, Region],
) -> None:
    place = placed(regions["kursk"], theme="housing", complained_body="committee-housing-energy")
    assert place.decision.body == "housing-inspectorate"
    other = placed(regions["kursk"], theme="roads", complained_body="committee-transport-roads")
    assert other.decision.body is None


RECEIVED = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
"""22:30 on 2 March in Moscow, already 3 March in Yekaterinburg."""


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        difference(
            "roads, under the accelerated mechanism",
            "roads",
            four(
                *zip(
                    TERM,
                    (
                        datetime(2026, 4, 1, 20, 59, 59, tzinfo=UTC),
                        datetime(2026, 4, 1, 20, 59, 59, tzinfo=UTC),
                        datetime(2026, 4, 1, 20, 59, 59, tzinfo=UTC),
                        datetime(2026, 4, 2, 18, 59, 59, tzinfo=UTC),
                    ),
                    strict=True,
                )
            ),
            clauses=(*TERM, "ru.1844/2.accelerated-resolution"),
        ),
        difference(
            "culture, outside it",
            "culture",
            four(
                *(
                    ("fz59/12.1", datetime(2026, 4, day, hour, 59, 59, tzinfo=UTC))
                    for day, hour in ((1, 20), (1, 20), (1, 20), (2, 18))
                )
            ),
            clauses=("fz59/12.1", "ru.1844/10.в"),
        ),
    ],
)
def test_which_deadline_governs(
    regions: Mapping[str, Region], theme: str, expected: dict[str, Any]
) -> None:
    """Chelyabinsk's day ends two hours earlier, and there it was already the next day."""
    entries = (Entry(1, Fact.RECEIVED, RECEIVED), Entry(2, Fact.REGISTERED, RECEIVED))
    found = {}
    for code, region in regions.items():
        place = placed(region, theme=theme)
        dues = due_dates(
            region.rules.all(Deadline, DAY),
            entries,
            Circumstances(place.regime, theme, place.significant),
            region.passport.zone,
            region.calendar,
        )
        governing = [due for due in dues if due.governs]
        assert len(governing) == 1
        found[code] = (governing[0].rule.clause.ref, governing[0].due_at)
    assert found == expected


@pytest.mark.parametrize(
    "expected",
    [
        difference(
            "who is told on the day of the deadline, and who before",
            four(
                *(
                    (("body-official", "body-head"), "tsur.practice/escalation.block")
                    for _ in range(3)
                ),
                (
                    ("body-official", "body-head", "block-staff", "block-head"),
                    "chelyabinsk.641/pol.10.2",
                ),
            ),
            clauses=("chelyabinsk.641/pol.10.1", "chelyabinsk.641/pol.10.2"),
        )
    ],
)
def test_which_escalation(regions: Mapping[str, Region], expected: dict[str, Any]) -> None:
    found = {}
    for code, region in regions.items():
        rungs = [s for s in region.rules.all(EscalationStep, DAY) if s.ladder == "answer"]
        ladder = sorted(rungs, key=lambda step: step.order)
        top = next(step for step in ladder if step.to_role == "block-responsible")
        below = tuple(step.to_role for step in ladder if step.order < top.order)
        found[code] = (below, top.clause.ref)
    assert found == expected
