"""Letters that came by e-mail: on their case and in their list; a person says what each is."""

from __future__ import annotations

from sqlalchemy import select

from core.appeals.model import Appeal
from core.directory.model import Person
from core.kernel.journal import JournalEntry
from core.mailbox.model import Letter
from schema.board.words.values import bound
from tests.core.mailbox import letters as say
from tests.core.mailbox.letters import plain
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_pages import taken
from tests.schema.conftest import Api
from tests.schema.mailbox.test_letters import come

WORDS = "Дополняю {}: яма растёт."


async def written(visitor: Visitor, appeal: Appeal | None = None) -> Letter:
    raw = say.TNEF if appeal is None else plain(WORDS.format(appeal.number))
    return await come(Api(visitor.region, visitor.http), raw, 1 if appeal else 2)


async def letter(visitor: Visitor, row: Letter) -> Letter:
    async with visitor.region.database.reading() as session:
        return await session.get_one(Letter, row.id)


async def causes(visitor: Visitor) -> list[str | None]:
    async with visitor.region.database.reading() as session:
        query = select(JournalEntry.cause).where(JournalEntry.name == "letter.opened")
        return list(await session.scalars(query.order_by(JournalEntry.id)))


async def test_a_letter_stands_on_its_case_and_what_it_says_is_hidden(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    row = await written(visitor, appeal)
    await visitor.enter("body-official")
    page = (await visitor.get(f"appeals/{appeal.number}")).text
    assert "Письма к этому обращению" in page
    assert f'href="/polygon/incoming/{row.id}"' in page
    shown = (await visitor.get(f"incoming/{row.id}")).text
    assert "яма растёт" not in shown
    assert "/step/" not in shown, "who takes nothing in says nothing of letters"
    assert "Чем является письмо, говорит тот, кто принимает обращения" in shown
    aimless = await visitor.send(f"incoming/{row.id}", purpose=" ")
    assert (aimless.status_code, "Не открыто" in aimless.text) == (422, True)
    assert await causes(visitor) == []
    opened = await visitor.send(f"incoming/{row.id}", purpose="подготовка ответа")
    assert "яма растёт" in opened.text
    assert opened.headers["refresh"].startswith("900; ")
    assert await causes(visitor) == ["подготовка ответа"]


async def test_what_a_letter_is_is_said_once(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    row, alone = await written(visitor, appeal), await written(visitor)
    await visitor.enter("coordinator")
    waiting = (await visitor.get("incoming")).text
    assert "ждёт решения сотрудника: 2" in waiting
    assert "не читается частей: 1" in waiting
    added = await visitor.send(f"incoming/{row.id}/step/addLetter", title="О размере ямы")
    assert added.headers["location"] == f"/polygon/incoming/{row.id}?done=addLetter"
    assert (await letter(visitor, row)).said == "addition"
    again = await visitor.get(f"incoming/{row.id}")
    assert "О письме уже сказано" in again.text
    assert "/step/" not in again.text
    wrong = await visitor.send(
        f"incoming/{alone.id}/step/addLetter", title="Фото", appeal="ПЛ-2026-999999"
    )
    assert wrong.status_code == 422
    assert f"Обращения {bound('№ ПЛ-2026-999999')} нет" in wrong.text
    assert (await letter(visitor, alone)).said is None
    right = await visitor.send(
        f"incoming/{alone.id}/step/addLetter", title="Фото", appeal=appeal.number
    )
    assert right.status_code == 303
    found = await letter(visitor, alone)
    assert (found.said, found.appeal_id, found.found_by) == ("addition", appeal.id, "person")


async def test_who_said_it_meanwhile_is_called_by_name(visitor: Visitor) -> None:
    """A form that was opened before is told by whom, as people know him."""
    row = await written(visitor, await taken(visitor.region))
    await visitor.enter("coordinator")
    place = f"incoming/{row.id}/step/addLetter"
    typed = {"title": "Фото", "seen": "2026-03-02T11:59:00Z"}
    assert (await visitor.send(place, **typed)).status_code == 303
    late = (await visitor.send(place, **typed)).text
    async with visitor.region.database.reading() as session:
        name = await session.scalar(select(Person.name).where(Person.subject == "demo-coordinator"))
    assert f"уже сказано: {name}" in late


async def test_thanks_need_a_case(visitor: Visitor) -> None:
    row = await written(visitor)
    await visitor.enter("coordinator")
    page = (await visitor.get(f"incoming/{row.id}")).text
    assert "thankForLetter" not in page
    assert "Благодарят за ответ по обращению, а оно не найдено" in page


async def test_a_letter_that_is_none_or_not_mine_is_an_absence(visitor: Visitor) -> None:
    row = await written(visitor)
    await visitor.enter("body-official")
    for number in (str(row.id), "99", "x", "0"):
        answer = await visitor.get(f"incoming/{number}")
        assert answer.status_code == 404, (number, heading(answer))
    assert (await visitor.get("incoming")).status_code == 403
    assert ">Письма<" not in (await visitor.get("my")).text
