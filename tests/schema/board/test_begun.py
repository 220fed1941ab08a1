"""What is begun by forms: documents of a kind that is mine, requests of materials."""

from __future__ import annotations

import re
from html import unescape

from sqlalchemy import select

from core.documents.model import Document
from core.kernel.access import system
from core.requests.model import MaterialRequest
from tests.core.documents.people import BLOCK, People
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.fixtures.counts import counts
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_choices import options
from tests.schema.board.test_documents import cells, kursk
from tests.schema.board.test_duties import HEALTH

__all__ = ["kursk"]
NEW = "documents/new/step/draftDocument"


async def test_a_document_of_a_kind_that_is_mine_is_begun(kursk: tuple[Visitor, People]) -> None:
    visitor, people = kursk
    await visitor.enter("block-responsible")
    assert f'href="/kursk/{NEW}"' in (await visitor.get("documents")).text
    chosen = (await visitor.get(NEW)).text
    kinds = re.findall(r'href="/kursk/documents/new\.([\w-]+)/step/draftDocument"', chosen)
    assert "passport" in kinds
    path = "documents/new.passport/step/draftDocument"
    form = (await visitor.get(path)).text
    assert list(options(form, "block")) == [BLOCK]
    names = re.findall(r'name="own-([\w-]+)"', form)
    async with people.region.work(system()) as work:
        wrong = await visitor.send(path, title=" ", block=BLOCK, **{"own-purpose": "<Цель>"})
        assert (wrong.status_code, "Нужно название" in wrong.text) == (422, True)
        assert "&lt;Цель&gt;" in wrong.text
        assert (await work.session.scalars(select(Document))).all() == []
    table = next(name for name in names if "строка таблицы" in _label(form, name))
    columns = _label(form, table).count("|") + 1
    cells = {f"own-{table}": " | ".join(["а", *["б"] * (columns - 1)]) + "\nодна"}
    short = await visitor.send(path, title="Паспорт", block=BLOCK, **cells)
    assert (short.status_code, f"должно быть ячеек: {columns}" in short.text) == (422, True)
    cells = {f"own-{table}": " | ".join(["а", *["б"] * (columns - 1)])}
    begun = await visitor.send(
        path, title="Паспорт", block=BLOCK, **{"own-purpose": "Меньше жалоб"}, **cells
    )
    async with people.region.database.reading() as session:
        (row,) = await session.scalars(select(Document))
    assert row.fields == {"purpose": "Меньше жалоб", table: [["а", *["б"] * (columns - 1)]]}
    to = f"/kursk/documents/{row.id}?done=draftDocument"
    assert (begun.status_code, begun.headers["location"]) == (303, to)
    assert heading(await visitor.http.get(to)) == "Паспорт"


async def test_what_is_begun_is_changed_before_and_after_it_is_submitted(
    kursk: tuple[Visitor, People], clock: FrozenClock
) -> None:
    """Its fields hold what stands, a row with a bar in a cell too; nobody overwrites unseen."""
    visitor, people = kursk
    table = {"measures": [["Ремонт | обход", "июль", "комитет"], ["Знаки", "май", "комитет"]]}
    fields = {"purpose": "Меньше <жалоб>", "contents": "Ремонт\nпо карте", **table}
    number = await people.draft("passport", "block-responsible", block=BLOCK, fields=fields)
    path = f"documents/{number}/step/editDocument"
    await visitor.enter("head")
    assert f'href="/kursk/{path}"' not in (await visitor.get(f"documents/{number}")).text
    refused = await visitor.send(path, title="Другое")
    assert (refused.status_code, "По этой норме" in refused.text) == (422, True)
    await visitor.enter("block-responsible")
    assert f'href="/kursk/{path}"' in (await visitor.get(f"documents/{number}")).text
    stood = typed_in((await visitor.get(path)).text)
    assert (await people.row(number)).revision == 1
    assert stood["title"] == "Проба: passport"
    assert stood["own-measures"] == "Ремонт | обход\tиюль\tкомитет\nЗнаки | май | комитет"
    done = await visitor.send(path, **stood)
    assert done.headers.get("location") == f"/kursk/documents/{number}?done=editDocument"
    assert (await people.row(number)).fields == fields
    stale = typed_in(shown := (await visitor.get(path)).text)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    clock.forward(minutes=1)
    await people.edit(number, "block-responsible", purpose="Ни одной жалобы")
    answer = await visitor.http.post(
        f"/kursk/{path}", data={**hidden, **stale, "own-contents": "Знаки"}
    )
    assert (answer.status_code, "прочтите его заново" in answer.text) == (422, True)
    assert "Проверочный demo-block-responsible: проект изменён" in answer.text
    assert cells(answer.text, "Поле") == ["Цель", "Содержание"]
    assert cells(answer.text, "Стоит сейчас") == ["Ни одной жалобы", "Ремонт\nпо карте"]
    assert typed_in(answer.text)["own-contents"] == "Знаки"
    assert (await people.row(number)).fields == {**fields, "purpose": "Ни одной жалобы"}
    again = (await visitor.get(path)).text
    assert "проект изменён" in again  # of what was kept too
    sent = await visitor.send(path, **typed_in(again))
    assert sent.status_code == 303
    assert (await people.row(number)).fields == {**fields, "contents": "Знаки"}


async def test_nobody_is_offered_a_document_that_is_not_his(kursk: tuple[Visitor, People]) -> None:
    visitor, people = kursk
    await visitor.enter("body-official")
    path = "documents/new.passport/step/draftDocument"
    assert (await visitor.get(path)).status_code in (403, 404)
    await visitor.enter("curator")
    assert (await visitor.get("documents/new.nothing/step/draftDocument")).status_code == 404
    assert await counts(people.region, Document) == [0]


async def test_materials_are_requested_by_a_form(kursk: tuple[Visitor, People]) -> None:
    visitor, people = kursk
    async with people.region.work(system()) as work:
        await appoint(work, "executor", subject="demo-executor")
    path = "requests/new/step/requestMaterials"
    await visitor.enter("body-official")
    assert path not in (await visitor.get("requests")).text
    await visitor.enter("executor")
    assert f'href="/kursk/{path}"' in (await visitor.get("requests")).text
    form = (await visitor.get(path)).text
    assert "CENTRE" in options(form, "asker")
    said = {"asker": "CENTRE", "addressee": "STATE_BODIES", "text": "Сведения <о приёме>"}
    wrong = await visitor.send(path, **said, body=HEALTH, days="400")
    assert (wrong.status_code, "от 1 до 366 дней" in wrong.text) == (422, True)
    assert "Сведения &lt;о приёме&gt;</textarea>" in wrong.text
    asked = await visitor.send(path, **said, body=HEALTH, days="10")
    to = "/kursk/requests?done=requestMaterials"
    assert (asked.status_code, asked.headers.get("location")) == (303, to), asked.text
    async with people.region.database.reading() as session:
        (row,) = await session.scalars(select(MaterialRequest))
    assert (row.text, row.due_at is not None) == ("Сведения <о приёме>", True)


def typed_in(page: str) -> dict[str, str]:
    """What stands in the fields of a form."""
    areas = re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    lines = re.findall(r'<input id="f-[\w-]+" name="([\w-]+)" type="\w+" value="([^"]*)"', page)
    return {name: unescape(text) for name, text in (*lines, *areas)}


def _label(form: str, name: str) -> str:
    (found,) = re.findall(rf'<label for="f-own-{name}">(.*?)</label>', form, re.DOTALL)
    return str(found)
