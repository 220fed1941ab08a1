"""The survey by link, the dispute that a bad mark opens, and who may judge it."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date, datetime

import pytest

from core.appeals import answers
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.notices.model import Notice
from core.appeals.prolongation import prolong
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.model import Dispute, Survey
from core.appeals.satisfaction.service import Opinion, answer_survey
from core.kernel.access import ANONYMOUS
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.fixtures.actors import actor_with
from tests.fixtures.links import last_token

ALL = (Appeal, LedgerEntry, Survey, Dispute, Notice)
BAD = Opinion(1, "Не помогли", dispute="Яма на месте")


async def link(desk: Desk) -> str:
    """The token of the newest letter's link, as the applicant gets it."""
    return await last_token(desk.region)


async def give(desk: Desk, token: str, opinion: Opinion) -> Survey:
    async with desk.work(ANONYMOUS) as work:
        return await answer_survey(work, token, opinion)


async def refused(desk: Desk, attempt: Awaitable[object]) -> RefusalCode:
    before = await desk.rows(*ALL)
    with pytest.raises(Refusal) as caught:
        await attempt
    assert await desk.rows(*ALL) == before
    return caught.value.code


@pytest.mark.clause("ru.1844/4.а.4")
async def test_one_survey_a_closing_answered_without_a_login(desk: Desk) -> None:
    appeal_id = await desk.closed()
    survey = await give(desk, await link(desk), Opinion(5, "Спасибо"))
    assert (survey.mark, survey.comment, survey.answered_at) == (5, "Спасибо", desk.now())
    assert (await desk.appeal(appeal_id)).mark == 5
    assert await desk.rows(Survey) == 1


async def test_a_mark_is_corrected_and_said_again_without_harm(desk: Desk) -> None:
    appeal_id = await desk.closed()
    token = await link(desk)
    await give(desk, token, Opinion(4, "Хорошо"))
    desk.clock.forward(days=1)
    again = await give(desk, token, Opinion(4))
    assert again.answered_at != desk.now()
    survey = await give(desk, token, Opinion(5, ""))
    assert (survey.mark, survey.comment, survey.answered_at) == (5, None, desk.now())
    assert (await desk.appeal(appeal_id)).mark == 5


async def test_a_mark_stands_once_it_has_opened_a_dispute(desk: Desk) -> None:
    await desk.closed()
    token = await link(desk)
    await give(desk, token, BAD)
    assert (await give(desk, token, BAD)).mark == 1
    assert await desk.rows(Dispute) == 1
    assert await refused(desk, give(desk, token, Opinion(5))) is RefusalCode.ALREADY_ANSWERED


async def test_nothing_is_rated_before_the_closing(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    await desk.accept(appeal_id)
    async with desk.work(desk.chief) as work:
        await prolong(work, appeal_id, date(2026, 4, 10), "экспертиза")
    assert await refused(desk, give(desk, await link(desk), Opinion(5))) is RefusalCode.WRONG_STATE


@pytest.mark.clause("tsur.practice/survey")
async def test_a_link_expires_and_cannot_be_forged(desk: Desk) -> None:
    await desk.closed()
    token = await link(desk)
    forged = token[:-2] + ("AA" if not token.endswith("AA") else "BB")
    for bad in ("", "а.б.в", forged):
        assert await refused(desk, give(desk, bad, Opinion(5))) is RefusalCode.LINK_INVALID
    desk.clock.forward(days=30, seconds=1)
    assert await refused(desk, give(desk, token, Opinion(5))) is RefusalCode.LINK_EXPIRED


@pytest.mark.parametrize(
    ("opinion", "code"),
    [
        (Opinion(0), RefusalCode.INVALID),
        (Opinion(6), RefusalCode.INVALID),
        (Opinion(3, dispute="не согласен"), RefusalCode.INVALID),
        (Opinion(1, dispute=" "), RefusalCode.REASON_REQUIRED),
        (Opinion(1, comment="я" * 4001), RefusalCode.TEXT_TOO_LONG),
    ],
)
async def test_an_opinion_out_of_bounds_is_refused(
    desk: Desk, opinion: Opinion, code: RefusalCode
) -> None:
    await desk.closed()
    assert await refused(desk, give(desk, await link(desk), opinion)) is code


@pytest.mark.clause("tsur.practice/dispute")
async def test_a_dispute_upheld_leads_to_rework_and_the_first_deadline_stays(desk: Desk) -> None:
    appeal_id = await desk.closed()
    first: datetime | None = (await desk.appeal(appeal_id)).answered_at
    await give(desk, await link(desk), BAD)
    assert (await desk.appeal(appeal_id)).state == "disputed"
    desk.clock.forward(days=40)
    async with desk.work(desk.curator) as work:
        await judge(work, 1, upheld=True, verdict="яма действительно на месте")
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.reworks, appeal.answered_at) == ("in_work", 1, first)
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, EXPLAINED)
        await answers.close(work, appeal_id)
    assert (await desk.appeal(appeal_id)).answered_at == first
    assert await desk.rows(Survey) == 2


async def test_a_dispute_rejected_closes_the_case_again(desk: Desk) -> None:
    appeal_id = await desk.closed()
    await give(desk, await link(desk), BAD)
    async with desk.work(desk.curator) as work:
        await judge(work, 1, upheld=False, verdict="ответ верный")
    appeal = await desk.appeal(appeal_id)
    assert (appeal.state, appeal.reworks) == ("closed", 0)
    assert (await desk.facts(appeal_id))[-2:] == ["disputed", "upheld"]


async def test_nobody_of_the_executors_line_judges(desk: Desk) -> None:
    appeal_id = await desk.closed()
    await give(desk, await link(desk), BAD)
    appeal = await desk.appeal(appeal_id)
    insiders = (
        actor_with(desk.region, "curator", subject="official"),
        actor_with(desk.region, "block-responsible", blocks=["roads"], subject="official"),
    )
    for insider in insiders:
        async with desk.work(insider) as work:
            code = await refused(desk, judge(work, 1, upheld=True, verdict="сам решу"))
        assert code is RefusalCode.JUDGE_NOT_INDEPENDENT
    assert (await desk.appeal(appeal_id)).version == appeal.version


async def test_a_dispute_comes_in_its_window(desk: Desk) -> None:
    await desk.closed()
    token = await link(desk)
    desk.clock.forward(days=30)
    survey = await give(desk, token, BAD)
    assert survey.mark == 1
    assert await desk.rows(Dispute) == 1
