"""Article 13 of 59-ФЗ: the card of a reception, an oral answer, and what is answered in writing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.answers import answer
from core.appeals.applicants.contact import Contact
from core.appeals.handover import accept
from core.appeals.intake.service import Status, TakenIn
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.reception.model import Reception
from core.appeals.reception.service import card_text, receive
from core.appeals.rules.grounds import EarlierAnswer
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.rules.receptions import Card, IdentityDocument
from core.directory.model import Person
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import EXPLAINED, LETTER, Desk
from tests.core.appeals.papers import STATUTE

COMING = LETTER._replace(channel="reception", external_id="пр-1", text="Яма на улице Полевой.")
ORAL = "Ремонт назначен на апрель"
CLAUSE = "fz59/13"
TOLD = (
    "02.03.2026 на личном приёме, проведённом должностным лицом (Проверочный chief), Пробная Анна "
    "Ивановна, предъявивший(ая) документ, удостоверяющий личность (паспорт гражданина Российской "
    "Федерации), изложил(а): Яма на улице Полевой. "
)
NORM = f"(часть 3 статьи 13 {STATUTE})."


def card_by(actor: Actor, **changes: Any) -> Card:
    return replace(Card(actor.person_id or 0, IdentityDocument.PASSPORT), **changes)


async def receiving(desk: Desk, **changes: Any) -> TakenIn:
    async with desk.work(desk.coordinator) as work:
        return await receive(work, COMING, card_by(desk.chief, **changes))


async def cards(desk: Desk) -> list[Reception]:
    async with desk.region.database.reading() as session:
        return list(await session.scalars(select(Reception)))


async def paper(desk: Desk, appeal_id: int) -> str | None:
    appeal = await desk.appeal(appeal_id)
    async with desk.work(desk.chief) as work:
        return await card_text(work, appeal, "вручение копии карточки")


@pytest.mark.clause(CLAUSE)
async def test_an_oral_answer_with_consent_ends_it(desk: Desk) -> None:
    taken = await receiving(desk, obvious=True, consent=True, oral_answer=ORAL)
    appeal, now = await desk.appeal(taken.appeal_id), desk.now()
    assert (appeal.state, appeal.outcome) == (State.CLOSED, Outcome.EXPLAINED)
    assert (appeal.answered_at, appeal.closed_at) == (now, now)
    assert await desk.facts(taken.appeal_id) == [
        "received",
        "registered",
        "routed",
        "answered",
        "closed",
    ]
    answered = (await desk.ledger(taken.appeal_id))[3]
    assert (answered.clause, answered.data["oral"]) == (CLAUSE, True)
    assert await desk.rows(Answer) == 0
    (card,) = await cards(desk)
    assert (card.oral_answer, card.obvious, card.consent) == (ORAL, True, True)
    assert (card.official, card.document, card.actor) == (
        "Проверочный chief",
        "passport",
        "coordinator",
    )
    assert await paper(desk, taken.appeal_id) == (
        f"{TOLD}Факты являются очевидными и дополнительной проверки не требуют, с согласия "
        f"гражданина ответ дан устно: {ORAL} {NORM}"
    )


@pytest.mark.clause(CLAUSE, "fz59/12.1")
async def test_all_else_is_answered_in_writing(desk: Desk) -> None:
    taken = await receiving(desk, obvious=True, consent=True)
    assert (await desk.appeal(taken.appeal_id)).state == State.ASSIGNED
    assert await paper(desk, taken.appeal_id) == (
        f"{TOLD}Устное обращение зарегистрировано 02.03.2026 за № ПЛ-2026-000001, письменный "
        f"ответ будет дан до 01.04.2026 включительно {NORM}"
    )
    async with desk.work(desk.official) as work:
        await accept(work, taken.appeal_id)
        await answer(work, taken.appeal_id, EXPLAINED)
    assert await desk.rows(Answer) == 1


@pytest.mark.clause(CLAUSE)
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document": None}, RefusalCode.INVALID),
        ({"oral_answer": ORAL, "obvious": True}, RefusalCode.CONSENT_REQUIRED),
        ({"oral_answer": ORAL, "consent": True}, RefusalCode.INVALID),
        ({"oral_answer": " ", "obvious": True, "consent": True}, RefusalCode.INVALID),
        ({"oral_answer": "\x00", "obvious": True, "consent": True}, RefusalCode.TEXT_UNREADABLE),
        (
            {"oral_answer": "я" * 20_001, "obvious": True, "consent": True},
            RefusalCode.TEXT_TOO_LONG,
        ),
        ({"official": 0}, RefusalCode.NOT_FOUND),
    ],
)
async def test_a_card_that_the_article_does_not_know(
    desk: Desk, changes: dict[str, Any], code: RefusalCode
) -> None:
    with pytest.raises(Refusal) as caught:
        await receiving(desk, **changes)
    assert (caught.value.code, caught.value.clause and caught.value.clause.ref) == (code, CLAUSE)
    assert await desk.rows(Appeal, LedgerEntry, Reception) == 0


@pytest.mark.clause(CLAUSE)
async def test_who_holds_no_office_receives_nobody(desk: Desk) -> None:
    async with desk.work(system()) as work:
        work.session.add(person := Person(subject="free", name="Проверочный без назначения"))
        await work.session.flush()
        number = person.id
    with pytest.raises(Refusal) as caught:
        await receiving(desk, official=number)
    assert caught.value.code is RefusalCode.WRONG_AUTHORITY
    assert await desk.rows(Appeal, LedgerEntry, Reception) == 0


ENDINGS: list[dict[str, Any]] = [
    {"oral_answer": ORAL, "obvious": True, "consent": True},
    {"explained": "в вышестоящий орган"},
    {"earlier": EarlierAnswer("А-17", date(2026, 2, 2))},
]


@pytest.mark.clause("fz59/8.6")
@pytest.mark.parametrize("card", ENDINGS, ids=["answered", "explained", "refused"])
@pytest.mark.parametrize("about", ["official", "body"])
async def test_whom_it_complains_of_ends_no_reception(
    desk: Desk, card: dict[str, Any], about: str
) -> None:
    """What was told him is registered and considered by others."""
    new = COMING._replace(complained_body="ministry" if about == "body" else None)
    complained = desk.chief.person_id if about == "official" else None
    with pytest.raises(Refusal) as caught:
        async with desk.work(desk.coordinator) as work:
            await receive(work, new, card_by(desk.chief, **card), complained=complained)
    assert (caught.value.code, caught.value.clause and caught.value.clause.ref) == (
        f"{about.upper()}_COMPLAINED_OF", "fz59/8.6",
    )  # fmt: skip
    assert await desk.rows(Appeal, LedgerEntry, Reception) == 0
    async with desk.work(desk.coordinator) as work:
        taken = await receive(work, new, card_by(desk.chief), complained=complained)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.complained_person_id) == (
        "queued" if about == "body" else "assigned", complained,
    )  # fmt: skip


@pytest.mark.clause(CLAUSE)
@pytest.mark.parametrize(
    ("channel", "contact"),
    [("letter", COMING.contact), ("reception", None), ("reception", Contact(name=" "))],
)
async def test_only_a_named_citizen_at_a_reception_has_a_card(
    desk: Desk, channel: str, contact: Contact | None
) -> None:
    new = COMING._replace(channel=channel, contact=contact)
    with pytest.raises(Refusal) as caught:
        async with desk.work(desk.coordinator) as work:
            await receive(work, new, card_by(desk.chief))
    assert caught.value.code is RefusalCode.INVALID
    assert await desk.rows(Appeal, LedgerEntry, Reception) == 0


@pytest.mark.clause(CLAUSE)
async def test_no_reception_comes_in_without_a_card(desk: Desk) -> None:
    with pytest.raises(Refusal) as caught:
        await desk.take(COMING)
    assert (caught.value.code, caught.value.clause and caught.value.clause.ref) == (
        RefusalCode.CARD_REQUIRED,
        CLAUSE,
    )
    assert await desk.rows(Appeal, LedgerEntry) == 0
    await desk.take(COMING, answered_at=desk.now())
    assert await desk.rows(Appeal) == 1


@pytest.mark.clause(CLAUSE)
async def test_a_repeat_keeps_the_first_card(desk: Desk) -> None:
    await receiving(desk)
    again = await receiving(desk, obvious=True, consent=True, oral_answer=ORAL)
    assert again.status is Status.KNOWN
    assert [card.oral_answer for card in await cards(desk)] == [None]
    assert (await desk.appeal(again.appeal_id)).state == State.ASSIGNED


@pytest.mark.clause(CLAUSE, "fz59/6.2")
async def test_the_card_is_read_with_a_right_and_a_purpose(desk: Desk) -> None:
    appeal = await desk.appeal((await receiving(desk)).appeal_id)
    other = await desk.appeal((await desk.take()).appeal_id)
    async with desk.work(desk.chief) as work:
        assert await card_text(work, other, "проверка") is None
    before = await desk.rows(JournalEntry)
    for actor, purpose in ((desk.stranger, "проверка"), (desk.chief, " ")):
        with pytest.raises(Refusal):
            async with desk.work(actor) as work:
                await card_text(work, appeal, purpose)
    assert await desk.rows(JournalEntry) == before
    await paper(desk, appeal.id)
    assert await desk.rows(JournalEntry) == before + 1


@pytest.mark.clause("fz59/13.4", "fz59/12.1")
async def test_a_written_appeal_is_registered_and_considered(desk: Desk) -> None:
    taken = await receiving(desk, written=True)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.outcome, appeal.due_at is None) == (State.ASSIGNED, None, False)
    assert await paper(desk, taken.appeal_id) == (
        f"{TOLD}Письменное обращение, принятое на личном приёме, зарегистрировано 02.03.2026 за № "
        "ПЛ-2026-000001 и будет рассмотрено до 01.04.2026 включительно (часть 4 статьи 13 "
        f"{STATUTE})."
    )


@pytest.mark.clause("fz59/13.5")
async def test_who_asks_what_is_not_the_bodys_is_told_where_to_turn(desk: Desk) -> None:
    taken = await receiving(desk, explained="в районный суд, с иском")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.outcome) == (State.CLOSED, Outcome.EXPLAINED)
    assert [row.clause for row in (await desk.ledger(taken.appeal_id))[-2:]] == ["fz59/13.5"] * 2
    assert await paper(desk, taken.appeal_id) == (
        f"{TOLD}Вопросы не входят в компетенцию принявшего; гражданину разъяснено, куда и в каком "
        "порядке следует обратиться: в районный суд, с иском (часть 5 статьи 13 "
        f"{STATUTE})."
    )


@pytest.mark.clause("fz59/13.6")
async def test_what_was_answered_before_may_be_refused(desk: Desk) -> None:
    number = (await desk.appeal(await desk.answered())).number
    today = date(2026, 3, 2)
    for wrong in (EarlierAnswer(number, date(2026, 3, 1)), EarlierAnswer(" ", today)):
        with pytest.raises(Refusal) as caught:
            await receiving(desk, earlier=wrong)
        clause = caught.value.clause
        assert (caught.value.code, clause and clause.ref) == (
            RefusalCode.PROOF_REQUIRED,
            "fz59/13.6",
        )
    assert (await desk.rows(Appeal), await desk.rows(Reception)) == (1, 0)
    taken = await receiving(desk, earlier=EarlierAnswer(number, today))
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.outcome) == (State.CLOSED, Outcome.REFUSED)
    assert (await desk.ledger(taken.appeal_id))[-1].clause == "fz59/13.6"
    assert str(await paper(desk, taken.appeal_id)).endswith(
        "В дальнейшем рассмотрении отказано: ответ по существу поставленных вопросов дан 02.03.2026"
        f" на обращение № {number} (часть 6 статьи 13 {STATUTE})."
    )


@pytest.mark.clause("fz59/13.4", "fz59/13.5")
@pytest.mark.parametrize(
    "changes",
    [
        {"written": True, "explained": "в суд"},
        {"explained": "в суд", "oral_answer": ORAL, "obvious": True, "consent": True},
        {"explained": " "},
    ],
)
async def test_a_reception_ends_in_one_way(desk: Desk, changes: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as caught:
        await receiving(desk, **changes)
    assert caught.value.code is RefusalCode.INVALID
    assert await desk.rows(Appeal, Reception) == 0
