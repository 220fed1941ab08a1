"""The letters page: what is typed is kept, seen as a letter, drafted, signed and sent by forms."""

from __future__ import annotations

from urllib.parse import quote

import httpx
from sqlalchemy import select

from core.appeals.model import Answer, Appeal
from tests.fixtures.contents import contents
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_documents import unbound
from tests.schema.board.test_pages import taken

TEXT = "Яма <засыпана>, покрытие восстановлено."


async def composed(visitor: Visitor, **typed: str) -> tuple[Appeal, httpx.Response]:
    """An answer of the ministry's official, as far as its form says."""
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    case = (await visitor.get(f"appeals/{appeal.number}")).text
    assert f'letters/new/{quote(appeal.number)}"' in case
    return appeal, await visitor.send(f"letters/new/{appeal.number}", **typed)


async def test_a_preview_writes_nothing_but_the_draft(visitor: Visitor) -> None:
    typed = {"kind": "FINAL", "outcome": "REFUSED", "text": TEXT, "do": "preview"}
    appeal, answer = await composed(visitor, **typed)
    assert answer.status_code == 200
    assert "сообщаем: Яма &lt;засыпана&gt;" in answer.text
    assert "Укажите норму, на которой стоит отказ" in answer.text
    assert "ч. 3 ст. 10 59-ФЗ" in unbound(answer.text)
    before = await contents(visitor.region)
    again = await visitor.send(f"letters/new/{appeal.number}", **typed)
    after = await contents(visitor.region)
    changed = {name for name in after if after[name] != before[name]}
    assert again.status_code == 200
    assert changed <= {"draft", "session", "journal_entry", "journal", "seal_waiting"}
    assert "Возвращено то, что Вы ввели" in (await visitor.get(f"letters/new/{appeal.number}")).text
    mine = (await visitor.get("my")).text
    assert f'Ответ на обращение <span class="number">№ {appeal.number}</span>' in mine


async def test_a_refusal_keeps_the_text_and_writes_no_answer(visitor: Visitor) -> None:
    _, answer = await composed(visitor, kind="FINAL", outcome="REFUSED", text=TEXT, do="draft")
    assert answer.status_code == 422
    assert "<title>Ошибка: " in answer.text
    assert "Яма &lt;засыпана&gt;, покрытие восстановлено.</textarea>" in answer.text
    async with visitor.region.database.reading() as session:
        assert list(await session.scalars(select(Answer.id))) == []


async def test_from_the_words_to_the_post_by_forms_alone(visitor: Visitor) -> None:
    appeal, answer = await composed(
        visitor, kind="FINAL", outcome="EXPLAINED", text=TEXT, do="draft"
    )
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/polygon/letters/1?done=answerAppeal",
    )
    page = await visitor.get("letters/1")
    assert heading(page) == "Ответ № 1"
    assert "проект, не подписан" in page.text
    weak = await visitor.send("letters/1", do="sign", signature="SIMPLE")
    assert weak.status_code == 422
    assert "нужна подпись на бумаге" in weak.text
    assert (await visitor.send("letters/1", do="sign", signature="HANDWRITTEN")).status_code == 303
    assert "подписан, не отправлен" in (await visitor.get("letters/1")).text
    unproven = await visitor.send("letters/1", do="send", way="POST", address="Полевая, 1")
    assert unproven.status_code == 422
    assert 'value="Полевая, 1"' in unproven.text
    assert (await visitor.send("letters/1", do="send", way="POST", number="р-1")).status_code == 303
    sent = (await visitor.get("letters/1")).text
    assert "отправлен " in sent
    assert 'name="signature"' not in sent
    async with visitor.region.database.reading() as session:
        row = (await session.scalars(select(Answer))).one()
        assert (row.text, row.sent_at is not None) == (TEXT, True)
        assert (await session.get_one(Appeal, appeal.id)).state == "answered"


async def test_an_answer_that_is_not_open_is_as_if_it_were_not(visitor: Visitor) -> None:
    await composed(visitor, kind="FINAL", outcome="EXPLAINED", text=TEXT, do="draft")
    for role, code in (("administrator", 403), ("body-official", 404)):
        await visitor.enter(role)
        number = "1" if role == "administrator" else "2"
        assert (await visitor.get(f"letters/{number}")).status_code == code
    assert (await visitor.get("letters/x")).status_code == 404
