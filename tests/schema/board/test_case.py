"""A case: the bar of its days, its reading in the journal, the dispute about it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

from sqlalchemy import select

from core.appeals.model import Appeal
from core.appeals.satisfaction.model import Dispute
from core.kernel.journal import JournalEntry
from schema.graphql.ids import global_id
from tests.fixtures.clock import FrozenClock
from tests.schema.appeals.test_disputes import OBJECTION, TAKE_IN
from tests.schema.appeals.test_steps import SENT
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_choices import options
from tests.schema.board.test_pages import taken
from tests.schema.conftest import LETTER

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


async def test_a_page_of_a_case_is_one_reading_of_it(visitor: Visitor) -> None:
    """Three of its blocks tell what is written there; two looks at it are two readings."""
    appeal = await taken(visitor.region)
    await visitor.enter("curator")
    query = select(JournalEntry.subject).where(JournalEntry.name == "content.read")
    for looks in (1, 2):
        assert LETTER["text"] in (await visitor.get(f"appeals/{appeal.number}")).text
        async with visitor.region.database.reading() as session:
            assert [*await session.scalars(query)] == [f"appeal:{appeal.id}"] * looks


async def test_a_dispute_is_judged_by_a_form(visitor: Visitor) -> None:
    appeal = await disputed(visitor)
    await visitor.enter("curator")
    path = f"appeals/{appeal.number}/step/judgeDispute"
    assert path in unquote((await visitor.get(f"appeals/{appeal.number}")).text)
    form = (await visitor.get(path)).text
    async with visitor.region.database.reading() as session:
        (dispute,) = await session.scalars(select(Dispute))
    number = global_id("Dispute", dispute.id)
    assert options(form, "dispute") == {number: "от 02.03.2026"}
    mute = await visitor.send(path, dispute=number, upheld="1", verdict=" ")
    assert mute.status_code == 422
    unsaid = await visitor.send(path, dispute="", upheld="1", verdict="Прав <он>")
    assert (unsaid.status_code, "«Спор»: заполните." in unsaid.text) == (422, True)
    assert "Прав &lt;он&gt;</textarea>" in unsaid.text
    assert (await visitor.send(path, dispute=number, upheld="1", verdict="Прав")).status_code == 303
    async with visitor.region.database.reading() as session:
        (dispute,) = await session.scalars(select(Dispute))
        row = await session.get_one(Appeal, appeal.id)
    assert (dispute.upheld, dispute.verdict, row.state) == (True, "Прав", "in_work")
    await visitor.enter("body-official")
    assert path not in unquote((await visitor.get(f"appeals/{appeal.number}")).text)


async def disputed(visitor: Visitor) -> Appeal:
    """A case that was answered and then disputed by a new appeal."""
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")
    await visitor.send(f"appeals/{appeal.number}/step/acceptAppeal")
    answer = {"id": global_id("Appeal", appeal.id), "text": "Нет.", "outcome": "EXPLAINED", **SENT}
    query = "mutation($input: AnswerInput!) { answerAppeal(input: $input) { __typename } }"
    assert await asked(visitor, query, answer) == {"answerAppeal": {"__typename": "Appeal"}}
    await visitor.enter("coordinator")
    said = await asked(visitor, TAKE_IN, {**OBJECTION, "disputes": appeal.number})
    assert said["takeIn"]["status"] == "ADDED"
    return appeal


async def asked(visitor: Visitor, query: str, given: Any) -> Any:
    sent = {"query": query, "variables": {"input": given}}
    answer = await visitor.http.post("/polygon/graphql", json=sent)
    return answer.json()["data"]
