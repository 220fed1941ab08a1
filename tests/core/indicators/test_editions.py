"""Wordings and their days (R44): a kind, a chain, a figure go by the law of their own day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from core.indicators.chain import decline, propose, sign
from core.indicators.model import IndicatorValue
from core.indicators.queries import history
from core.indicators.recompute import recompute
from core.indicators.rules.kinds import Deed, IndicatorKind, IndicatorState
from core.kernel.access import system
from core.kernel.codes import Authority, RefusalCode
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.core.indicators.centre import DOCUMENT, Centre
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows

CHAINS = (
    ("mari_el", "main", date(2020, 9, 1), "mari-el.335/pol.13", ("ministry", "ministry")),
    ("mari_el", "main", date(2020, 11, 15), "mari-el.335/pol.13", ("ministry", "ministry")),
    (
        "mari_el",
        "main",
        date(2020, 11, 16),
        "ru.1844/9.в",
        ("competence-centre", "ministry", "competence-centre"),
    ),
    ("kursk", "main", date(2020, 11, 15), None, ()),
    (
        "kursk",
        "main",
        date(2020, 11, 16),
        "ru.1844/9.в",
        ("competence-centre", "ministry", "competence-centre"),
    ),
    ("kursk", "target", date(2020, 11, 15), "kursk.958/pol.3.2.8", ("curator", "curator")),
    ("kursk", "target", date(2026, 3, 2), "kursk.958/pol.3.2.8", ("curator", "curator")),
    (
        "kursk",
        "additional-effectiveness",
        date(2020, 11, 15),
        "kursk.958/pol.3.2.8",
        ("curator", "curator"),
    ),
    (
        "kursk",
        "additional-effectiveness",
        date(2020, 11, 16),
        "kursk.958/pol.3.2.8",
        ("curator", "competence-centre", "curator"),
    ),
    (
        "murmansk",
        "additional-effectiveness",
        date(2023, 7, 12),
        "ru.1844/11.б",
        ("region", "competence-centre", "region"),
    ),
    (
        "murmansk",
        "additional-effectiveness",
        date(2023, 7, 13),
        "murmansk.513/4.4.6",
        ("executor", "competence-centre", "curator", "governor"),
    ),
    ("murmansk", "municipal-additional", date(2022, 2, 25), None, ()),
    (
        "murmansk",
        "municipal-additional",
        date(2022, 2, 26),
        "ru.1844/11.б",
        ("region", "competence-centre", "region"),
    ),
)


@pytest.mark.clause(
    "mari-el.335/pol.13", "ru.1844/9.в", "ru.1844/11.б", "kursk.958/pol.3.2.8", "murmansk.513/4.4.6"
)
@pytest.mark.parametrize(("code", "kind", "on", "ref", "parties"), CHAINS)
async def test_the_chain_of_the_day(
    open_test_region: OpenRegion,
    code: str,
    kind: str,
    on: date,
    ref: str | None,
    parties: tuple[str, ...],
) -> None:
    rule = (await open_test_region(code)).rules.find(IndicatorKind, kind, on)
    assert (rule and rule.clause.ref) == ref
    assert tuple(step.by for step in (rule.chain if rule else ())) == parties


@pytest.mark.clause("kursk.958/pol.3.2.8")
async def test_a_wording_begun_under_one_law_is_finished_under_it(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    """Proposed the day before the Rules: their consent is not asked for afterwards."""
    clock.at(2020, 11, 15)
    centre = Centre(await open_test_region("kursk"))
    new = centre.new("additional-effectiveness", since=date(2020, 11, 1))
    indicator_id = await centre.signed(new, 1)
    clock.at(2020, 11, 20)
    async with centre.region.work(centre.actor("curator")) as work:
        indicator = await sign(work, indicator_id, Deed.APPROVE, Authority.CURATOR)
    assert indicator.state == IndicatorState.APPROVED


async def test_it_does_not_reach_back_before_its_law(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("mari_el"))
    early = centre.new("municipal-additional", since=date(2022, 2, 1))
    actor, document = centre.party(Authority.REGION)
    refusal = await centre.refused(actor, lambda work: propose(work, early, document))
    assert refusal.code is RefusalCode.DATE_OUT_OF_RANGE
    assert refusal.clause is not None
    assert refusal.clause.ref == "ru.1844/11.б"


@pytest.mark.clause("kursk.958/pol.3.2.8")
async def test_past_figures_keep_the_wording_of_their_days(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    centre = Centre(await open_test_region("kursk"))
    cases = Cases(centre.region)
    await cases.received(3, on=date(2026, 1, 10))
    await cases.received(4, on=date(2026, 2, 10))
    first = await centre.approved(formula="messages")
    async with centre.region.work(system()) as work:
        assert await recompute(work) == 2
    second = await centre.approved(formula="solved", since=date(2026, 3, 1))
    await cases.received(5, on=date(2026, 3, 10), answered=date(2026, 3, 12))
    clock.at(2026, 4, 2)
    async with centre.region.work(system()) as work:
        assert await recompute(work) == 1
    assert (await centre.indicator(first)).until == date(2026, 3, 1)
    assert await _values(centre, first) == {
        date(2026, 1, 1): Fraction(3),
        date(2026, 2, 1): Fraction(4),
    }
    assert await _values(centre, second) == {date(2026, 3, 1): Fraction(100)}


@pytest.mark.clause("kursk.958/pol.3.2.8")
async def test_a_new_wording_is_not_put_in_force_backwards(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("kursk"))
    await centre.approved("target", formula="messages")
    late = await centre.signed(centre.new("target", since=date(2026, 2, 1)), 1)
    refusal = await centre.refused(
        centre.actor("curator"), lambda w: sign(w, late, Deed.APPROVE, Authority.CURATOR)
    )
    assert refusal.code is RefusalCode.DATE_OUT_OF_RANGE
    assert refusal.clause is not None
    assert refusal.clause.ref == "kursk.958/pol.3.2.8"


@pytest.mark.clause("ru.1844/11.б")
async def test_a_declined_proposal_ends_there(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("mari_el"))
    indicator_id = await centre.signed(centre.new("additional-effectiveness"), 1)
    head = centre.actor("head")
    silent = await centre.refused(head, lambda w: decline(w, indicator_id, " ", DOCUMENT))
    assert silent.code is RefusalCode.REASON_REQUIRED
    async with centre.region.work(head) as work:
        indicator = await decline(work, indicator_id, "показатель не измерим", DOCUMENT)
    assert indicator.state == IndicatorState.DECLINED
    after = await centre.refused(
        head, lambda w: sign(w, indicator_id, Deed.AGREE, Authority.COMPETENCE_CENTRE, DOCUMENT)
    )
    assert after.code is RefusalCode.WRONG_STATE


async def _values(centre: Centre, indicator_id: int) -> dict[date, Fraction]:
    async with centre.region.database.reading() as session:
        rows = await session.scalars(history(IndicatorValue, indicator_id))
        return {row.period: row.amount for row in rows}
