"""Analysis, control of terms and quality, satisfaction: what every act counts to coordination."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.analysis import Figures, analyse
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import run_sweep
from core.appeals.figures.subject import Dimension
from core.appeals.model import Appeal
from core.appeals.queries import AppealFilter
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.model import Dispute
from core.appeals.satisfaction.service import Opinion, answer_survey
from core.kernel.access import ANONYMOUS, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.shapes.figures.analysis import Value
from tests.core.appeals.duties.conftest import Office
from tests.core.appeals.duties.test_coordination import regions
from tests.fixtures.actors import actor_with
from tests.fixtures.links import last_token

ANALYSIS = {
    "murmansk": ["murmansk.513/2.1.1"],
    "kursk": ["kursk.958/pol.1.3.1"],
    "mari_el": ["mari-el.335/pol.5.1"],
    "chelyabinsk": ["chelyabinsk.641/pol.4.1.1"],
}
OF_BLOCKS = {
    "murmansk": ["murmansk.513/4.2.5.1"],
    "kursk": [],
    "mari_el": [],
    "chelyabinsk": ["chelyabinsk.641/pol.10.1"],
}
CONTROL = {
    "murmansk": ["murmansk.513/2.1.3"],
    "kursk": ["kursk.958/pol.1.3.3"],
    "mari_el": ["mari-el.335/pol.5.3"],
    "chelyabinsk": ["chelyabinsk.641/pol.4.1.3"],
}
SATISFACTION = {
    "murmansk": ["murmansk.513/2.1.4"],
    "kursk": ["kursk.958/pol.1.3.4"],
    "mari_el": ["mari-el.335/pol.5.4"],
    "chelyabinsk": ["chelyabinsk.641/pol.4.1.4"],
}


async def mark(office: Office, opinion: Opinion) -> None:
    """The applicant follows the newest link."""
    token = await last_token(office.region)
    async with office.region.work(ANONYMOUS) as work:
        await answer_survey(work, token, opinion)


async def figures(office: Office, *by: Dimension) -> list[Figures]:
    async with office.region.reading(office.coordinator) as work:
        return await analyse(work, by)


@regions(ANALYSIS, "ru.1844/4.а.1")
async def test_appeals_are_counted_by_what_they_are_about(office: Office, code: str) -> None:
    await office.take(external_id="1")
    await office.take(external_id="2", theme="health")
    await office.closed(external_id="3")
    by_theme = await figures(office, Dimension.THEME)
    roads, health = Value(Dimension.THEME, "roads"), Value(Dimension.THEME, "health")
    assert [(o.group, o.total, o.answered, o.solved, o.median_days) for o in by_theme] == [
        ((roads,), 2, 1, 1, 0.0),
        ((health,), 1, 0, 0, None),
    ]
    others = ("overdue", "reworked", "marks", "mark_sum", "seconds")
    assert {getattr(one, name) for one in by_theme for name in others} == {0}
    async with office.region.reading(ANONYMOUS) as work:
        with pytest.raises(Refusal, match="UNAUTHENTICATED"):
            await analyse(work, [Dimension.THEME])


@regions(OF_BLOCKS, "ru.1844/10.г.4.1")
async def test_a_block_head_analyses_the_block_and_nothing_else(office: Office, code: str) -> None:
    await office.take(external_id="1")
    await office.take(external_id="2", theme="health")
    async with office.region.reading(office.block_head) as work:
        found = await analyse(work, [Dimension.BLOCK, Dimension.CHANNEL])
    assert [(one.values, one.total) for one in found] == [(("roads", "letter"), 1)]
    async with office.region.reading(ANONYMOUS) as work:
        with pytest.raises(Refusal, match="UNAUTHENTICATED"):
            await analyse(work, [Dimension.BLOCK])


@regions(CONTROL, "ru.1844/4.а.3")
async def test_terms_and_quality_are_under_control(office: Office, code: str) -> None:
    appeal_id = await office.accepted()
    due_at = (await office.appeal(appeal_id)).due_at
    assert due_at is not None
    office.clock.moment = due_at - timedelta(days=7)
    async with office.region.work(system()) as work:
        await run_sweep(work, {})
    assert await office.rows(Escalation) == 1
    office.clock.moment = due_at + timedelta(seconds=1)
    (late,) = await figures(office)
    assert (late.total, late.overdue, late.solved) == (1, 1, 0)
    bare = answers.NewAnswer("Заделано.", Outcome.SOLVED)
    async with office.region.work(office.first) as work:
        with pytest.raises(Refusal) as caught:
            await answers.answer(work, appeal_id, bare)
    assert caught.value.code is RefusalCode.EVIDENCE_REQUIRED
    await office.answer(appeal_id)
    (late,) = await figures(office)
    assert (late.total, late.overdue, late.answered, late.solved) == (1, 1, 1, 1)


@pytest.mark.parametrize("code", ["murmansk", "kursk", "mari_el", "chelyabinsk"])
@pytest.mark.clause("ru.1844/2.heat-map.2")
async def test_the_keeping_of_terms_is_seen_channel_by_channel(office: Office, code: str) -> None:
    await office.take(external_id="1", channel="feedback-platform")
    office.clock.forward(days=40)
    await office.take(external_id="2", channel="feedback-platform")
    await office.take(external_id="3", channel="regional-system")
    by_channel = await figures(office, Dimension.CHANNEL)
    assert [(one.values, one.total, one.overdue) for one in by_channel] == [
        (("feedback-platform",), 2, 1),
        (("regional-system",), 1, 0),
    ]
    async with office.region.reading(ANONYMOUS) as work:
        with pytest.raises(Refusal, match="UNAUTHENTICATED"):
            await analyse(work, [Dimension.CHANNEL])


@regions(SATISFACTION, "ru.1844/4.а.4")
async def test_a_closing_asks_the_applicant_for_a_mark(office: Office, code: str) -> None:
    for number, given in enumerate((5, 2)):
        await office.closed(external_id=str(number))
        await mark(office, Opinion(given))
    await office.closed(external_id="unanswered")
    (all_of_them,) = await figures(office)
    assert (all_of_them.marks, all_of_them.mark_sum, all_of_them.mean_mark) == (2, 7, 3.5)


@pytest.mark.parametrize("code", ["kursk"])
@pytest.mark.clause("kursk.958/pol.2.1.1")
async def test_that_the_problem_is_solved_is_controlled_not_the_answer_alone(
    office: Office, code: str
) -> None:
    appeal_id = await office.closed()
    assert [one.solved for one in await figures(office)] == [1]
    await mark(office, Opinion(1, dispute="Яма на месте."))
    async with office.region.database.reading() as session:
        dispute = (await session.scalars(select(Dispute.id))).one()
    async with office.region.work(actor_with(office.region, "head")) as work:
        await judge(work, dispute, upheld=True, verdict="Яма не заделана.")
    (one,) = await figures(office)
    assert (one.solved, one.reworked, one.mean_mark) == (0, 1, 1.0)
    assert (await office.appeal(appeal_id)).state == "in_work"


@pytest.mark.parametrize("code", ["kursk"])
async def test_too_many_dimensions_and_strangers_are_refused(office: Office, code: str) -> None:
    async def code_of(work: Work, by: list[Dimension]) -> RefusalCode:
        with pytest.raises(Refusal) as caught:
            await analyse(work, by, AppealFilter())
        return caught.value.code

    async with office.region.reading(office.coordinator) as work:
        assert await code_of(work, list(Dimension)[:5]) is RefusalCode.INVALID
        assert await code_of(work, [Dimension.THEME, Dimension.THEME]) is RefusalCode.INVALID
    async with office.region.reading(ANONYMOUS) as work:
        assert await code_of(work, [Dimension.THEME]) is RefusalCode.UNAUTHENTICATED
    assert await office.rows(Appeal) == 0
