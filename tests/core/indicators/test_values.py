"""Targets and values by hand, their history and stages, attainment and who answers for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from core.indicators.attainment import Attainment, attainment, incomplete
from core.indicators.model import IndicatorTarget, IndicatorValue
from core.indicators.queries import history
from core.indicators.rules.kinds import OwnerKind
from core.indicators.service import advance_value, record_value, set_target
from core.kernel.access import Actor
from core.kernel.codes import RefusalCode
from tests.conftest import OpenRegion
from tests.core.indicators.centre import Centre
from tests.fixtures.actors import appoint

JANUARY = date(2026, 1, 15)
GROUND = "отчёт за январь"


async def staffed(centre: Centre, *roles: str, blocks: tuple[str, ...] = ("roads",)) -> None:
    async with centre.region.work(centre.actor("head")) as work:
        for role in roles:
            centre.actors[role] = await appoint(work, role, blocks=blocks)


async def set_(centre: Centre, indicator_id: int, amount: str, role: str = "curator") -> None:
    async with centre.region.work(centre.actor(role)) as work:
        await set_target(work, indicator_id, JANUARY, Decimal(amount), "распоряжение № 4")


async def record(centre: Centre, indicator_id: int, amount: str, ground: str = GROUND) -> None:
    async with centre.region.work(centre.actor("head")) as work:
        await record_value(work, indicator_id, JANUARY, Decimal(amount), ground)


async def reached(centre: Centre, indicator_id: int) -> Attainment:
    async with centre.region.reading(centre.actor("head")) as work:
        return await attainment(work, indicator_id, JANUARY)


@pytest.mark.clause("ru.1844/8.г", "ru.1844/8.д", "kursk.958/pol.3.2.8")
async def test_attainment_is_exact_and_values_keep_their_history(
    open_test_region: OpenRegion,
) -> None:
    centre = Centre(await open_test_region("kursk"))
    indicator_id = await centre.approved("target")
    assert (await reached(centre, indicator_id)).attained is None
    await set_(centre, indicator_id, "0.3")
    await record(centre, indicator_id, "0.1")
    await record(centre, indicator_id, "0.2", "исправлено по акту сверки")
    found = await reached(centre, indicator_id)
    assert (found.value, found.target) == (Fraction(1, 5), Fraction(3, 10))
    assert (found.attained, found.share) == (False, Fraction(2, 3))
    assert (found.period.start, found.period.last_day) == (date(2026, 1, 1), date(2026, 1, 31))
    async with centre.region.database.reading() as session:
        rows = (await session.scalars(history(IndicatorValue, indicator_id))).all()
        targets = (await session.scalars(history(IndicatorTarget, indicator_id))).all()
    assert [(row.version, row.amount, row.author, row.ground) for row in rows] == [
        (1, Fraction(1, 10), "head", GROUND),
        (2, Fraction(1, 5), "head", "исправлено по акту сверки"),
    ]
    assert [(row.amount, row.author) for row in targets] == [(Fraction(3, 10), "curator")]


REFUSALS: tuple[tuple[str, dict[str, Any], RefusalCode], ...] = (
    ("executor", {"amount": Decimal(1)}, RefusalCode.FORBIDDEN),
    ("curator", {"amount": Decimal(1), "ground": " "}, RefusalCode.REASON_REQUIRED),
    ("curator", {"amount": Decimal("0.0000001")}, RefusalCode.INVALID),
    ("curator", {"amount": Decimal("1e400")}, RefusalCode.INVALID),
    ("curator", {"amount": Decimal("NaN")}, RefusalCode.INVALID),
    ("curator", {"amount": Decimal(1), "day": date(2025, 12, 1)}, RefusalCode.DATE_OUT_OF_RANGE),
)


@pytest.mark.clause("kursk.958/pol.3.2.8")
@pytest.mark.parametrize(("role", "changes", "code"), REFUSALS)
async def test_a_target_that_is_refused(
    open_test_region: OpenRegion, role: str, changes: dict[str, Any], code: RefusalCode
) -> None:
    centre = Centre(await open_test_region("kursk"))
    indicator_id = await centre.approved("target")
    given: dict[str, Any] = {"day": JANUARY, "ground": GROUND} | changes
    refusal = await centre.refused(
        centre.actor(role), lambda work: set_target(work, indicator_id, **given)
    )
    assert refusal.code is code
    assert refusal.clause is not None
    assert refusal.clause.ref == "kursk.958/pol.3.2.8"


@pytest.mark.clause("kursk.958/pol.3.2.8")
@pytest.mark.parametrize(
    ("role", "formula", "day", "ground", "code"),
    [
        ("block-responsible", None, JANUARY, GROUND, RefusalCode.FORBIDDEN),
        ("head", "messages", JANUARY, GROUND, RefusalCode.WRONG_STATE),
        ("head", None, date(2026, 3, 1), GROUND, RefusalCode.DATE_OUT_OF_RANGE),
        ("head", None, JANUARY, "", RefusalCode.REASON_REQUIRED),
    ],
)
async def test_a_value_that_is_refused(
    open_test_region: OpenRegion,
    role: str,
    formula: str | None,
    day: date,
    ground: str,
    code: RefusalCode,
) -> None:
    centre = Centre(await open_test_region("kursk"))
    indicator_id = await centre.approved(formula=formula)
    refusal = await centre.refused(
        centre.actor(role), lambda work: record_value(work, indicator_id, day, Decimal(1), ground)
    )
    assert refusal.code is code


@pytest.mark.clause("mari-el.335/pol.9.8")
async def test_blocks_are_assessed_consolidated_and_checked(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("mari_el"))
    await staffed(centre, "block-responsible")
    indicator_id = await centre.approved("block-responsible")
    await set_(centre, indicator_id, "80")
    await record(centre, indicator_id, "90")
    for _ in range(2):
        found = await reached(centre, indicator_id)
        assert (found.pending, found.value, found.attained) == (True, None, None)
        async with centre.region.work(centre.actor("head")) as work:
            await advance_value(work, indicator_id, JANUARY)
    found = await reached(centre, indicator_id)
    assert (found.pending, found.value, found.attained) == (False, Fraction(90), True)
    assert [one.role for one in found.accountable] == ["block-responsible"]
    more = await centre.refused(
        centre.actor("head"), lambda work: advance_value(work, indicator_id, JANUARY)
    )
    assert (more.code, more.clause and more.clause.ref) == (
        RefusalCode.WRONG_STATE,
        "mari-el.335/pol.9.8",
    )


@pytest.mark.clause("mari-el.335/pol.9.8")
async def test_nobody_assesses_his_own_block(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("mari_el"))
    await staffed(centre, "block-responsible")
    indicator_id = await centre.approved("block-responsible")
    head, own = centre.actor("head"), centre.actors["block-responsible"]
    both = Actor("both", own.person_id, (*head.grants, *own.grants))
    refusal = await centre.refused(
        both, lambda work: record_value(work, indicator_id, JANUARY, Decimal(1), GROUND)
    )
    assert refusal.code is RefusalCode.JUDGE_NOT_INDEPENDENT
    assert refusal.clause is not None
    assert refusal.clause.ref == "mari-el.335/pol.9.8"


ANSWERING: tuple[tuple[str, dict[str, Any], list[tuple[str, str]]], ...] = (
    ("murmansk", {}, [("curator", "murmansk.513/4.3.1"), ("head", "murmansk.513/4.5.3")]),
    ("kursk", {}, [("block-responsible", "kursk.958/pol.3.5.10")]),
    (
        "kursk",
        {"owner_kind": OwnerKind.THEME, "owner": "roads"},
        [("block-responsible", "kursk.958/pol.3.5.10")],
    ),
    ("kursk", {"owner_kind": OwnerKind.UNIT}, [("head", "kursk.958/pol.3.4.4")]),
    (
        "kursk",
        {"owner_kind": OwnerKind.BLOCK, "owner": "kursk-city"},
        [("head", "kursk.958/pol.3.5.10")],
    ),
    ("mari_el", {}, [("curator", "mari-el.335/pol.14")]),
    ("chelyabinsk", {}, [("block-responsible", "chelyabinsk.641/pol.9.5")]),
)


@pytest.mark.clause(
    "murmansk.513/4.3.1",
    "murmansk.513/4.5.3",
    "murmansk.513/4.6.1",
    "murmansk.513/4.7.2",
    "kursk.958/pol.3.5.10",
    "kursk.958/pol.3.4.4",
    "mari-el.335/pol.14",
    "chelyabinsk.641/pol.9.5",
    "chelyabinsk.641/pol.8.3",
)
@pytest.mark.parametrize(("code", "changes", "expected"), ANSWERING)
async def test_who_answers_by_the_act(
    open_test_region: OpenRegion,
    code: str,
    changes: dict[str, Any],
    expected: list[tuple[str, str]],
) -> None:
    """Those who contribute or ensure hold their roles too and are not among them."""
    centre = Centre(await open_test_region(code))
    await staffed(centre, "curator", "head", "executor", "block-responsible", "block-head")
    indicator_id = await centre.approved(**changes)
    found = (await reached(centre, indicator_id)).accountable
    assert [(one.role, one.rule.clause.ref) for one in found] == expected
    assert [one.person and one.person.subject for one in found] == [role for role, _ in expected]


@pytest.mark.clause("kursk.958/pol.3.5.10")
async def test_a_responsible_answers_for_his_own_themes(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("kursk"))
    await staffed(centre, "block-responsible", blocks=("housing",))
    of_roads = await centre.approved(owner_kind=OwnerKind.THEME, owner="roads")
    of_waste = await centre.approved(owner_kind=OwnerKind.THEME, owner="solid-waste", key="waste")
    (nobody,) = (await reached(centre, of_roads)).accountable
    (person,) = (await reached(centre, of_waste)).accountable
    assert nobody.person is None
    assert person.person is not None


@pytest.mark.clause("kursk.958/pol.4.7")
async def test_a_category_without_a_target_is_incomplete(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("kursk"))
    indicator_id = await centre.approved("category-target")
    categories = ("roads-potholes", "roads-lights")

    async def gaps() -> list[tuple[str | None, int | None, str]]:
        async with centre.region.reading(centre.actor("head")) as work:
            found = await incomplete(work, JANUARY, categories)
        return [
            (gap.owner, gap.indicator.id if gap.indicator else None, gap.clause.ref)
            for gap in found
        ]

    lights = ("roads-lights", None, "kursk.958/pol.4.7")
    assert await gaps() == [("roads-potholes", indicator_id, "kursk.958/pol.4.7"), lights]
    await set_(centre, indicator_id, "12")
    assert await gaps() == [lights]


@pytest.mark.clause("mari-el.335/pol.11")
async def test_the_mandatory_indicators_are_the_frame(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("mari_el"))
    async with centre.region.reading(centre.actor("head")) as work:
        (gap,) = await incomplete(work, JANUARY)
    assert (gap.kind, gap.indicator, gap.clause.ref) == ("main", None, "mari-el.335/pol.11")
    indicator_id = await centre.approved()
    await set_(centre, indicator_id, "95", role="head")
    async with centre.region.reading(centre.actor("head")) as work:
        assert await incomplete(work, JANUARY) == []
