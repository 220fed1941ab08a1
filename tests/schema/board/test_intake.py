"""Taking an appeal in by the board: twins and route beside it, once, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

from sqlalchemy import func, select

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.kernel.access import system
from core.sessions.model import Draft
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading
from tests.schema.conftest import LETTER

TYPED = {
    "channel": "letter", "theme": "roads", "address": "Полевая, 7",
    "text": "На улице Полевой глубокая яма.",
}  # fmt: skip


async def count(visitor: Visitor, table: type[Appeal] | type[Draft]) -> int:
    async with visitor.region.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))


async def test_route_and_twins_stand_beside_before_it_is_taken(visitor: Visitor) -> None:
    async with visitor.region.work(system()) as work:
        new = NewAppeal(**{**LETTER, "address": "ул. Полевая, 7"})
        twin = await work.session.get_one(Appeal, (await take_in(work, new)).appeal_id)
    await visitor.enter("coordinator")
    shown = await visitor.send("intake", **{**TYPED, "check": "1"})
    assert (shown.status_code, heading(shown)) == (200, "Новое обращение")
    assert f'href="/polygon/appeals/{quote(twin.number)}"' in shown.text
    assert "глубокая яма.</textarea>" in shown.text
    assert await count(visitor, Appeal) == 1


async def test_the_same_form_sent_twice_is_one_appeal(visitor: Visitor) -> None:
    await visitor.enter("coordinator")
    form = {**hidden((await visitor.get("intake")).text), **TYPED}
    first, second = [
        (await visitor.http.post("/polygon/intake", data=form)).headers["location"]
        for _ in range(2)
    ]
    assert first == second
    assert "Обращение зарегистрировано." in (await visitor.http.get(first)).text
    assert (await count(visitor, Appeal), await count(visitor, Draft)) == (1, 0)


async def test_a_refusal_keeps_what_was_typed_and_takes_nothing_in(visitor: Visitor) -> None:
    await visitor.enter("coordinator")
    answer = await visitor.send("intake", **{**TYPED, "text": " "})
    assert answer.status_code == 422
    assert "<title>Ошибка: " in answer.text
    assert 'value="Полевая, 7"' in answer.text
    assert await count(visitor, Appeal) == 0
    assert 'value="Полевая, 7"' in (await visitor.get("intake")).text, "kept for the next time"


async def test_what_met_an_ended_session_comes_back_to_the_same_person_alone(
    visitor: Visitor, clock: FrozenClock
) -> None:
    await visitor.enter("coordinator")
    form = {**hidden((await visitor.get("intake")).text), **TYPED}
    clock.moment += timedelta(minutes=31)
    answer = await visitor.http.post("/polygon/intake", data=form)
    assert answer.headers["location"] == "/polygon/login?to=intake"
    await visitor.enter("curator")
    assert "глубокая яма" not in (await visitor.get("intake")).text
    await visitor.enter("coordinator")
    page = (await visitor.get("intake")).text
    assert "глубокая яма.</textarea>" in page
    assert "Возвращено то, что Вы ввели" in page
    assert 'href="/polygon/intake">Новое обращение' in (await visitor.get("my")).text
    clock.moment += timedelta(minutes=31)
    await visitor.enter("coordinator")
    assert "глубокая яма" not in (await visitor.get("intake")).text
    assert await count(visitor, Appeal) == 0


async def test_whoever_asks_by_htmx_is_led_whole_to_the_login(
    visitor: Visitor, clock: FrozenClock
) -> None:
    """And what he has sent is kept: a redirect would put the login into a part of his page."""
    await visitor.enter("coordinator")
    form = {**hidden((await visitor.get("intake")).text), **TYPED}
    clock.moment += timedelta(minutes=31)
    asks = {"HX-Request": "true"}
    read = await visitor.http.get("/polygon/appeals?state=QUEUED", headers=asks)
    sent = await visitor.http.post("/polygon/intake", data=form, headers=asks)
    assert [(one.status_code, one.headers["HX-Redirect"], one.text) for one in (read, sent)] == [
        (401, "/polygon/login?to=appeals%3Fstate%3DQUEUED", ""),
        (401, "/polygon/login?to=intake", ""),
    ]
    await visitor.enter("coordinator")
    assert "глубокая яма.</textarea>" in (await visitor.get("intake")).text


async def test_a_draft_is_sealed_and_saved_by_its_own_form_alone(visitor: Visitor) -> None:
    await visitor.enter("coordinator")
    form = {**hidden((await visitor.get("intake")).text), **TYPED}
    strange = await visitor.http.post("/polygon/drafts/intake", data={**form, "form": "0" * 32})
    assert (strange.status_code, await count(visitor, Draft)) == (403, 0)
    saved = await visitor.http.post("/polygon/drafts/intake", data=form)
    assert (saved.status_code, list(saved.json())) == (200, ["saved"])
    async with visitor.region.database.reading() as session:
        row = (await session.scalars(select(Draft))).one()
    assert "яма".encode() not in row.sealed
    assert (await visitor.http.post("/polygon/intake", data={**form, "drop": "1"})).is_redirect
    assert await count(visitor, Draft) == 0


async def test_a_session_says_what_is_left_and_is_prolonged_when_asked(
    visitor: Visitor, clock: FrozenClock
) -> None:
    await visitor.enter("coordinator")
    clock.moment += timedelta(minutes=28)
    assert (await visitor.get("stay")).json() == {"left": 120}
    assert (await visitor.get("stay")).json() == {"left": 120}
    assert (await visitor.http.post("/polygon/stay")).json() == {"left": 1800}
    clock.moment += timedelta(minutes=31)
    assert (await visitor.get("stay")).status_code == 401
