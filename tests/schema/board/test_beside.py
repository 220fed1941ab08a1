"""Refusals of forms stand beside their fields: nothing typed is lost, however long or strange."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from core.appeals.model import Appeal, LedgerEntry
from schema.board.forms.controls import Control, wrong
from schema.board.forms.taking import quoted
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken

NOTE, REPORT = 20_001, 60_000


def beside(page: str, name: str) -> str:
    """What is said beside a field that is told to be wrong."""
    assert re.search(rf'name="{name}"[^>]* aria-invalid="true" aria-describedby="w-{name}"', page)
    (said,) = re.findall(rf'<p class="wrong" id="w-{name}">(.*?)</p>', page)
    return re.sub("<[^>]*>", "", said).replace("\u202f", " ").replace("\xa0", " ")


async def lines(visitor: Visitor) -> int:
    async with visitor.region.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(LedgerEntry)) or 0


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"text": "я" * NOTE}, "text", "«Что заметить»: знаков 20 001, сократите до 4 000."),
        ({"text": "я" * 4_500}, "text", None),
        ({"text": " "}, "text", "Не заполнено: заметка. Основание: ч. 2 ст. 6 59-ФЗ."),
    ],
)
async def test_what_cannot_stand_in_a_field_is_told_beside_it(
    visitor: Visitor, typed: dict[str, str], field: str, said: str | None
) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("curator")
    before = await lines(visitor)
    path = f"appeals/{appeal.number}/step/writeNote"
    answer = await visitor.send(path, **typed)
    assert answer.status_code == 422
    assert f">{typed['text']}</textarea>" in answer.text
    if said is None:
        assert "Длиннее 4000 знаков: заметка." in answer.text
    else:
        assert beside(answer.text, field) == said
        assert f'<a href="#f-{field}">' in answer.text, "the summary leads to the field"
    assert await lines(visitor) == before
    if typed["text"].strip():
        assert f">{typed['text']}</textarea>" in (await visitor.get(path)).text, "and it is kept"


async def test_the_first_day_of_all_is_refused_at_its_field(visitor: Visitor) -> None:
    """It has no moment in UTC east of Greenwich: that ended the page."""
    appeal = await taken(visitor.region)
    await visitor.enter("coordinator")
    path = f"appeals/{appeal.number}/step/tellReceipt"
    answer = await visitor.send(path, at="0001-01-01T00:00", document="Штамп")
    assert answer.status_code == 422
    said = "«Когда обращение поступило по этой записи»: такого не бывает."
    assert beside(answer.text, "at") == said


async def test_a_long_row_is_told_beside_its_own_field(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    path = f"appeals/{appeal.number}/step/copyAppeal"
    answer = await visitor.send(path, **{"question-2": "я" * 9_000})
    assert answer.status_code == 422
    told = "«Вопрос, на который ответит орган»: знаков 9 000, сократите до 4 000."
    assert beside(answer.text, "question-2") == told
    assert 'id="w-question-1"' not in answer.text


async def test_a_whole_report_put_into_a_new_appeal_comes_back_whole(visitor: Visitor) -> None:
    """Browsers cut what is longer than its field may be, in silence: the page does not ask so."""
    await visitor.enter("coordinator")
    assert "maxlength" not in (await visitor.get("intake")).text
    report = "я" * REPORT
    answer = await visitor.send("intake", channel="letter", theme="roads", text=report)
    assert answer.status_code == 422
    assert beside(answer.text, "text") == "«Текст»: знаков 60 000, сократите до 20 000."
    assert f">{report}</textarea>" in answer.text
    assert f">{report}</textarea>" in (await visitor.get("intake")).text


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"text": ""}, "text", "Текст обращения пуст."),
        ({"receivedAt": "abc"}, "receivedAt", "«Когда поступило»: такого не бывает."),
        ({"receivedAt": "0001-01-01T00:00"}, "receivedAt", "«Когда поступило»: такого не бывает."),
        (
            {"receivedAt": "1950-01-01T10:00"},
            "receivedAt",
            "Указана дата, которая ещё не наступила, или дата раньше 2000 года.",
        ),
        ({"name": "И" * 1_001}, "name", "«Как зовут»: знаков 1 001, сократите до 1 000."),
    ],
)
async def test_a_new_appeal_is_refused_beside_its_field(
    visitor: Visitor, typed: dict[str, str], field: str, said: str
) -> None:
    await visitor.enter("coordinator")
    form = {"channel": "letter", "theme": "roads", "text": "Яма", **typed}
    answer = await visitor.send("intake", **form)
    assert (answer.status_code, beside(answer.text, field)) == (422, said)
    async with visitor.region.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Appeal)) == 0


@pytest.mark.parametrize(
    ("strange", "told"),
    [
        ({"theme": "gone"}, "gone"),
        ({"address": "А" * 301}, "слишком длинное"),
    ],
)
async def test_what_was_kept_never_closes_the_page_of_new_appeals(
    visitor: Visitor, strange: dict[str, str], told: str
) -> None:
    """A draft with a theme that the act has lost, or an address beyond what is looked for."""
    await visitor.enter("coordinator")
    form = {"channel": "letter", "theme": "roads", "municipality": "north", "text": ""}
    await visitor.send("intake", **{**form, **strange})
    again = await visitor.get("intake")
    assert again.status_code == 200
    assert "Возвращено то, что Вы ввели" in again.text
    assert told in again.text.partition('id="beside"')[2]


async def test_an_answer_too_long_for_a_letter_comes_back_whole(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    text = "ю" * 40_000
    for deed in ("draft", "preview"):
        answer = await visitor.send(f"letters/new/{appeal.number}", text=text, do=deed)
        assert answer.status_code == 422
        assert beside(answer.text, "text") == "«Текст ответа»: знаков 40 000, сократите до 20 000."
        assert f">{text}</textarea>" in answer.text


@pytest.mark.parametrize(
    ("at", "code", "field"),
    [
        (("document", "number"), "INVALID", "groundNumber"),
        (("number",), "INVALID", "number"),
        (("rows", 1, "reason"), "INVALID", "reason-4"),
        (("elsewhere",), "INVALID", ""),
        ((), "WRONG_STATE", ""),
        ((), "REASON_REQUIRED", "text"),
    ],
)
def test_the_field_that_a_refusal_is_of(at: tuple[str | int, ...], code: str, field: str) -> None:
    names = ("number", "groundNumber", "reason-2", "reason-4", "said", "text")
    controls = [Control(name, name, "text", required=name in ("said", "text")) for name in names]
    said = {"code": code, "at": at}
    assert wrong(controls, said, {"said": "да", "text": " "}, (2, 4)) == field


def test_a_quotation_within_a_label_has_inner_marks() -> None:
    assert quoted("Ответы на «почему»") == "«Ответы на „почему“»"
