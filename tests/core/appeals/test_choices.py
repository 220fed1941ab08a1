"""What a step offers in a field is just what it does not refuse for the sake of that value."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals import complaints, copies, handover, inquiries, offences
from core.appeals.answers import DRAFT, NewAnswer, answer
from core.appeals.conclusion.service import CONCLUDE, leave_unanswered
from core.appeals.copies import Copy
from core.appeals.delivery.dispatches import SEND, NewDispatch, send
from core.appeals.delivery.signatures import NewSignature
from core.appeals.executors import ENTRUST, name_executor
from core.appeals.identity import IDENTIFY, identify
from core.appeals.ledger import read_entries
from core.appeals.prolongation import PROLONG
from core.appeals.rules.intake import Identification
from core.appeals.rules.lifecycle import Outcome
from core.appeals.rules.signatures import SignatureKind, Way
from core.appeals.step import Step
from core.directory.model import Body, Person
from core.kernel.access import Actor
from core.kernel.errors import Refusal
from core.kernel.work import Work
from tests.core.appeals.conclusions import PROOFS
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_anonymous import NOWHERE, SHOWN
from tests.core.appeals.test_conclusion import in_work

Take = Callable[[Work, int, Any], Awaitable[Any]]
WHY = "так решено"


class Undone(Exception):
    """Nothing that is tried is kept."""


async def accepted(desk: Desk, actor: Actor, number: int, take: Take, values: Iterable[Any]) -> Any:
    """The values with which the step is taken, each tried alone."""
    found = set()
    for value in values:
        try:
            async with desk.work(actor) as work:
                await take(work, number, value)
                raise Undone
        except Undone:
            found.add(value)
        except Refusal:
            continue
    return found


async def offered(desk: Desk, actor: Actor, number: int, step: Step, field: str) -> Any:
    appeal = await desk.appeal(number)
    async with desk.work(actor) as work:
        rows = await read_entries(work, number)
        assert await step.refusal(work, appeal, rows) is None
        found = (await step.chosen_from(work, appeal, rows))[field]
    assert all(one.name for one in found)
    return {one.value.id if isinstance(one.value, Person) else one.value for one in found}


async def keys(desk: Desk) -> list[str]:
    async with desk.region.database.reading() as session:
        return [*await session.scalars(select(Body.key))]


async def people(desk: Desk) -> list[int]:
    async with desk.region.database.reading() as session:
        return [*await session.scalars(select(Person.id))]


BODIES: dict[str, tuple[str, Step, Take]] = {
    "transfer": ("official", handover.TRANSFER, lambda w, i, b: handover.transfer(w, i, b, WHY)),
    "copy": ("official", copies.COPY, lambda w, i, b: copies.copy_to(w, i, [Copy(b, WHY)])),
    "ask": ("official", inquiries.ASK, lambda w, i, b: inquiries.ask(w, i, b, WHY)),
    "offence": (
        "coordinator", offences.SEND, lambda w, i, b: offences.send_offence(w, i, b, WHY)
    ),
    "name": (
        "coordinator", complaints.NAME_BODY, lambda w, i, b: complaints.name_body(w, i, b, WHY)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
async def test_bodies_that_may_be_chosen(desk: Desk, name: str) -> None:
    role, step, take = BODIES[name]
    number = await in_work(desk, complained_body="agency", offence=True)
    actor = getattr(desk, role)
    found = await offered(desk, actor, number, step, "body")
    assert found
    assert found == await accepted(desk, actor, number, take, await keys(desk))


@pytest.mark.parametrize("author", [{}, NOWHERE], ids=["known", "nobody"])
async def test_only_the_grounds_of_this_case_are_offered(
    desk: Desk, author: dict[str, Any]
) -> None:
    number = await in_work(desk, **author)
    found = await offered(desk, desk.chief, number, CONCLUDE, "outcome")
    assert (Outcome.ANONYMOUS in found) is bool(author)
    proofs = {**PROOFS, Outcome.ANONYMOUS: SHOWN}
    assert found == await accepted(
        desk, desk.chief, number,
        lambda w, i, outcome: leave_unanswered(w, i, outcome, proofs.get(outcome, SHOWN)), Outcome,
    )  # fmt: skip


async def test_persons_and_words_that_may_be_chosen(desk: Desk) -> None:
    number = await in_work(desk)
    tried: list[tuple[Actor, Step, str, Take, Iterable[Any]]] = [
        (desk.official, ENTRUST, "person", name_executor, await people(desk)),
        (
            desk.coordinator, IDENTIFY, "how",
            lambda w, i, how: identify(w, i, how, WHY), Identification,
        ),
        (
            desk.official, DRAFT, "outcome",
            lambda w, i, one: answer(w, i, NewAnswer(WHY, one, norm=WHY)), Outcome,
        ),
    ]  # fmt: skip
    for actor, step, field, take, values in tried:
        found = await offered(desk, actor, number, step, field)
        assert found
        # what an answer must prove beside its result is no fault of the result
        given = {Outcome.SOLVED, Outcome.PLANNED} if step is DRAFT else set()
        assert found == await accepted(desk, actor, number, take, values) | given, field


async def test_ways_are_those_of_the_appeal_and_of_the_signature(desk: Desk) -> None:
    number = await in_work(desk)
    signed = NewSignature(SignatureKind.HANDWRITTEN)
    async with desk.work(desk.official) as work:
        await answer(
            work, number, NewAnswer("Ремонт включён.", Outcome.EXPLAINED, signature=signed)
        )
    found = await offered(desk, desk.official, number, SEND, "way")
    assert found == {Way.POST, Way.IN_PERSON}
    assert found == await accepted(
        desk, desk.official, number, lambda w, i, way: send(w, i, NewDispatch(way, "1")), Way
    )


async def test_a_request_that_was_sent_is_offered_by_its_number(desk: Desk) -> None:
    number = await in_work(desk)
    assert await offered(desk, desk.chief, number, PROLONG, "inquiry") == set()
    async with desk.work(desk.official) as work:
        asked = await inquiries.ask(work, number, "agency", "Когда ремонт?")
    assert await offered(desk, desk.chief, number, PROLONG, "inquiry") == {asked.seq}
