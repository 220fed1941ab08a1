"""Steps of a case as forms: what is open to me, what is refused, what is kept of what was typed."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from sqlalchemy import select

from core.appeals.model import Appeal, LedgerEntry
from core.kernel.region import Region
from schema.appeals.allowed import takers
from schema.board.forms.steps import form_of
from schema.board.pages.case import ANSWER
from schema.build import build_schema
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading
from tests.schema.board.test_pages import taken


async def state_of(region: Region, appeal: Appeal) -> str:
    async with region.database.reading() as session:
        return str((await session.get_one(Appeal, appeal.id)).state)


def test_forms_are_made_of_the_api_s_inputs(polygon: Region) -> None:
    schema = build_schema(polygon)._schema
    form = form_of(schema, "returnAppeal")
    assert form is not None
    assert form.title == "Вернуть тому, кто передал, или координатору"
    assert [(one.name, one.kind, one.required) for one in form.controls] == [
        ("reason", "textarea", True)
    ]
    assert form_of(schema, "takeIn") is None, "no step of a case"
    assert form_of(schema, "nothing") is None


async def test_a_step_open_to_me_is_done_by_its_form(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    page = (await visitor.get(f"appeals/{appeal.number}")).text
    assert f"appeals/{quote(appeal.number)}/step/acceptAppeal" in page
    step = f"appeals/{appeal.number}/step/acceptAppeal"
    assert '<button class="main">' in (await visitor.get(step)).text
    answer = await visitor.send(step)
    assert answer.status_code == 303
    case = f"/polygon/appeals/{quote(appeal.number)}"
    assert answer.headers["location"] == f"{case}?done=acceptAppeal"
    assert await state_of(visitor.region, appeal) == "in_work"
    closed = (await visitor.get(step)).text
    assert "этот шаг сейчас невозможен" in closed
    assert '<button class="main">' not in closed


async def test_a_refusal_keeps_what_was_typed_and_writes_nothing(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    typed = "Не наш участок <b>дороги</b>"
    path = f"appeals/{appeal.number}/step/returnAppeal"
    again = (await visitor.get(path)).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', again))
    stale = {**hidden, "version": "99", "reason": typed}
    answer = await visitor.http.post(f"/polygon/{path}", data=stale)
    assert answer.status_code == 422
    assert "<title>Ошибка: " in answer.text
    assert "Не наш участок &lt;b&gt;дороги&lt;/b&gt;</textarea>" in answer.text
    assert 'role="alert"' in answer.text
    assert await state_of(visitor.region, appeal) == "assigned"


async def test_a_field_with_what_cannot_be_is_named_and_the_words_stay(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("curator")
    path = f"appeals/{appeal.number}/step/prolongAppeal"
    for day, told in (("завтра", "такого не бывает"), ("", "заполните")):
        answer = await visitor.send(path, reason="Ждём <лабораторию>", planDate=day)
        assert answer.status_code == 422
        assert f"«Новый последний день»: {told}." in answer.text
        assert "Ждём &lt;лабораторию&gt;</textarea>" in answer.text
    receipt = f"appeals/{appeal.number}/step/tellReceipt"
    answer = await visitor.send(receipt, at="вчера", document="Расписка")
    assert (answer.status_code, "такого не бывает" in answer.text) == (422, True)


def test_every_step_of_a_case_has_a_form(polygon: Region) -> None:
    schema = build_schema(polygon)._schema
    assert schema.mutation_type is not None
    steps = [one.mutation for one in takers(schema) if one.mutation != ANSWER]
    assert len(steps) > 40
    assert [one for one in steps if form_of(schema, one) is None] == []


async def test_copies_go_to_several_bodies_by_one_form(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    path = f"appeals/{appeal.number}/step/copyAppeal"
    page = (await visitor.get(path)).text
    assert re.findall(r'<label for="f-body-\d">([^<]*)', page) == [
        f"{number}. Орган{'' if number == 1 else ' '}" for number in range(1, 6)
    ]
    bodies = [one for one in re.findall(r'<option value="([^"]+)"', page) if one != "ministry"]
    asked = {"body-1": bodies[0], "question-1": "Кто чинит?", "question-3": "Чья дорога?"}
    refused = await visitor.send(path, **asked)
    assert (refused.status_code, "«Орган»: заполните." in refused.text) == (422, True)
    assert "Чья дорога?</textarea>" in refused.text
    sent = await visitor.send(path, **asked, **{"body-3": bodies[1]})
    assert sent.status_code == 303
    async with visitor.region.database.reading() as session:
        copied = select(LedgerEntry.body, LedgerEntry.reason).where(LedgerEntry.fact == "copied")
        found = (await session.execute(copied.order_by(LedgerEntry.seq))).all()
    assert [tuple(one) for one in found] == [(bodies[0], "Кто чинит?"), (bodies[1], "Чья дорога?")]


@pytest.mark.parametrize("spoilt", ["foreign", "token"])
async def test_a_form_from_elsewhere_does_nothing(visitor: Visitor, spoilt: str) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    path = f"appeals/{appeal.number}/step/acceptAppeal"
    page = (await visitor.get(path)).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    headers = {"Sec-Fetch-Site": "cross-site"} if spoilt == "foreign" else {}
    data = {**hidden, "form": "0" * 32} if spoilt == "token" else hidden
    answer = await visitor.http.post(f"/polygon/{path}", data=data, headers=headers)
    assert (answer.status_code, heading(answer)) == (403, "Форма не принята")
    assert await state_of(visitor.region, appeal) == "assigned"


async def test_a_step_that_is_none_is_a_sentence(visitor: Visitor) -> None:
    appeal = await taken(visitor.region)
    await visitor.enter("curator")
    for mutation in ("takeIn", "нет", "dismissPerson"):
        answer = await visitor.get(f"appeals/{appeal.number}/step/{mutation}")
        assert (answer.status_code, heading(answer)) == (404, "Такого шага здесь нет")


async def test_the_cookie_is_new_and_closed_at_the_way_out(visitor: Visitor) -> None:
    first = (await visitor.enter("curator")).headers["set-cookie"]
    second = (await visitor.enter("curator")).headers["set-cookie"]
    assert first != second
    assert re.fullmatch(r"tsur-polygon=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", second)
    name = visitor.http.cookies["tsur-polygon"]
    assert (await visitor.http.post("/polygon/logout")).headers["location"] == "/polygon/login"
    visitor.http.cookies.set("tsur-polygon", name)
    assert (await visitor.get("my")).headers["location"] == "/polygon/login?to=my"


async def test_nobody_comes_in_by_a_role_that_nobody_holds(visitor: Visitor) -> None:
    for role in ("head", "нет"):
        answer = await visitor.enter(role)
        assert answer.status_code == 404
        assert "set-cookie" not in answer.headers


async def test_a_step_that_only_the_ledger_tells_of_is_seen_by_the_second(
    visitor: Visitor, clock: FrozenClock
) -> None:
    """No column of the case changes by it: its version grows nevertheless."""
    await visitor.enter("coordinator")
    path = f"appeals/{(await taken(visitor.region)).number}/step/tellOffence"
    shown = (await visitor.get(path)).text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
    first, second = (f"{who} нашёл в тексте угрозу" for who in ("Первый", "Второй"))
    for reason, status in ((first, 303), (second, 422)):
        clock.forward(minutes=1)
        answer = await visitor.http.post(f"/polygon/{path}", data={**hidden, "reason": reason})
        assert answer.status_code == status
    assert "обращение изменил другой сотрудник" in answer.text
    assert f">{second}</textarea>" in answer.text
    assert first in answer.text.partition("Что изменилось, пока Вы писали")[2]
