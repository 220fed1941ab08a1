"""The bar of a case's days: names stand in it where they fit in, its term is told in words."""

from __future__ import annotations

import re
from html import unescape

from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken

BAR = re.compile(r'<svg class="picture".*?</svg>', re.DOTALL)
SAID = re.compile(r"<text[^>]*>([^<]*)</text>")


async def said(visitor: Visitor, number: str) -> list[str]:
    (bar,) = BAR.findall((await visitor.get(f"appeals/{number}")).text)
    return [unescape(one) for one in SAID.findall(bar)]


async def test_a_bar_says_whose_it_is_and_when_the_term_was(
    visitor: Visitor, clock: FrozenClock
) -> None:
    appeal = await taken(visitor.region)
    clock.forward(days=40)
    await visitor.enter("curator")
    assert await said(visitor, appeal.number) == [
        "Министерство полигона",
        "срок: по 01.04.2026 включительно",
        "02.03.2026",
        "11.04.2026",
    ]


async def test_a_name_that_does_not_fit_in_stands_in_the_table_alone(
    visitor: Visitor, clock: FrozenClock
) -> None:
    appeal = await taken(visitor.region)
    clock.forward(days=1)
    await visitor.enter("coordinator")
    path = f"appeals/{appeal.number}/step/transferAppeal"
    sent = await visitor.send(path, reason="Дорога местного значения", body="office")
    assert sent.status_code == 303
    clock.forward(days=30)
    await visitor.enter("curator")
    told = await said(visitor, appeal.number)
    assert told == ["Управление", "срок: по 01.04.2026 включительно", "02.03.2026", "02.04.2026"]
    assert "Министерство полигона" in (await visitor.get(f"appeals/{appeal.number}")).text
