"""Terms that regions really have, end to end: facts recorded, moments due, breaches.

The region is `tests.grounds.terms`, by Moscow's clock; every moment was computed by hand.
"""

from __future__ import annotations

from datetime import UTC

import pytest
from sqlalchemy import select

from core.appeals import handover
from core.appeals.escalation.model import Escalation
from core.appeals.escalation.service import sweep
from core.kernel.access import system
from core.shapes.deadlines.rules.standing import Standing
from tests.core.appeals.conftest import Desk
from tests.core.appeals.terms.messages import (
    PLACE,
    accepted,
    answered,
    local,
    noted,
    proved,
    stored,
    taken,
    terms,
)


@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("03-02 09:00", "reply", "03-03 09:45"),
        ("03-02 12:00", "reply", "03-03 12:45"),
        ("03-06 15:00", "reply", "03-10 17:00"),
        ("04-30 09:00", "reply", "05-04 10:45"),
        ("03-02 22:00", "reply", "03-04 09:45"),
        ("03-02 13:20", "reply-important", "03-02 17:45"),
        ("03-06 15:00", "reply-important", "03-10 11:15"),
    ],
)
async def test_an_ordinary_message_has_nine_working_hours_an_important_one_four(
    desk: Desk, received: str, hours: str, due: str
) -> None:
    appeal_id = await taken(desk, received)
    if hours == "reply-important":
        await noted(desk, appeal_id, "important", received, desk.coordinator)
    assert stored(await desk.appeal(appeal_id)) == (local(due), hours)
    found = await terms(desk, appeal_id)
    assert {key for key, _ in found if key.startswith("reply")} == {hours}
    content = await proved(desk, appeal_id)
    importance = "important" if hours == "reply-important" else "ordinary"
    assert content["circumstances"]["importance"] == importance
    assert content["calendar"]["hours"][0]["closes_on_friday"] == "16:45"


@pytest.mark.parametrize(
    ("at", "standing", "late"),
    [("03-10 17:00", Standing.MET, False), ("03-10 17:00:01", Standing.BREACHED, True)],
)
async def test_the_last_second_of_the_ninth_hour_is_in_time(
    desk: Desk, at: str, standing: Standing, late: bool
) -> None:
    appeal_id = await accepted(desk, "03-06 15:00")
    await answered(desk, appeal_id, at)
    due = (await terms(desk, appeal_id))["reply", 1]
    assert due.standing(local(at)) is standing
    assert due.breached_at(local("04-01 00:00")) == (local("03-10 17:00") if late else None)
    assert (await desk.ledger(appeal_id))[-1].data["late"] is late
    await proved(desk, appeal_id)


async def test_an_interim_answer_relieves_the_first_term_and_begins_another(desk: Desk) -> None:
    appeal_id = await accepted(desk, "03-06 15:00")
    await noted(desk, appeal_id, "interim", "03-06 16:00")
    assert stored(await desk.appeal(appeal_id)) == (local("03-18 23:59:59"), "final")
    found = await terms(desk, appeal_id)
    assert found["reply", 1].standing(local("05-01 00:00")) is Standing.MET
    assert found["final", 1].standing(local("03-18 23:59:59")) is Standing.RUNNING
    assert found["final", 1].breached_at(local("03-19 00:00")) == local("03-18 23:59:59")
    dues = {due["rule"]: due for due in (await proved(desk, appeal_id))["deadlines"]}
    assert (dues["reply"]["relieved"], dues["final"]["governs"]) == (True, True)
    assert dues["final"]["starts"] == {
        "fact": "declared",
        "own": "interim",
        "nth": 1,
        "undone_by": [],
    }


async def test_an_hour_to_pass_on_and_a_day_to_publish(desk: Desk) -> None:
    appeal_id = await taken(desk, "03-06 23:30", addressee=None)
    assert (await terms(desk, appeal_id))["pass-on", 1].due_at == local("03-07 00:30")
    desk.clock.moment = local("03-07 00:30:01").astimezone(UTC)
    async with desk.work(desk.coordinator) as work:
        await handover.route(work, appeal_id, "ministry", "по теме")
    await desk.accept(appeal_id)
    await answered(desk, appeal_id, "03-07 22:15")
    await noted(desk, appeal_id, "published", "03-08 22:15")
    found = await terms(desk, appeal_id)
    assert found["pass-on", 1].breached_at(local("03-09 00:00")) == local("03-07 00:30")
    assert found["publish", 1].due_at == local("03-08 22:15")
    assert found["publish", 1].standing(local("03-09 00:00")) is Standing.MET
    await proved(desk, appeal_id)


@pytest.mark.parametrize(
    ("taken_into_work", "due"),
    [
        ("03-02 09:00", "03-02 17:45"),
        ("04-30 09:00", "05-04 09:45"),
        ("05-08 14:45", "05-12 16:45"),
    ],
)
async def test_a_draft_takes_eight_working_hours(
    desk: Desk, taken_into_work: str, due: str
) -> None:
    appeal_id = await accepted(desk, taken_into_work)
    found = (await terms(desk, appeal_id))["draft", 1]
    assert (found.due_at, found.stopped_at) == (local(due), None)
    await noted(desk, appeal_id, "draft", due)
    assert (await terms(desk, appeal_id))["draft", 1].standing(local(due)) is Standing.MET
    await proved(desk, appeal_id)


async def test_the_stages_of_a_season_are_judged_apart(desk: Desk) -> None:
    appeal_id = await accepted(desk, "04-15 12:00", PLACE)
    await noted(desk, appeal_id, "moderated", "04-16 23:59:59", desk.coordinator)
    await noted(desk, appeal_id, "work-done", "04-30 18:00")
    await noted(desk, appeal_id, "checked", "05-04 10:00")
    found = await terms(desk, appeal_id)
    assert {key: due.due_at for (key, _), due in found.items() if due.rule.stage} == {
        "moderation": local("04-16 23:59:59"),
        "work": local("04-29 23:59:59"),
        "check": local("05-04 23:59:59"),
    }
    late = local("06-01 00:00")
    assert {key: due.breached_at(late) for (key, _), due in found.items() if due.rule.stage} == {
        "moderation": None,
        "work": local("04-29 23:59:59"),
        "check": None,
    }
    assert (await desk.appeal(appeal_id)).state == "in_work"
    dues = {due["rule"]: due for due in (await proved(desk, appeal_id))["deadlines"]}
    assert (dues["work"]["season"], dues["work"]["stage"]) == ([[4, 15], [10, 15]], "work")


@pytest.mark.parametrize(
    ("received", "moderated", "found"),
    [
        ("04-14 23:59:59", "04-15 00:00", {"work": "04-28 23:59:59"}),
        ("04-15 00:00", "04-15 00:00", {"moderation": "04-16", "work": "04-28 23:59:59"}),
        ("10-15 23:59:59", "10-16 00:00", {"moderation": "10-16"}),
        ("10-16 00:00", "10-16 10:00", {}),
    ],
)
async def test_the_edges_of_the_season(
    desk: Desk, received: str, moderated: str, found: dict[str, str]
) -> None:
    appeal_id = await taken(desk, received, PLACE)
    await noted(desk, appeal_id, "moderated", moderated, desk.coordinator)
    dues = await terms(desk, appeal_id)
    assert {key: due.due_at for (key, _), due in dues.items() if due.rule.stage} == {
        key: local(due if " " in due else f"{due} 23:59:59") for key, due in found.items()
    }
    await proved(desk, appeal_id)


async def test_each_returned_answer_has_three_working_days_of_its_own(desk: Desk) -> None:
    appeal_id = await accepted(desk, "02-18 10:00")
    await noted(desk, appeal_id, "returned", "02-18 12:00")
    await noted(desk, appeal_id, "corrected", "02-25 00:00")
    await noted(desk, appeal_id, "returned", "03-06 12:00")
    found = await terms(desk, appeal_id)
    assert [found["correct", n].due_at for n in (1, 2)] == [
        local("02-24 23:59:59"),
        local("03-12 23:59:59"),
    ]
    assert [found["correct", n].standing(local("03-12 23:59:59")) for n in (1, 2)] == [
        Standing.BREACHED,
        Standing.RUNNING,
    ]
    dues = (await proved(desk, appeal_id))["deadlines"]
    assert [due["ordinal"] for due in dues if due["rule"] == "correct"] == [1, 2]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("03-10 14:59:59", 0),
        ("03-10 15:00", 1),
        ("03-10 18:00:01", 0),  # after hours: it waits
        ("03-11 08:59:59", 0),
        ("03-11 09:00", 1),
        ("03-14 12:00", 0),  # a Saturday
    ],
)
async def test_the_rung_counts_working_hours_and_speaks_in_them(
    desk: Desk, now: str, told: int
) -> None:
    """Due on Tuesday at 17:00: two working hours before it is 15:00."""
    await accepted(desk, "03-06 15:00")
    desk.clock.moment = local(now).astimezone(UTC)
    for _ in range(2):
        async with desk.work(system()) as work:
            await sweep(work)
    async with desk.region.database.reading() as session:
        query = select(Escalation).where(Escalation.step == "two-hours")
        rows = (await session.scalars(query)).all()
    assert [row.due_at for row in rows] == [local("03-10 17:00")] * told
