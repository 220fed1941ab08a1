"""What is begun by forms: documents of a kind that is mine, requests of materials."""

from __future__ import annotations

import re

from sqlalchemy import select

from core.documents.model import Document
from core.kernel.access import system
from core.requests.model import MaterialRequest
from tests.core.documents.people import BLOCK, People
from tests.fixtures.actors import appoint
from tests.fixtures.counts import counts
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_choices import options
from tests.schema.board.test_documents import kursk
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


def _label(form: str, name: str) -> str:
    (found,) = re.findall(rf'<label for="f-own-{name}">(.*?)</label>', form, re.DOTALL)
    return str(found)
