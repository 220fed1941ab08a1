"""Forwarding through the use cases: what is recorded, registered and told, and by whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.appeals import handover
from core.appeals.certificate import certify
from core.appeals.ledger import deadlines_of, pure
from core.appeals.model import Appeal
from core.appeals.notices.model import Notice
from core.appeals.registration import register_forwarded
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.registrations import registrations
from core.directory.model import Body
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_handover import refused


async def notices(desk: Desk) -> list[tuple[str, str]]:
    async with desk.region.database.reading() as session:
        rows = await session.scalars(select(Notice).order_by(Notice.id))
        return [(row.kind, row.text) for row in rows]


async def dues(desk: Desk, appeal_id: int, key: str) -> list[DueDate]:
    appeal, rows = await desk.appeal(appeal_id), await desk.ledger(appeal_id)
    async with desk.work(desk.curator) as work:
        return [due for due in deadlines_of(work, appeal, pure(rows)) if due.rule.key == key]


async def to_agency(desk: Desk) -> int:
    """A case that the ministry accepted on 2 March and forwarded to the agency on the 4th."""
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    desk.clock.forward(days=2)
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "не наше")
    return taken.appeal_id


@pytest.mark.clause("fz59/8.2", "fz59/12.1")
async def test_the_receiver_registers_under_its_own_number_and_day(desk: Desk) -> None:
    appeal_id = await to_agency(desk)
    desk.clock.forward(days=2)
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, appeal_id, " А-17 ", date(2026, 3, 5))
    rows = await desk.ledger(appeal_id)
    assert (rows[-1].fact, rows[-1].body, rows[-1].data) == (
        "registered", "agency", {"number": "А-17"},
    )  # fmt: skip
    known = registrations(pure(rows))
    assert [(one.body, one.number) for one in known] == [("ministry", None), ("agency", "А-17")]
    assert known[-1].at.isoformat() == "2026-03-04T19:00:00+00:00"
    own = await dues(desk, appeal_id, "answer")
    assert [(due.body, due.due_at and due.due_at.isoformat(), due.relieved) for due in own] == [
        ("ministry", "2026-04-01T18:59:59+00:00", True),
        ("agency", "2026-04-04T18:59:59+00:00", False),
    ]
    (mechanism,) = await dues(desk, appeal_id, "accelerated")
    assert mechanism.due_at is not None
    assert mechanism.due_at.isoformat() == "2026-04-01T18:59:59+00:00"
    async with desk.work(desk.stranger) as work:
        await handover.accept(work, appeal_id)
    assert (await desk.facts(appeal_id))[-2:] == ["registered", "accepted"]
    async with desk.work(desk.curator) as work:
        said = certify(work, await desk.appeal(appeal_id), pure(await desk.ledger(appeal_id)))
    for words in ('"body":"agency"', '"track":"statute"', '"track":"mechanism"', "А-17"):
        assert words in said


@pytest.mark.parametrize(
    ("number", "on", "code"),
    [
        ("  ", None, RefusalCode.INVALID),
        ("я" * 201, None, RefusalCode.INVALID),
        ("А-1", date(2026, 3, 3), RefusalCode.DATE_OUT_OF_RANGE),
        ("А-1", date(2026, 3, 7), RefusalCode.DATE_OUT_OF_RANGE),
    ],
)
async def test_a_registration_has_number_and_possible_day(
    desk: Desk, number: str, on: date | None, code: RefusalCode
) -> None:
    appeal_id = await to_agency(desk)
    desk.clock.forward(days=2)
    refusal = await refused(
        desk, desk.stranger, lambda w, i: register_forwarded(w, i, number, on), appeal_id
    )
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (code, "fz59/8.2")


async def test_only_what_was_forwarded_is_registered_anew_and_once(desk: Desk) -> None:
    taken = await desk.take()
    first = await refused(
        desk, desk.official, lambda w, i: register_forwarded(w, i, "М-1"), taken.appeal_id
    )
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "не наше")
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, taken.appeal_id, "А-1")
    second = await refused(
        desk, desk.stranger, lambda w, i: register_forwarded(w, i, "А-2"), taken.appeal_id
    )
    assert first.code is second.code is RefusalCode.WRONG_STATE


@pytest.mark.clause("fz59/8.3", "fz59/10.1.5")
async def test_the_letter_names_the_senders_own_registration(desk: Desk) -> None:
    appeal_id = await to_agency(desk)
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, appeal_id, "А-17")
        work.session.add(Body(key="third", name="Третий орган", kind="executive"))
    async with desk.work(desk.curator) as work:
        await handover.transfer(work, appeal_id, "third", "не наше")
    kinds_and_texts = await notices(desk)
    assert [kind for kind, _ in kinds_and_texts] == ["forwarded", "forwarded"]
    text = kinds_and_texts[-1][1]
    assert text.startswith("Агентство\nИсх. № ПЛ-2026-000001/2 от 04.03.2026\n")
    assert "зарегистрированное 04.03.2026 за № А-17, 04.03.2026 направлено в орган: Третий" in text
    assert "часть 3 статьи 8, пункт 5 части 1 статьи 10" in text


@pytest.mark.clause("fz59/8.3")
async def test_the_centres_first_routing_is_no_forwarding_and_tells_nobody(desk: Desk) -> None:
    taken = await desk.take()
    async with desk.work(desk.curator) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "ошиблись маршрутом")
    assert (await desk.facts(taken.appeal_id))[-1] == "routed"
    assert await notices(desk) == []
    async with desk.work(desk.stranger) as work:
        await handover.return_case(work, taken.appeal_id, "не наше")
    async with desk.work(desk.curator) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "и всё же")
    known = registrations(pure(await desk.ledger(taken.appeal_id)))
    assert [(one.body, one.accepted) for one in known] == [("agency", False)]
    assert await notices(desk) == []


@pytest.mark.clause("fz59/8.3")
async def test_routing_what_a_body_had_accepted_is_forwarding(desk: Desk) -> None:
    appeal_id = await to_agency(desk)
    async with desk.work(system()) as work:
        for turn in range(2):
            await handover.transfer(work, appeal_id, ("ministry", "agency")[turn], "не наше")
        await handover.transfer(work, appeal_id, "ministry", "сверх предела")
    assert (await desk.facts(appeal_id))[-1] == "queued"
    told = len(await notices(desk))
    async with desk.work(desk.coordinator) as work:
        work.session.add(Body(key="third", name="Третий орган", kind="executive"))
        await work.session.flush()
        await handover.route(work, appeal_id, "third", "по балансу")
    assert (await desk.ledger(appeal_id))[-1].fact == "transferred"
    assert len(await notices(desk)) == told + 1


@pytest.mark.clause("fz59/8.3")
async def test_what_a_unit_gets_from_its_own_body_was_not_forwarded(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    async with desk.work(desk.curator) as work:
        ministry = await desk.body_id("ministry")
        work.session.add(Body(key="unit", name="Отдел", kind="executive", parent_id=ministry))
        await work.session.flush()
        await handover.transfer(work, taken.appeal_id, "unit", "по должности")
    assert (await desk.facts(taken.appeal_id))[-1] == "delegated"
    assert await notices(desk) == []
    (answer,) = await dues(desk, taken.appeal_id, "answer")
    assert (answer.body, answer.relieved) == ("ministry", False)


@pytest.mark.clause("fz59/8.3")
async def test_an_organisation_of_a_body_is_another(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, taken.appeal_id, "office", "по балансу")
    assert (await desk.facts(taken.appeal_id))[-1] == "transferred"
    assert [kind for kind, _ in await notices(desk)] == ["forwarded"]


async def test_whoever_returns_what_it_was_forwarded_leaves_the_term_that_there_was(
    desk: Desk,
) -> None:
    appeal_id = await to_agency(desk)
    async with desk.work(desk.stranger) as work:
        await handover.return_case(work, appeal_id, "и не наше")
    (answer,) = await dues(desk, appeal_id, "answer")
    assert (answer.body, answer.relieved) == ("ministry", False)
    assert await dues(desk, appeal_id, "next-registration") == []
    assert desk.now() - (await desk.appeal(appeal_id)).received_at == timedelta(days=2)


@pytest.mark.clause("fz59/8.3")
async def test_of_a_message_the_statute_is_not_cited(desk: Desk) -> None:
    taken = await desk.take(channel="social-networks")
    await desk.accept(taken.appeal_id)
    async with desk.work(desk.chief) as work:
        await handover.transfer(work, taken.appeal_id, "agency", "не наше")
    ((_, text),) = await notices(desk)
    assert "Ваше сообщение, учтённое 02.03.2026 за № ПЛ-2026-000001" in text
    assert "59-ФЗ" not in text


@pytest.mark.clause("fz59/8.3")
async def test_from_the_queue_the_centre_writes_and_the_results_are_for_the_body(
    desk: Desk,
) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    async with desk.work(system()) as work:
        appeal = await work.session.get_one(Appeal, taken.appeal_id)
        for _ in range(2):
            await handover.transfer(work, appeal.id, "agency", "не наше")
            await handover.return_case(work, appeal.id, "не наше")
            if appeal.state == "queued":
                break
            await handover.accept(work, appeal.id)
        else:
            await handover.transfer(work, appeal.id, "agency", "сверх предела")
        assert appeal.state == "queued"
        await handover.route(work, appeal.id, "agency", "по балансу", results=True)
    entry = (await desk.ledger(taken.appeal_id))[-1]
    assert (entry.fact, entry.data) == ("transferred", {"results_for": "ministry"})
    text = (await notices(desk))[-1][1]
    assert text.startswith("Центр управления полигоном\nИсх. № ПЛ-2026-000001/")


@pytest.mark.clause("fz59/8.3", "fz59/10.1.5")
async def test_what_the_receiver_registered_it_can_but_forward_back(desk: Desk) -> None:
    appeal_id = await to_agency(desk)
    async with desk.work(desk.stranger) as work:
        await register_forwarded(work, appeal_id, "А-17")
        await handover.return_case(work, appeal_id, "и не наше")
    entry = (await desk.ledger(appeal_id))[-1]
    assert (entry.fact, entry.body, entry.clause) == ("transferred", "ministry", "fz59/8.3")
    assert len(await notices(desk)) == 2
    await desk.accept(appeal_id)
    own = await dues(desk, appeal_id, "answer")
    assert [(due.body, due.relieved) for due in own] == [
        ("ministry", True),
        ("agency", True),
        ("ministry", False),
    ]
