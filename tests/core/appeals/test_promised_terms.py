"""What a letter promises of time is what the product counts, whichever the letter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.appeals import answers, handover
from core.appeals.copies import Copy, copy_to
from core.appeals.prolongation import prolong
from core.appeals.registration import register_forwarded
from core.directory.model import Position
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.rules.calendar import local_date
from tests.core.appeals.conftest import Desk
from tests.core.appeals.dispatch_steps import done, proved
from tests.core.appeals.test_copies import copies_of, work_off
from tests.core.appeals.test_forwarding import notices
from tests.core.appeals.test_handover import refused
from tests.core.appeals.test_interim_answers import TOLD
from tests.fixtures.actors import appoint

TERMS = pytest.mark.parametrize(
    ("theme", "days", "article"),
    [("roads", 30, "часть 1 статьи 12"), ("migration", 20, "часть 1.1 статьи 12")],
)


async def last_day(desk: Desk, appeal_id: int) -> date:
    """Of the term of 59-ФЗ, as lists, figures and verdicts have it."""
    due_at = (await desk.appeal(appeal_id)).statute_due_at
    assert due_at is not None
    async with desk.work(system()) as work:
        return local_date(due_at, work.zone)


async def taken(desk: Desk, theme: str) -> int:
    """Facts of violations of migration law, in the hands of the highest official."""
    async with desk.work(system()) as work:
        rank, ministry = "highest-official", await desk.body_id("ministry")
        work.session.add(Position(body_id=ministry, name="Губернатор области", rank=rank))
    appeal_id = (await desk.take(theme=theme, offence=theme == "migration")).appeal_id
    await desk.accept(appeal_id)
    return appeal_id


async def forwarded(desk: Desk, appeal_id: int) -> None:
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, appeal_id, "agency", "не наше")
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, appeal_id, "А-17")


@TERMS
@pytest.mark.clause("fz59/8.3", "fz59/12.1", "fz59/12.1.1")
async def test_of_a_forwarding(desk: Desk, theme: str, days: int, article: str) -> None:
    """Whoever gets it has thirty days: twenty are the highest official's alone."""
    appeal_id = await taken(desk, theme)
    assert await last_day(desk, appeal_id) == date(2026, 3, 2) + timedelta(days)
    desk.clock.forward(days=2)
    await forwarded(desk, appeal_id)
    ((_, text),) = await notices(desk)
    assert "Срок рассмотрения составляет 30 дней со дня регистрации" in text
    assert await last_day(desk, appeal_id) == date(2026, 4, 3)


@TERMS
@pytest.mark.clause("fz59/8.4", "fz59/12.1", "fz59/12.1.1")
async def test_of_a_copy(desk: Desk, theme: str, days: int, article: str) -> None:
    appeal_id = await taken(desk, theme)
    async with desk.work(desk.chief) as work:
        await copy_to(work, appeal_id, [Copy("agency", "о мосте")])
    await work_off(desk)
    copy = (await copies_of(desk))["п-1/agency"]
    desk.clock.forward(days=3)
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, copy.id, "А-17")
    ((_, text),) = await notices(desk)
    until = await last_day(desk, copy.id)
    assert "ответ будет дан в течение 30 дней со дня регистрации копии" in text
    assert f"не позднее {until:%d.%m.%Y}." in text


@TERMS
@pytest.mark.clause("tsur.practice/lifecycle.inform", "fz59/12.1", "fz59/12.1.1")
async def test_of_an_interim_answer(desk: Desk, theme: str, days: int, article: str) -> None:
    appeal_id = await taken(desk, theme)
    await done(desk, desk.official, lambda w, i: answers.answer(w, i, TOLD), appeal_id)
    await proved(desk)
    ((_, text),) = await notices(desk)
    until = await last_day(desk, appeal_id)
    assert f"будет дан до {until:%d.%m.%Y} включительно ({article} Федерального" in text


@pytest.mark.clause("fz59/12.2")
async def test_each_body_puts_off_its_own_term_once(desk: Desk) -> None:
    """What an earlier body put off is no term of the receiver's, and takes no right from it."""
    appeal_id = await taken(desk, "sport")
    async with desk.work(desk.chief) as work:
        await prolong(work, appeal_id, date(2026, 4, 11), "экспертиза")
    desk.clock.forward(days=2)
    await forwarded(desk, appeal_id)
    assert (await desk.appeal(appeal_id)).prolonged_to is None
    assert await last_day(desk, appeal_id) == date(2026, 4, 3)
    async with desk.work(system()) as work:
        agency = await desk.body_id("agency")
        head = await appoint(work, "body-head", body_id=agency, subject="agency-head")
    async with desk.work(head) as work:
        await prolong(work, appeal_id, date(2026, 5, 3), "экспертиза")
    assert await last_day(desk, appeal_id) == date(2026, 5, 3)
    refusal = await refused(
        desk,
        head,
        lambda w, i: prolong(w, i, date(2026, 5, 4), "экспертиза"),
        appeal_id,
    )
    assert refusal.code is RefusalCode.PROLONGED_ALREADY
