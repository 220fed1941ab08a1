"""What a form's own fields hold, whatever somebody puts in their place."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

import pytest
from sqlalchemy import func, select

from core.appeals.batches.model import Batch
from core.kernel.access import system
from schema.board.forms.posted import number_in
from schema.graphql.ids import global_id
from tests.schema.board.conftest import Visitor
from tests.schema.board.test_pages import taken


@pytest.mark.parametrize(
    ("said", "number"), [("7", 7), ("007", 7), ("", 0), ("-7", 0), ("²", 0), ("٧", 0), ("7a", 0)]
)
def test_a_number_is_of_plain_digits(said: str, number: int) -> None:
    assert number_in({"version": said}, "version") == number
    assert number_in({}, "version") == 0


async def test_a_form_pressed_twice_does_its_thing_once(visitor: Visitor) -> None:
    """The second press gets the answer of the first; what was refused may be pressed again."""
    appeal = await taken(visitor.region)
    await visitor.enter("body-official")

    async def press(form: Mapping[str, str]) -> set[tuple[int, str]]:
        twice = [visitor.http.post("/polygon/batches", data=form) for _ in range(2)]
        answers = [
            *await asyncio.gather(*twice),
            await visitor.http.post("/polygon/batches", data=form),
        ]
        return {(one.status_code, one.headers.get("location", "")) for one in answers}

    async def prepared() -> int:
        async with visitor.region.reading(system()) as work:
            return await work.session.scalar(select(func.count()).select_from(Batch)) or 0

    hidden = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', (await visitor.get("my")).text)
    )
    form = {
        **hidden,
        "step": "ENTRUST",
        "which": "ticked",
        "tick-1": global_id("Appeal", appeal.id),
    }
    assert await press({**form, "tick-1": ""}) == {(422, "")}
    assert await prepared() == 0
    assert await press(form) == {(303, "/polygon/batches/1")}
    assert await prepared() == 1
    again = dict(
        re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', (await visitor.get("my")).text)
    )
    assert await press({**form, "form": again["form"]}) == {(303, "/polygon/batches/2")}
