"""What the page says of a case at each of its stages: state, term, and what has happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.appeals import answers
from core.appeals.answers import NewAnswer
from core.appeals.citizen.sheet import Sheet, read_sheet
from core.appeals.conclusion.service import leave_unanswered
from core.appeals.notices.links.model import Link
from core.appeals.registration import register_forwarded
from core.appeals.rules.lifecycle import Outcome
from core.appeals.satisfaction.judging import judge
from core.appeals.satisfaction.service import Opinion, answer_survey
from core.kernel.access import ANONYMOUS
from tests.core.appeals.conclusions import PROOFS
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.test_forwarding import to_agency
from tests.fixtures.answers import sent
from tests.fixtures.links import last_token


async def sheet(desk: Desk, appeal_id: int) -> Sheet:
    """What any link of the case shows."""
    link = Link(appeal_id=appeal_id)
    async with desk.region.reading(ANONYMOUS) as work:
        return await read_sheet(work, link)


async def told(desk: Desk, appeal_id: int) -> tuple[str, str | None, list[tuple[str, str | None]]]:
    page = await sheet(desk, appeal_id)
    return page.standing, page.term, [(one.title, one.detail) for one in page.course[-2:]]


async def test_from_registration_to_a_dispute_and_back_to_work(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    ministry = "Министерство полигона"
    due = "Ответ будет дан по 01.04.2026 включительно"
    assert await told(desk, appeal_id) == (
        f"Направлено на рассмотрение: {ministry}", due,
        [("Зарегистрировано", ministry), ("Направлено на рассмотрение", ministry)],
    )  # fmt: skip
    await desk.accept(appeal_id)
    assert (await told(desk, appeal_id))[:2] == (f"Рассматривается: {ministry}", due)
    planned = NewAnswer("Заделаем в мае.", Outcome.PLANNED, plan_date=date(2026, 5, 31))
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, sent(planned))
    assert await told(desk, appeal_id) == (
        "Дан промежуточный ответ: решение запланировано на 31.05.2026", None,
        [("Принято к рассмотрению", None), ("Дан промежуточный ответ", None)],
    )  # fmt: skip
    async with desk.work(desk.official) as work:
        await answers.close(work, appeal_id)
    async with desk.work(ANONYMOUS) as work:
        token = await last_token(desk.region, appeal_id)
        await answer_survey(work, token, Opinion(1, dispute="Яма на месте"))
    page = await sheet(desk, appeal_id)
    assert page.standing == "Рассматривается возражение на ответ"
    assert (page.term or "").startswith("Решение по возражению — по ")
    assert page.rating is not None
    assert (page.rating.open, page.rating.objection) == (False, "Яма на месте")
    async with desk.work(desk.curator) as work:
        await judge(work, 1, upheld=True, verdict="яма действительно на месте")
    standing, term, course = await told(desk, appeal_id)
    assert standing == f"Рассматривается снова: {ministry}"
    assert (term or "").startswith("Ответ будет дан по ")
    assert course[-1][0] == "Возражение признано обоснованным, рассмотрение возобновлено"


async def test_forwarded_and_registered_there_under_its_own_number(desk: Desk) -> None:
    appeal_id = await to_agency(desk)
    assert (await told(desk, appeal_id))[2][-1] == ("Переадресовано", "Агентство")
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, appeal_id, "А-17")
    standing, term, course = await told(desk, appeal_id)
    assert (standing, course[-1]) == (
        "Направлено на рассмотрение: Агентство", ("Зарегистрировано", "№ А-17")
    )  # fmt: skip
    assert term == "Ответ будет дан по 01.04.2026 включительно"
    assert (await sheet(desk, appeal_id)).registered_on == date(2026, 3, 4)


@pytest.mark.clause("fz59/11.4")
async def test_no_answer_on_the_substance_is_told_with_its_ground(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    await desk.accept(appeal_id)
    async with desk.work(desk.chief) as work:
        await leave_unanswered(work, appeal_id, Outcome.UNREADABLE, PROOFS[Outcome.UNREADABLE])
    standing, term, course = await told(desk, appeal_id)
    assert standing == "Рассмотрение закончено: ответ не даётся: текст не поддаётся прочтению"
    assert term is None
    title, ground = course[-1]
    assert title == "Рассмотрение закончено без ответа по существу"
    assert "ч. 4 ст. 11" in (ground or "")


async def test_a_term_that_has_passed_and_words_for_a_message(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    desk.clock.forward(days=40)
    assert (await told(desk, appeal_id))[1] == "Срок ответа истёк 01.04.2026"
    assert (await sheet(desk, appeal_id)).noun == "Обращение"


async def test_an_answer_is_shown_once_it_is_sent_and_a_draft_never(desk: Desk) -> None:
    appeal_id = (await desk.take()).appeal_id
    await desk.accept(appeal_id)
    draft = replace(EXPLAINED, signature=None, dispatch=None)
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, draft)
    assert (await sheet(desk, appeal_id)).answers == []
    answered = await sheet(desk, await desk.answered(external_id="п-2"))
    assert [(one.text, one.body) for one in answered.answers] == [
        (EXPLAINED.text, "Министерство полигона")
    ]
