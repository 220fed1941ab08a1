"""What else is counted in the region's own units: acceptance, survey links, windows of disputes."""

from __future__ import annotations

from datetime import UTC

import pytest
from sqlalchemy import select

from core.appeals import answers
from core.appeals.escalation.service import recall_unaccepted
from core.appeals.rules.answers import DisputeRule, window_of
from core.appeals.satisfaction.model import Dispute, Survey
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.shapes.deadlines.rules.units import Unit
from tests.core.appeals.conftest import LETTER, Desk
from tests.core.appeals.terms.messages import MESSAGE, accepted, answered, local, taken
from tests.core.appeals.test_satisfaction import BAD, give, link
from tests.core.law.samples import clause


@pytest.mark.parametrize(("now", "recalled"), [("03-10 23:59:59", 0), ("03-11 00:00", 1)])
async def test_a_working_day_to_accept(desk: Desk, now: str, recalled: int) -> None:
    """Given on a Friday before a long weekend: the working day is Tuesday."""
    appeal_id = await taken(desk, "03-06 15:00")
    desk.clock.moment = local(now).astimezone(UTC)
    async with desk.work(system()) as work:
        assert await recall_unaccepted(work) == recalled
    row = (await desk.ledger(appeal_id))[-1]
    reason = "орган не принял и не вернул обращение за 1 рабочий день"
    assert (row.reason == reason, row.clause == "terms.7/3") == (bool(recalled),) * 2
    assert (await desk.appeal(appeal_id)).state == ("queued" if recalled else "assigned")


async def closed(desk: Desk, new: object) -> None:
    appeal_id = await accepted(desk, "03-06 15:00", LETTER if new == "letter" else MESSAGE)
    await answered(desk, appeal_id, "03-06 15:30")
    async with desk.work(desk.official) as work:
        await answers.close(work, appeal_id)


async def test_a_survey_link_lives_three_working_days(desk: Desk) -> None:
    await closed(desk, "message")
    async with desk.region.database.reading() as session:
        survey = (await session.scalars(select(Survey))).one()
    assert survey.expires_at == local("03-12 23:59:59")


@pytest.mark.parametrize(
    ("what", "at", "disputed"),
    [
        ("message", "03-11 23:59:59", True),
        ("message", "03-12 00:00", False),
        ("letter", "03-12 23:59:59", True),
    ],
)
async def test_a_message_is_disputed_within_two_working_days_a_letter_within_thirty(
    desk: Desk, what: str, at: str, disputed: bool
) -> None:
    await closed(desk, what)
    token = await link(desk)
    desk.clock.moment = local(at).astimezone(UTC)
    if disputed:
        await give(desk, token, BAD)
        assert await desk.rows(Dispute) == 1
        return
    with pytest.raises(Refusal) as refused:
        await give(desk, token, BAD)
    assert refused.value.code is RefusalCode.DISPUTE_WINDOW_CLOSED
    assert refused.value.clause is not None
    assert refused.value.clause.ref == "terms.7/6"
    assert await desk.rows(Dispute) == 0


ANY = DisputeRule("answer", 30, clause=clause("a/1"))
ROADS = DisputeRule("roads", 20, themes=frozenset({"roads"}), clause=clause("a/2"))
SOCIAL = DisputeRule("a-social", 10, channels=frozenset({"social"}), clause=clause("a/3"))
BOTH = DisputeRule(
    "both",
    5,
    Unit.WORKING_DAYS,
    themes=frozenset({"roads"}),
    channels=frozenset({"social"}),
    clause=clause("a/4"),
)


@pytest.mark.parametrize(
    ("theme", "channel", "key"),
    [
        ("roads", "social", "both"),
        ("roads", "letter", "roads"),
        ("sport", "social", "a-social"),
        (None, "letter", "answer"),
    ],
)
def test_the_narrowest_window_decides_in_any_order(
    theme: str | None, channel: str, key: str
) -> None:
    rules = [ANY, ROADS, SOCIAL, BOTH]
    for shuffled in (rules, rules[::-1]):
        found = window_of(shuffled, theme, channel)
        assert found is not None
        assert found.key == key
    assert window_of([ROADS], theme="sport", channel="letter") is None
    assert BOTH.sentence() == ("5 рабочих дней после закрытия; тематики: `roads`; каналы: `social`")
