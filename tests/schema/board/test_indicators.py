"""Indicators on the board: figures by period as the API has them, who is to sign, what is late."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.indicators.rules.kinds import Deed
from core.indicators.service import record_value, set_target
from core.kernel.access import system
from core.kernel.codes import Authority
from schema.board.saved import saved
from schema.graphql.ids import global_id
from tests.conftest import OpenRegion
from tests.core.indicators.centre import Centre
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, heading, visiting
from tests.schema.board.test_documents import cells
from tests.schema.board.test_statements import heard

ATTAINED = """query ($id: ID!, $day: Date!) {
  indicatorAttainment(id: $id, day: $day) { attained share { decimal } target { decimal } }
}"""


@pytest.fixture
async def centre(
    open_test_region: OpenRegion, clock: FrozenClock
) -> AsyncIterator[tuple[Visitor, Centre]]:
    """Kursk in March with those who set indicators."""
    clock.at(2026, 3, 11)
    region = await open_test_region("kursk")
    found = Centre(region)
    async with region.work(system()) as work:
        for role in ("curator", "head", "executor"):
            found.actors[role] = await appoint(work, role, subject=f"demo-{role}")
    async with visiting(region) as visitor:
        yield visitor, found


async def figures(centre: Centre, number: int, targets: Any, values: Any) -> None:
    async with centre.region.work(centre.actor("head")) as work:
        for month, amount in targets.items():
            await set_target(work, number, date(2026, month, 1), Decimal(amount), "Письмо № 3")
        for month, amount in values.items():
            await record_value(work, number, date(2026, month, 1), Decimal(amount), "Сверка")


def words(page: str, name: str) -> list[str]:
    return [" ".join(one.replace("\u202f", " ").split()) for one in cells(page, name)]


async def test_figures_by_period_and_what_is_missing(centre: tuple[Visitor, Centre]) -> None:
    visitor, found = centre
    number = await found.approved()
    await figures(found, number, {1: "90", 2: "0.5"}, {1: "85.5", 2: "0"})
    await visitor.enter("curator")
    page = (await visitor.get("indicators")).text
    (told,) = words(page, "По периодам")
    assert "март 2026 : цель не установлена ; период идёт, значения ещё нет" in told
    assert "февраль 2026 : цель 0,5 %; достигнуто 0 % цель не достигнута (0 % цели)" in told
    assert "январь 2026 : цель 90 %; достигнуто 85,5 % цель не достигнута (95 % цели)" in told
    assert "Доля ответов в срок: март 2026 — цель не установлена</li>" in page
    assert "Действуют сегодня: 1" in page


async def test_no_value_is_never_told_as_nought(centre: tuple[Visitor, Centre]) -> None:
    visitor, found = centre
    number = await found.approved()
    await figures(found, number, {2: "90"}, {})
    await visitor.enter("curator")
    (told,) = words((await visitor.get("indicators")).text, "По периодам")
    assert "февраль 2026 : цель 90 %; значения нет" in told
    assert not re.search(r"\b0 %", told)


async def test_who_holds_the_chain_and_his_buttons(centre: tuple[Visitor, Centre]) -> None:
    visitor, found = centre
    number = await found.signed(found.new("additional-effectiveness"), 1)
    await visitor.enter("curator")
    page = (await visitor.get("indicators")).text
    assert "Ждут подписи: 1" in page
    shown = await one(visitor, number)
    (step,) = shown["openSteps"]
    (waits,) = words(page, "Чьей подписи ждёт")
    said = f"{Authority[step['by']].label} {Deed[step['deed']].label}"
    assert waits.startswith(said)
    links = re.findall(rf'href="/kursk/indicators/{number}/step/(\w+)"', page)
    assert links == [one["mutation"] for one in shown["offered"] if one["allowed"]]


async def test_the_page_judges_as_the_api_does(centre: tuple[Visitor, Centre]) -> None:
    visitor, found = centre
    number = await found.approved()
    await figures(found, number, {1: "90", 2: "40"}, {1: "85.5", 2: "50"})
    await visitor.enter("curator")
    (told,) = words((await visitor.get("indicators")).text, "По периодам")
    for day, month in (("2026-01-15", "январь"), ("2026-02-28", "февраль")):
        of = {"id": global_id("Indicator", number), "day": day}
        api = (await ask(visitor, ATTAINED, of))["indicatorAttainment"]
        said = "цель достигнута" if api["attained"] else "цель не достигнута"
        share = f"{100 * Decimal(api['share']['decimal']):f}".rstrip("0").rstrip(".")
        assert re.search(rf"{month} 2026 : [^;]*; [^;]* {said} \({share} % цели\)", told), told


async def test_the_next_signature_is_given_on_the_page(centre: tuple[Visitor, Centre]) -> None:
    visitor, found = centre
    number = await found.signed(found.new("target"), 1)
    await visitor.enter("curator")
    before = (await ask(visitor, saved("Indicator"), {"id": global_id("Indicator", number)}))[
        "node"
    ]
    assert before["openSteps"] != []
    assert {one["allowed"] for one in before["offered"]} == {True}
    step = f"indicators/{number}/step/signIndicator"
    assert heading(await visitor.get(step)) == "Согласовать или утвердить"
    assert (await visitor.send(step)).headers["location"] == "/kursk/indicators?done=signIndicator"
    after = await one(visitor, number)
    assert len(after["signatures"]) == len(before["signatures"]) + 1


async def test_a_figure_typed_with_a_comma_and_one_that_is_none(
    centre: tuple[Visitor, Centre],
) -> None:
    visitor, found = centre
    number = await found.approved()
    await visitor.enter("head")
    step = f"indicators/{number}/step/recordIndicatorValue"
    page = (await visitor.get(step)).text
    assert re.findall(r'<option value="([^"]+)">([^<]+)', page) == [
        ("2026-04-01", "апрель 2026"), ("2026-03-01", "март 2026"),
        ("2026-02-01", "февраль 2026"), ("2026-01-01", "январь 2026"),
    ]  # fmt: skip
    typed = {"day": "2026-02-10", "ground": "Сверка № 4"}
    assert (await visitor.send(step, **typed, amount="много")).status_code == 422
    assert (await visitor.send(step, **typed, amount="1 085,25")).status_code == 303
    (told,) = words((await visitor.get("indicators")).text, "По периодам")
    assert "февраль 2026 : цель не установлена ; достигнуто 1085,25 %" in told
    assert (await visitor.get("indicators/999/step/signIndicator")).status_code == 404


async def test_as_many_statements_of_many_indicators_as_of_few(
    centre: tuple[Visitor, Centre], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, found = centre
    await visitor.enter("curator")
    counted = []
    for start in (0, 2):
        for key in range(start, start + 2):
            await found.approved(key=f"k-{key}")
            await found.signed(found.new("additional-effectiveness", key=f"p-{key}"), 1)
        with heard(visitor, monkeypatch) as texts:
            assert (await visitor.get("indicators")).status_code == 200
        counted.append(len(texts))
    assert counted[0] == counted[1]


async def ask(visitor: Visitor, query: str, variables: Any) -> Any:
    sent = {"query": query, "variables": variables}
    answer = await visitor.http.post("/kursk/graphql", json=sent)
    return answer.json()["data"]


async def one(visitor: Visitor, number: int) -> Any:
    """The indicator as the API has it for whoever is signed in."""
    return (await ask(visitor, saved("Indicator"), {"id": global_id("Indicator", number)}))["node"]


async def test_an_indicator_is_proposed_by_a_form(centre: tuple[Visitor, Centre]) -> None:
    visitor, _ = centre
    await visitor.enter("curator")
    page = (await visitor.get("indicators")).text
    (to,) = re.findall(r'href="/kursk/([^"]*)">Предложить показатель<', page)
    form = (await visitor.get(to)).text
    assert '<option value="roads">блок: ' in form
    said = {
        "name": "Доля ответов", "unit": "%", "periodicity": "MONTH",
        "since": "2026-04-01", "direction": "UP", "ownerKind": "CENTRE",
    }  # fmt: skip
    wrong = await visitor.send(to, **{**said, "ownerKind": "BLOCK"})
    assert (wrong.status_code, "Доля ответов" in wrong.text) == (422, True)
    sent = await visitor.send(to, **said)
    assert (sent.status_code, sent.headers.get("location")) == (
        303, "/kursk/indicators?done=proposeIndicator",
    )  # fmt: skip
    assert "Ждут подписи: 1" in (await visitor.get("indicators")).text
