"""What one author wrote several times is answered once and told for each; others have their own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.applicants.contact import Contact
from core.appeals.applicants.service import read_contact
from core.appeals.complaints import name_body, name_official
from core.appeals.duplicates.repeats import join_repeats
from core.appeals.duplicates.service import join, split
from core.appeals.executors import name_executor
from core.appeals.rights.withdrawal import Statement, withdraw
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import EXPLAINED, LETTER, Desk
from tests.core.appeals.disputes.conftest import (
    Refused,
    letters,
    object_to,
    refused,
    verdict,
)
from tests.core.appeals.papers import STATUTE, letter

__all__ = ["refused"]
AGAIN = Contact(name="ПРОБНАЯ  Анна Ивановна", contact="anna@example.org")
OTHER = Contact(name="Пробный Пётр", contact="petr@example.org")


async def join_as_one(desk: Desk, main: int, repeats: Sequence[int]) -> None:
    async with desk.work(desk.coordinator) as work:
        await join_repeats(work, main, repeats, "одна и та же яма")


async def three(desk: Desk) -> tuple[int, int, int]:
    """A letter, its repeat by the same author, and one about the same by another."""
    one = await desk.take()
    again = await desk.take(external_id="п-2", contact=AGAIN)
    other = await desk.take(external_id="п-3", contact=OTHER)
    return one.appeal_id, again.appeal_id, other.appeal_id


async def answer(desk: Desk, appeal_id: int) -> None:
    await desk.accept(appeal_id)
    async with desk.work(desk.official) as work:
        await answers.answer(work, appeal_id, EXPLAINED)


@pytest.mark.clause("tsur.practice/duplicates.repeats")
async def test_a_repeat_is_answered_with_the_first_and_others_are_not(desk: Desk) -> None:
    main, repeat, other = await three(desk)
    await join_as_one(desk, main, [repeat])
    async with desk.work(desk.coordinator) as work:
        await join(work, [main, other], "одна яма")
    desk.clock.forward(days=2)
    await answer(desk, main)
    first, second, third = [await desk.appeal(one) for one in (main, repeat, other)]
    assert first.cluster_id == second.cluster_id == third.cluster_id
    assert (second.state, second.answered_at, second.outcome) == (
        "answered", first.answered_at, "explained",
    )  # fmt: skip
    assert (third.state, third.answered_at) == ("assigned", None)
    row = (await desk.ledger(repeat))[-1]
    assert (row.fact, row.data, row.clause) == (
        "answered",
        {"outcome": "explained", "late": False, "with": first.number},
        "tsur.practice/duplicates.repeats",
    )
    assert await letters(desk, repeat, "answered_with") == [
        letter(
            f"Ваше обращение от 02.03.2026 № {second.number} рассмотрено вместе с Вашим"
            f" обращением от 02.03.2026 № {first.number} по тому же вопросу. Единый ответ дан"
            f" 04.03.2026 под № {first.number}: {EXPLAINED.text}",
            f"Если под № {second.number} поставлены иные вопросы, сообщите об этом: на них будет"
            " дан отдельный ответ.",
            "В случае несогласия Вы вправе обжаловать принятое решение в административном и (или)"
            f" судебном порядке (пункт 4 статьи 5 {STATUTE}).",
            of=f"{second.number}/1",
            on="04.03.2026",
            signer="Исполнитель органа, Проверочный official",
        )
    ]
    assert await letters(desk, other, "answered_with") == []
    async with desk.work(desk.official) as work:
        await answers.close(work, main)
    assert [(await desk.appeal(one)).state for one in (main, repeat, other)] == [
        "closed", "closed", "assigned",
    ]  # fmt: skip


async def test_authors_are_compared_and_the_look_is_journalled(desk: Desk) -> None:
    main, repeat, _ = await three(desk)
    await join_as_one(desk, main, [repeat])
    async with desk.region.database.reading() as session:
        query = select(JournalEntry.subject).where(JournalEntry.name == "applicant.read")
        assert sorted(await session.scalars(query)) == [f"appeal:{main}", f"appeal:{repeat}"]


@pytest.mark.clause("tsur.practice/duplicates.repeats")
async def test_another_author_or_an_unknown_one_has_an_answer_of_his_own(
    desk: Desk, refused: Refused
) -> None:
    main, _, other = await three(desk)
    nobody = (await desk.take(external_id="п-4", contact=None)).appeal_id
    homeless = Contact(name="Пробная Анна Ивановна")
    nowhere = (await desk.take(external_id="п-5", contact=homeless)).appeal_id
    for one in (other, nobody, nowhere):
        refusal = await refused(join_as_one(desk, main, [one]))
        assert refusal.code is RefusalCode.NOT_SAME_AUTHOR


async def test_what_is_answered_or_joined_already_is_no_repeat(
    desk: Desk, refused: Refused
) -> None:
    main, repeat, _ = await three(desk)
    await join_as_one(desk, main, [repeat])
    later = (await desk.take(external_id="п-4", contact=AGAIN)).appeal_id
    for pair in ((later, repeat), (repeat, later), (later, main)):
        refusal = await refused(join_as_one(desk, pair[0], [pair[1]]))
        assert refusal.code is RefusalCode.WRONG_STATE
    await answer(desk, main)
    for pair in ((main, later), (later, main)):
        refusal = await refused(join_as_one(desk, pair[0], [pair[1]]))
        assert refusal.code is RefusalCode.WRONG_STATE


@pytest.mark.clause("fz59/8.6")
async def test_a_complaint_is_not_answered_by_whom_it_is_about(
    desk: Desk, refused: Refused
) -> None:
    main, *_ = await three(desk)
    new = LETTER._replace(external_id="п-4", contact=AGAIN, addressee="agency")
    complaint = (await desk.take(new._replace(complained_body="ministry"))).appeal_id
    refusal = await refused(join_as_one(desk, main, [complaint]))
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.BODY_COMPLAINED_OF, "fz59/8.6",
    )  # fmt: skip


@pytest.mark.clause("fz59/8.6")
async def test_nor_is_it_when_the_first_has_moved_to_whom_it_is_about(desk: Desk) -> None:
    main, *_ = await three(desk)
    new = LETTER._replace(external_id="п-4", contact=AGAIN, addressee="ministry")
    complaint = (await desk.take(new._replace(complained_body="agency"))).appeal_id
    await join_as_one(desk, main, [complaint])
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, main, "agency", "не наше")
    async with desk.work(desk.stranger) as work:
        await handover.accept(work, main)
        await answers.answer(work, main, EXPLAINED)
    still = await desk.appeal(complaint)
    assert (still.answered_at, still.repeats_id) == (None, None)
    assert (await desk.facts(complaint))[-1] == "split"


@pytest.mark.clause("fz59/8.6")
@pytest.mark.parametrize(("body", "state"), [("ministry", "disputed"), ("agency", "closed")])
async def test_nor_does_a_verdict_confirm_that_answer(desk: Desk, body: str, state: str) -> None:
    """The body is named while the answer to the repeat, given with the first, is disputed."""
    main, repeat, _ = await three(desk)
    await join_as_one(desk, main, [repeat])
    await answer(desk, main)
    await object_to(desk, await desk.appeal(repeat), external_id="п-5", contact=AGAIN)
    async with desk.work(desk.coordinator) as work:
        await name_body(work, repeat, body, "жалоба на него")
    with suppress(Refusal):
        await verdict(desk, upheld=False)
    assert (await desk.appeal(repeat)).state == state


@pytest.mark.clause("fz59/8.6")
async def test_nor_is_it_by_the_official_whom_it_is_about(desk: Desk, refused: Refused) -> None:
    main, complaint, _ = await three(desk)
    person = desk.official.person_id
    assert person is not None
    async with desk.work(desk.coordinator) as work:
        await name_official(work, complaint, person, "жалоба на него")
    async with desk.work(desk.chief) as work:
        await name_executor(work, main, person)
    refusal = await refused(join_as_one(desk, main, [complaint]))
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.OFFICIAL_COMPLAINED_OF, "fz59/8.6",
    )  # fmt: skip
    async with desk.work(desk.chief) as work:
        await name_executor(work, main, desk.chief.person_id or 0)
    await join_as_one(desk, main, [complaint])
    await answer(desk, main)
    still = await desk.appeal(complaint)
    assert ((await desk.appeal(main)).state, still.answered_at, still.repeats_id) == (
        "answered", None, None,
    )  # fmt: skip
    row = (await desk.ledger(complaint))[-1]
    assert row.fact == "split"
    assert (row.reason or "").endswith("ответило должностное лицо, которое обжалуется")
    assert await letters(desk, complaint, "answered_with") == []


async def test_a_repeat_taken_out_is_answered_by_itself(desk: Desk) -> None:
    main, repeat, _ = await three(desk)
    for out in (repeat, main):
        await join_as_one(desk, main, [repeat])
        async with desk.work(desk.coordinator) as work:
            await split(work, out, "вопросы разные")
            rest = repeat if out == main else main
            await split(work, rest, "вопросы разные")
        assert (await desk.appeal(repeat)).repeats_id is None
    await answer(desk, main)
    assert (await desk.appeal(repeat)).answered_at is None


async def test_a_first_appeal_taken_back_leaves_the_repeat_to_be_answered(desk: Desk) -> None:
    main, repeat, _ = await three(desk)
    await join_as_one(desk, main, [repeat])
    async with desk.work(desk.coordinator) as work:
        await withdraw(work, main, Statement(work.today, "вх. 7"))
    alone = await desk.appeal(repeat)
    assert (alone.repeats_id, alone.state, alone.answered_at) == (None, "assigned", None)
    assert (await desk.facts(repeat))[-2:] == ["joined", "split"]


async def test_a_collective_appeal_is_one_and_has_one_to_be_answered(desk: Desk) -> None:
    first = LETTER.contact
    assert first is not None
    named = Contact(first.name, first.contact, addressee="Пробный Пётр, ул. Полевая, 1")
    plain = await desk.take(signatories=40)
    chosen = await desk.take(external_id="п-2", signatories=40, contact=named)
    assert plain.number != chosen.number
    told = []
    for one in (plain, chosen):
        appeal = await desk.appeal(one.appeal_id)
        assert appeal.signatories == 40
        async with desk.work(desk.coordinator) as work:
            contact = await read_contact(work, appeal, "ответ")
            assert contact is not None
            told.append(contact.answer_to)
    assert told == [first.name, "Пробный Пётр, ул. Полевая, 1"]
    rows = [*await desk.ledger(plain.appeal_id), *await desk.ledger(chosen.appeal_id)]
    assert all("Пётр" not in str(row.data) for row in rows)
