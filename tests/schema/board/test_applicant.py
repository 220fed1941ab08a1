"""The applicant on a case: hidden, opened with a reason that is journalled, hidden again."""

from __future__ import annotations

import re

import httpx
import pytest
from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.kernel.access import system
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from tests.schema.board.conftest import Visitor, heading
from tests.schema.conftest import LETTER

NAME, PHONE = "Орлова Нина Петровна", "+7 900 000-00-00"
PERSON = Contact(name=NAME, contact=PHONE)


async def written(region: Region, person: Contact | None = PERSON) -> str:
    """The number of an appeal of an invented person, or of nobody."""
    async with region.work(system()) as work:
        new = NewAppeal(**{**LETTER, "external_id": "з-1", "contact": person})
        taken = await take_in(work, new)
        return (await work.session.get_one(Appeal, taken.appeal_id)).number


async def looks(region: Region) -> list[str | None]:
    """What for the person was looked at, each time."""
    async with region.reading(system()) as work:
        query = select(JournalEntry.cause).where(JournalEntry.name == "applicant.read")
        return list(await work.session.scalars(query))


async def opened(visitor: Visitor, number: str, **typed: str) -> httpx.Response:
    return await visitor.send(f"appeals/{number}/applicant", **typed)


async def test_nothing_of_a_person_stands_on_a_page_before_a_reason(visitor: Visitor) -> None:
    number = await written(visitor.region)
    await visitor.enter("body-official")
    case = (await visitor.get(f"appeals/{number}")).text
    form = await visitor.get(f"appeals/{number}/applicant")
    assert f'appeals/{httpx.URL("/" + number).raw_path.decode()[1:]}/applicant"' in case
    assert (form.status_code, heading(form)) == (200, "Заявитель")
    for page in (case, form.text):
        assert (NAME in page, PHONE in page) == (False, False)
    assert await looks(visitor.region) == []


async def test_on_my_own_case_the_step_is_the_reason(visitor: Visitor) -> None:
    number = await written(visitor.region)
    await visitor.enter("body-official")
    answer = await opened(visitor, number, own="1")
    assert (NAME in answer.text, PHONE in answer.text) == (True, True)
    assert answer.headers["refresh"].startswith("900; url=/polygon/appeals/")
    assert answer.headers["cache-control"] == "no-store"
    assert await looks(visitor.region) == ["Связь с заявителем по обращению, которое у меня"]
    again = await visitor.get(f"appeals/{number}/applicant")
    assert NAME not in again.text
    assert not re.search("refresh", " ".join(again.headers), re.IGNORECASE)


@pytest.mark.parametrize("typed", [{"own": "1"}, {"purpose": "   "}, {}])
async def test_elsewhere_a_reason_is_typed(visitor: Visitor, typed: dict[str, str]) -> None:
    number = await written(visitor.region)
    await visitor.enter("curator")
    refused = await opened(visitor, number, **typed)
    assert (refused.status_code, NAME in refused.text) == (422, False)
    assert "<title>Ошибка: " in refused.text
    assert await looks(visitor.region) == []
    answer = await opened(visitor, number, purpose="Проверка <жалобы>")
    assert NAME in answer.text
    assert "«Проверка &lt;жалобы&gt;»" in answer.text
    assert await looks(visitor.region) == ["Проверка <жалобы>"]


async def test_nobody_known_is_told_so(visitor: Visitor) -> None:
    number = await written(visitor.region, None)
    await visitor.enter("curator")
    answer = await opened(visitor, number, purpose="Проверка")
    assert (answer.status_code, "ничего не записано" in answer.text) == (200, True)
    assert await looks(visitor.region) == ["Проверка"]


async def test_who_may_not_know_learns_nothing(visitor: Visitor) -> None:
    number = await written(visitor.region)
    await visitor.enter("administrator")
    assert "/applicant" not in (await visitor.get(f"appeals/{number}")).text
    barred = await visitor.get(f"appeals/{number}/applicant")
    assert (barred.status_code, NAME in barred.text) == (403, False)
    await visitor.enter("curator")
    assert (await visitor.get("appeals/нет-такого/applicant")).status_code == 404
