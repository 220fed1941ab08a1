"""What a step of a document is said to refuse is what the step itself refuses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from core.documents.drafting import edit
from core.documents.model import Document
from core.documents.submission import submit, withdraw
from core.documents.turns import edit_refusal, submit_refusal, withdraw_refusal
from core.kernel.errors import Refusal
from core.kernel.work import Work
from tests.conftest import OpenRegion
from tests.core.documents.people import People, open_people

Told = Callable[[Work, Document], Awaitable[Refusal | None]]
Step = Callable[[Work, Document], Awaitable[object]]


async def both(people: People, number: int, by: str, told: Told, step: Step) -> Refusal | None:
    """What is said beforehand, which is what comes of it; None where the step would be taken."""
    async with people.region.reading(people.actors[by]) as work:
        said = await told(work, await work.session.get_one(Document, number))
    if said is not None:
        with pytest.raises(Refusal) as refused:
            async with people.region.work(people.actors[by]) as work:
                await step(work, await work.session.get_one(Document, number))
        found = refused.value
        assert (said.code, said.text, said.clause) == (found.code, found.text, found.clause)
    return said


async def test_what_is_said_is_what_comes_of_it(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("murmansk"))
    number = await people.draft("passport", "head")

    async def submitted(work: Work, row: Document) -> object:
        return await submit(work, row.id, row.revision)

    async def taken_back(work: Work, row: Document) -> object:
        return await withdraw(work, row.id, "Проверка")

    async def edited(work: Work, row: Document) -> object:
        return await edit(work, row.id, row.revision, row.title, row.fields)

    assert await both(people, number, "head", edit_refusal, edited) is None
    assert await both(people, number, "administrator", edit_refusal, edited) is not None
    assert await both(people, number, "head", submit_refusal, submitted) is None
    assert await both(people, number, "head", withdraw_refusal, taken_back) is not None
    assert await both(people, number, "administrator", submit_refusal, submitted) is not None
    await people.submit(number, "head")
    before = await people.rows()
    assert await both(people, number, "head", submit_refusal, submitted) is not None
    assert await both(people, number, "head", withdraw_refusal, taken_back) is None
    assert await both(people, number, "head", edit_refusal, edited) is None
    assert await people.rows() == before
