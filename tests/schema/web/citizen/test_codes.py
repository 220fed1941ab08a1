"""Letters and withdrawal: by a code to the appeal's own channel, once, soon, in few attempts."""

from __future__ import annotations

import pytest

from tests.fixtures.clock import FrozenClock
from tests.fixtures.contents import contents
from tests.fixtures.links import last_code
from tests.schema.web.citizen.conftest import Citizen

PENDING = '{ pendingNotices(channel: "letter", first: 20) { kind text } }'


async def other(said: str) -> str:
    return f"{(int(said) + 1) % 1_000_000:06}"


async def test_a_code_goes_to_the_channel_and_opens_the_letters_once(waiting: Citizen) -> None:
    sent = await waiting.send(do="code")
    assert (sent.status_code, sent.headers["location"]) == (303, "?said=code#papers")
    said = await last_code(waiting.api.region)
    notices = (await waiting.api.data(PENDING, "notifier"))["pendingNotices"]
    (letter,) = [one["text"] for one in notices if one["kind"] == "CODE"]
    assert letter.endswith(f"\n\nКод: {said}")
    assert "/s/" not in letter
    page = await waiting.send(do="papers", code=f" {said[:3]} {said[3:]}")
    assert page.status_code == 200
    assert "продлён до 10.04.2026" in page.text
    assert waiting.token not in page.text
    again = await waiting.send(do="papers", code=said)
    assert again.status_code == 422
    assert "продлён до 10.04.2026" not in again.text
    kept = await contents(waiting.api.region)
    assert said not in repr([kept["notice"], kept["link_code"], kept["journal"]])


async def test_five_wrong_ones_spoil_a_code(waiting: Citizen) -> None:
    await waiting.send(do="code")
    said = await last_code(waiting.api.region)
    for _ in range(5):
        assert (await waiting.send(do="papers", code=await other(said))).status_code == 422
    assert (await waiting.send(do="papers", code=said)).status_code == 422


async def test_a_code_lives_a_quarter_of_an_hour_and_few_are_sent(
    waiting: Citizen, clock: FrozenClock
) -> None:
    await waiting.send(do="code")
    said = await last_code(waiting.api.region)
    clock.forward(minutes=15, seconds=1)
    assert (await waiting.send(do="papers", code=said)).status_code == 422
    assert (await waiting.send(do="code")).status_code == 303
    assert (await waiting.send(do="code")).status_code == 303
    before = await contents(waiting.api.region)
    flooded = await waiting.send(do="code")
    assert flooded.status_code == 429
    assert "Код присылали уже несколько раз" in flooded.text
    assert await contents(waiting.api.region) == before
    clock.forward(hours=1)
    assert (await waiting.send(do="code")).status_code == 303


@pytest.mark.clause("fz59/5.5")
async def test_an_appeal_is_taken_back_by_a_code_and_not_without(waiting: Citizen) -> None:
    await waiting.send(do="code")
    said = await last_code(waiting.api.region)
    before = await contents(waiting.api.region)
    unsure = await waiting.send(do="withdraw", code=said)
    assert unsure.status_code == 422
    assert "Поставьте отметку" in unsure.text
    assert await contents(waiting.api.region) == before
    assert (
        await waiting.send(do="withdraw", sure="yes", code=await other(said))
    ).status_code == 422
    assert (await waiting.appeal()).state == "in_work"
    done = await waiting.send(do="withdraw", sure="yes", code=said)
    assert (done.status_code, done.headers["location"]) == (303, "?said=withdrawn")
    appeal = await waiting.appeal()
    assert (appeal.state, appeal.outcome) == ("closed", "withdrawn")
    page = (await waiting.read()).text
    assert "Рассмотрение прекращено по заявлению автора" in page
    assert "Отозвать обращение" not in page


async def test_what_is_settled_cannot_be_taken_back(citizen: Citizen) -> None:
    await citizen.send(do="code")
    said = await last_code(citizen.api.region)
    told = await citizen.send(do="withdraw", sure="yes", code=said)
    assert told.status_code == 422
    assert (await citizen.appeal()).outcome == "explained"
    assert (await citizen.send(do="papers", code=said)).status_code == 200
