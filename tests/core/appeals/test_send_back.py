"""What is given back to the applicant: a complaint for nobody, an appeal against a court."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.ledger import deadlines_of, pure
from core.appeals.send_back import return_court_decision, send_back
from core.directory.model import Appointment, Body, Person
from core.directory.rules.appointments import AppointmentState
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.work import Work
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import Desk
from tests.core.appeals.test_forwarding import notices
from tests.core.appeals.test_handover import refused
from tests.core.appeals.test_impartiality import name
from tests.fixtures.actors import appoint

REFUSAL = "решение об отказе в ремонте"
COMPLAINT: Mapping[str, Any] = {"complained_body": "ministry"}
JUDGMENT = "Курский областной суд, дело № 2-17/2026, решение от 11.02.2026"
ORDER = "апелляционная жалоба подаётся через суд, принявший решение, в течение месяца"


@pytest.mark.parametrize(
    ("days", "standing"), [(7, Standing.MET), (8, Standing.BREACHED)], ids=["day 7", "day 8"]
)
@pytest.mark.clause("fz59/8.7", "tsur.practice/return")
async def test_a_complaint_for_nobody_is_returned_with_the_right_to_go_to_court(
    desk: Desk, days: int, standing: Standing
) -> None:
    taken = await desk.take(**COMPLAINT)
    assert (await desk.appeal(taken.appeal_id)).state == "queued"
    desk.clock.forward(days=days)
    async with desk.work(desk.coordinator) as work:
        await send_back(work, taken.appeal_id, REFUSAL)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.outcome, appeal.closed_at) == ("closed", "sent_back", desk.now())
    row = (await desk.ledger(taken.appeal_id))[-1]
    assert (row.fact, row.clause, row.reason) == ("sent_back", "fz59/8.7", REFUSAL)
    ((kind, text),) = await notices(desk)
    assert kind == "sent_back"
    assert text.startswith("Центр управления полигоном\nИсх. № ПЛ-2026-000001/1 от ")
    assert f"Ваша жалоба от 02.03.2026 № ПЛ-2026-000001 на {REFUSAL} возвращается" in text
    assert f"разъясняем Ваше право обжаловать {REFUSAL} в суд" in text
    assert "Кодексом административного судопроизводства Российской Федерации" in text
    async with desk.work(desk.curator) as work:
        dues = deadlines_of(work, appeal, pure(await desk.ledger(taken.appeal_id)))
    told = {due.rule.key: due.standing(desk.now()) for due in dues}
    assert (told["send-back"], told["answer"]) == (standing, Standing.MET)


@pytest.mark.clause("fz59/8.7")
async def test_no_complaint_is_returned_that_another_body_may_take(desk: Desk) -> None:
    by_route = await desk.take(addressee="agency", **COMPLAINT)
    above = await desk.take(external_id="п-2", addressee="office", complained_body="office")
    for appeal_id, body in ((by_route.appeal_id, "Агентство"), (above.appeal_id, "Министерство")):
        refusal = await refused(
            desk, desk.coordinator, lambda w, i: send_back(w, i, REFUSAL), appeal_id
        )
        assert refusal.code is RefusalCode.COMPETENT_ELSEWHERE
        assert body in refusal.text
        assert refusal.clause is not None
        assert refusal.clause.ref == "fz59/8.7"


@pytest.mark.clause("fz59/8.7", "fz59/8.6")
async def test_a_superior_in_which_only_the_official_sits_may_not_take_it(desk: Desk) -> None:
    taken = await desk.take(addressee="office", complained_body="office")
    async with desk.work(system()) as work:
        for chief in ("official", "chief"):
            await dismiss(work, chief)
        alone = await appoint(
            work, "body-head", body_id=await desk.body_id("ministry"), subject="alone"
        )
    await name(desk, taken.appeal_id, alone)
    async with desk.work(desk.coordinator) as work:
        await send_back(work, taken.appeal_id, REFUSAL)
    assert (await desk.appeal(taken.appeal_id)).outcome == "sent_back"


@pytest.mark.clause("fz59/8.7", "fz59/8.6")
async def test_a_complaint_about_an_official_alone_is_returned_or_named_its_body(
    desk: Desk,
) -> None:
    others = await desk.take()
    await name(desk, others.appeal_id, desk.official)
    refusal = await refused(
        desk, desk.coordinator, lambda w, i: send_back(w, i, REFUSAL), others.appeal_id
    )
    assert refusal.code is RefusalCode.COMPETENT_ELSEWHERE
    assert "Министерство" in refusal.text
    alone = await desk.take(external_id="п-2", addressee="agency")
    await name(desk, alone.appeal_id, desk.stranger)
    async with desk.work(desk.coordinator) as work:
        await send_back(work, alone.appeal_id, REFUSAL)
    appeal = await desk.appeal(alone.appeal_id)
    assert (appeal.state, appeal.outcome) == ("closed", "sent_back")


async def dismiss(work: Work, subject: str) -> None:
    """The appointments of this official are over since yesterday."""
    query = select(Appointment).join(Person, Person.id == Appointment.person_id)
    for held in await work.session.scalars(query.where(Person.subject == subject)):
        held.until, held.state = work.today, AppointmentState.ENDED


async def test_a_superior_that_is_closed_or_barred_may_not_take_it(desk: Desk) -> None:
    async with desk.work(system()) as work:
        ministry = await desk.body_id("ministry")
        lone = Body(key="lone", name="Служба", kind="executive", parent_id=ministry)
        work.session.add(lone)
        (await work.session.get_one(Body, ministry)).closed = work.today
    taken = await desk.take(addressee="lone", complained_body="lone")
    async with desk.work(desk.coordinator) as work:
        await send_back(work, taken.appeal_id, REFUSAL)
    assert (await desk.appeal(taken.appeal_id)).outcome == "sent_back"


@pytest.mark.parametrize(
    ("changes", "said", "code"),
    [
        ({}, REFUSAL, RefusalCode.INVALID),
        (COMPLAINT, "  ", RefusalCode.REASON_REQUIRED),
        ({**COMPLAINT, "channel": "social-networks"}, REFUSAL, RefusalCode.NOT_PROVIDED),
    ],
)
async def test_what_is_no_such_complaint_is_not_returned(
    desk: Desk, changes: Mapping[str, Any], said: str, code: RefusalCode
) -> None:
    taken = await desk.take(**changes)
    refusal = await refused(desk, desk.curator, lambda w, i: send_back(w, i, said), taken.appeal_id)
    assert refusal.code is code


@pytest.mark.clause("fz59/11.2")
async def test_an_appeal_against_a_court_is_returned_with_the_order_of_appeal(desk: Desk) -> None:
    taken = await desk.take()
    await desk.accept(taken.appeal_id)
    async with desk.work(desk.chief) as work:
        await return_court_decision(work, taken.appeal_id, JUDGMENT, ORDER)
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.outcome) == ("closed", "court_decision")
    row = (await desk.ledger(taken.appeal_id))[-1]
    assert (row.fact, row.clause, row.reason) == ("court_decision", "fz59/11.2", JUDGMENT)
    ((kind, text),) = await notices(desk)
    assert kind == "court_decision"
    assert f"обжалуется судебное решение ({JUDGMENT})" in text
    assert f"Порядок его обжалования: {ORDER} (часть 2 статьи 11 Федерального закона" in text


@pytest.mark.parametrize(("decision", "order"), [("", ORDER), (JUDGMENT, " ")])
async def test_neither_decision_nor_order_may_be_missing(
    desk: Desk, decision: str, order: str
) -> None:
    taken = await desk.take()
    refusal = await refused(
        desk,
        desk.chief,
        lambda w, i: return_court_decision(w, i, decision, order),
        taken.appeal_id,
    )
    assert (refusal.code, refusal.clause) == (RefusalCode.REASON_REQUIRED, refusal.clause)
    assert refusal.clause is not None
    assert refusal.clause.ref == "fz59/11.2"
