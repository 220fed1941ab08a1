"""Many at once on the board: ticks of a list, who may and why the others not, the result by row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

import httpx
from sqlalchemy import select

from core.appeals.batches.model import Batch
from core.appeals.model import Appeal
from core.kernel.region import Region
from tests.fixtures.contents import contents
from tests.fixtures.jobs import worked_off
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_beside import beside
from tests.schema.board.test_choices import options
from tests.schema.board.test_pages import answered, taken


def hidden(text: str) -> dict[str, str]:
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text)
    return {name: unescape(value) for name, value in found}


async def ticked(visitor: Visitor, path: str, **typed: str) -> httpx.Response:
    """Send the form of a list: its ticks are of the page, in its order."""
    shown = (await visitor.get(path)).text
    ticks = dict(re.findall(r'name="(tick-\d+)" value="([^"]*)"', shown))
    chosen = {name: ticks[name] for name in typed if name in ticks}
    said = {name: value for name, value in typed.items() if name not in ticks}
    data = {**hidden(shown), **chosen, **said}
    return await visitor.http.post("/polygon/batches", data=data)


async def states(region: Region) -> Mapping[str, str]:
    async with region.database.reading() as session:
        rows = await session.execute(select(Appeal.number, Appeal.state))
        return {row.number: row.state for row in rows}


async def test_all_of_a_filter_are_done_but_those_that_may_not(visitor: Visitor) -> None:
    numbers = [(await taken(visitor.region, one)).number for one in range(27)]
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{numbers[0]}/step/acceptAppeal")
    page = (await visitor.get("appeals")).text
    assert page.count('name="tick-') == 25
    assert "все 27 этого отбора" in page
    answer = await ticked(visitor, "appeals", which="all", step="ACCEPT")
    assert (answer.status_code, answer.headers["location"]) == (303, "/polygon/batches/1")
    shown = await visitor.get("batches/1")
    assert '<dt>Можно сделать</dt><dd><b class="number">26</b></dd>' in shown.text
    assert "Обращение в состоянии «в работе»: этот шаг сейчас невозможен" in shown.text
    assert "Сделать с 26" in shown.text
    assert "Обращений 27 · подготовлено" in shown.text, "a number that ends in one agrees too"
    assert list((await states(visitor.region)).values()).count("in_work") == 1, (
        "nothing is done yet"
    )

    assert (await visitor.send("batches/1")).headers["location"] == "/polygon/batches/1"
    assert "Показать, что сделано сейчас" in (await visitor.get("batches/1")).text
    await worked_off(visitor.region)
    over = (await visitor.get("batches/1")).text
    assert '<dt>Сделано</dt><dd><b class="number">26</b></dd>' in over
    assert set((await states(visitor.region)).values()) == {"in_work"}
    refused = (await visitor.get("batches/1", state="REFUSED")).text
    assert re.findall(r'class="number" href="/polygon/appeals/([^"]*)"', refused) != []
    assert heading(await visitor.get("batches")) == "Шаги со многими"


async def test_ticked_ones_alone_and_a_reason_is_asked(visitor: Visitor) -> None:
    for one in range(3):
        await taken(visitor.region, one)
    await visitor.enter("body-official")
    answer = await ticked(
        visitor, "my", **{"tick-1": "", "tick-3": ""}, which="ticked", step="RETURN"
    )
    assert answer.headers["location"] == "/polygon/batches/1"
    before = await states(visitor.region)
    refused = await visitor.send("batches/1", reason="  ")
    assert refused.status_code == 422
    assert "<title>Ошибка: " in refused.text
    assert "Укажите причину" in beside(refused.text, "reason")
    long = await visitor.send("batches/1", reason="я" * 6_000)
    assert beside(long.text, "reason") == "«Причина»: знаков 6 000, сократите до 4 000."
    assert f">{'я' * 6_000}</textarea>" in long.text
    await worked_off(visitor.region)
    assert await states(visitor.region) == before
    done = await visitor.send("batches/1", reason="Не наш <участок>")
    assert done.status_code == 303
    await worked_off(visitor.region)
    assert sorted((await states(visitor.region)).values()) == ["assigned", "queued", "queued"]


async def test_only_what_a_step_takes_is_offered(visitor: Visitor) -> None:
    await answered(visitor.region, await taken(visitor.region))
    await visitor.enter("body-official")
    await ticked(visitor, "my", which="all", step="SIGN")
    offered = [*options((await visitor.get("batches/1")).text, "signature")]
    assert offered == ["HANDWRITTEN", "QUALIFIED"]
    await ticked(visitor, "my", which="all", step="ENTRUST")
    people = options((await visitor.get("batches/2")).text, "person")
    assert [*people.values()] == ["Проверочный demo-body-official"]
    done = await visitor.send("batches/2", person=next(iter(people)))
    assert done.status_code == 303
    await worked_off(visitor.region)
    assert '<b class="number">1</b>' in (await visitor.get("batches/2", state="DONE")).text


async def test_nothing_ticked_and_no_right_write_nothing(visitor: Visitor) -> None:
    await taken(visitor.region)
    await visitor.enter("body-official")
    before = await contents(visitor.region)
    nothing = await ticked(visitor, "my", which="ticked", step="ACCEPT")
    assert (nothing.status_code, heading(nothing)) == (422, "Ничего не отмечено")
    barred = await ticked(visitor, "my", which="all", step="ROUTE")
    assert (barred.status_code, heading(barred)) == (422, "Не принято")
    after = await contents(visitor.region)
    assert {name: rows for name, rows in after.items() if name != "session"} == {
        name: rows for name, rows in before.items() if name != "session"
    }


async def test_a_batch_of_another_is_as_if_it_were_not(visitor: Visitor) -> None:
    await taken(visitor.region)
    await visitor.enter("body-official")
    await ticked(visitor, "my", which="all", step="ACCEPT")
    await visitor.enter("curator")
    assert (await visitor.get("batches/1")).status_code == 404
    assert (await visitor.get("batches/x")).status_code == 404
    foreign = await visitor.http.post("/polygon/batches/1", data={"form": "0" * 32})
    assert (foreign.status_code, heading(foreign)) == (403, "Форма не принята")
    async with visitor.region.database.reading() as session:
        assert list(await session.scalars(select(Batch.state))) == ["prepared"]
