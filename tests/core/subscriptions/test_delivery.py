"""Messages reach their receivers: signed, in turn, once, however long the receiver was away."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import orjson
import pytest
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.doors.model import Arrival, Verdict, Way
from core.kernel.incidents.service import open_incidents
from core.kernel.region import Region
from core.region.doors.release import release, waiting
from core.subscriptions import delivery
from core.subscriptions.delivery import run_webhooks
from core.subscriptions.model import (
    MessageState,
    Webhook,
    WebhookAttempt,
    WebhookMessage,
    WebhookState,
)
from core.subscriptions.service import enable, replay, rotate_key
from tests.core.subscriptions.conftest import Post
from tests.core.worker.rows import journal
from tests.fixtures.clock import FrozenClock
from tests.fixtures.receivers import Receiver, receiving

standard = pytest.importorskip("standardwebhooks")


@pytest.fixture
def clock() -> FrozenClock:
    """The library compares with the clock on the wall."""
    return FrozenClock(datetime.now(UTC).replace(microsecond=0))


async def run(post: Post) -> None:
    await run_webhooks(post.region, {})


async def states(region: Region) -> list[str]:
    async with region.database.reading() as session:
        query = select(WebhookMessage.state).order_by(WebhookMessage.id)
        return list(await session.scalars(query))


async def hook_of(region: Region) -> Webhook:
    async with region.database.reading() as session:
        return (await session.scalars(select(Webhook).order_by(Webhook.id))).first() or Webhook()


async def said(post: Post) -> list[str]:
    async with post.region.reading(system()) as work:
        return [one.text for one in await open_incidents(work)]


def numbers(receiver: Receiver) -> list[str]:
    return [one.headers["webhook-id"] for one in receiver.came]


async def test_a_message_is_what_happened_and_the_official_library_verifies_it(
    post: Post, receiver: Receiver
) -> None:
    keyed = await post.hook(receiver.url)
    case = await post.case(1)
    await post.happen(case)
    await run(post)
    (came,) = receiver.came
    told = standard.Webhook(keyed.key).verify(came.body, came.headers)
    assert told == orjson.loads(came.body)
    assert (told["type"], told["data"]["subject"]) == ("appeal.escalated", f"appeal:{case}")
    assert told["data"]["after"] == {"step": str(case)}
    assert told["data"]["number"]
    assert came.headers["content-type"] == "application/json"
    with pytest.raises(standard.webhooks.WebhookVerificationError):
        standard.Webhook(keyed.key).verify(came.body + b" ", came.headers)
    await run(post)
    assert len(receiver.came) == 1
    assert await states(post.region) == [MessageState.DELIVERED]


async def test_while_a_key_is_changed_both_sign_and_then_the_new_one_alone(
    post: Post, receiver: Receiver, clock: FrozenClock
) -> None:
    former = await post.hook(receiver.url)
    async with post.region.work(system()) as work:
        new = await rotate_key(work, former.webhook.id)
    assert new.key != former.key
    case = await post.case(1)
    await post.happen(case)
    await run(post)
    (came,) = receiver.came
    assert len(came.headers["webhook-signature"].split(" ")) == 2
    for key in (former.key, new.key):
        standard.Webhook(key).verify(came.body, came.headers)
    clock.forward(hours=24)
    await post.happen(case)
    await run(post)
    assert len(receiver.came[1].headers["webhook-signature"].split(" ")) == 1
    hook = await hook_of(post.region)
    assert former.key.encode() not in hook.sealed_key + (hook.sealed_former or b"")


async def test_a_day_of_silence_is_caught_up_with_nothing_lost_or_doubled_or_out_of_turn(
    post: Post, receiver: Receiver, clock: FrozenClock
) -> None:
    clock.forward(days=-1)
    keyed = await post.hook(receiver.url)
    receiver.status = 503
    cases = [await post.case(number) for number in range(2)]
    for _hour in range(24):
        await post.happen(*cases)
        await run(post)
        clock.forward(hours=1)
    tried = len(receiver.came)
    assert tried == 24  # once an hour, not once a message
    receiver.status, receiver.came = 200, []
    await run(post)
    assert len(receiver.came) == len(set(numbers(receiver))) == 48
    seen: dict[str, list[str]] = {}
    for one in receiver.came:
        told = standard.Webhook(keyed.key).verify(one.body, one.headers)
        seen.setdefault(told["data"]["subject"], []).append(told["timestamp"])
    assert [len(moments) for moments in seen.values()] == [24, 24]
    assert all(moments == sorted(set(moments)) for moments in seen.values())
    assert await states(post.region) == [MessageState.DELIVERED] * 48
    assert await said(post) == []


async def test_a_message_that_is_refused_holds_back_its_own_case_alone(
    post: Post, receiver: Receiver, clock: FrozenClock
) -> None:
    await post.hook(receiver.url)
    first, second = await post.case(1), await post.case(2)
    receiver.status = 422
    await post.happen(first)
    await run(post)
    receiver.status = 200
    await post.happen(first, second)
    await run(post)
    subjects = [orjson.loads(one.body)["data"]["subject"] for one in receiver.came]
    assert subjects == [f"appeal:{first}", f"appeal:{second}"]
    clock.forward(minutes=1)
    await run(post)
    assert [orjson.loads(one.body)["data"]["subject"] for one in receiver.came][2:] == [
        f"appeal:{first}"
    ] * 2
    assert numbers(receiver)[0] == numbers(receiver)[2]
    signatures = [one.headers["webhook-signature"] for one in receiver.came]
    assert signatures[0] != signatures[2]
    clock.forward(minutes=1)
    await post.happen(first)
    receiver.status = 400
    await run(post)
    clock.forward(days=5)
    await run(post)
    assert (await states(post.region))[-1] == MessageState.ABANDONED
    assert ["не принято за 5 дней" in one for one in await said(post)] == [True]


async def test_a_dead_receiver_delays_only_itself(
    post: Post, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "DEADLINE_SECONDS", 1.5)
    monkeypatch.setattr(delivery, "TICK_SECONDS", 0.05)
    case = await post.case(1)
    async with receiving() as dead:
        dead.hangs = True
        await post.hook(dead.url)
        await post.hook(receiver.url)
        await post.happen(case, case, case)
        began = time.monotonic()
        await run(post)
        assert time.monotonic() - began < 3.0  # one sending to the dead one, side by side
    assert len(receiver.came) == 3
    async with post.region.database.reading() as session:
        query = select(WebhookAttempt.fault, WebhookAttempt.milliseconds)
        rows = (await session.execute(query.order_by(WebhookAttempt.milliseconds))).all()
    assert [fault for fault, _ in rows] == [None, None, None, "Сервер не ответил: TimeoutError"]
    assert rows[2][1] < 1_400 <= rows[3][1]


async def test_days_of_failures_switch_off_with_a_notice_and_what_waits_goes_when_it_is_on_again(
    post: Post, receiver: Receiver, clock: FrozenClock
) -> None:
    keyed = await post.hook(receiver.url)
    case = await post.case(1)
    receiver.status = 500
    await post.happen(case)
    await run(post)
    assert await said(post) == []
    clock.forward(days=1)
    await run(post)
    assert ["не отвечает больше суток" in one for one in await said(post)] == [True]
    clock.forward(days=4)
    await run(post)
    hook = await hook_of(post.region)
    assert (hook.state, hook.reason) == (
        WebhookState.DISABLED,
        "Приёмник не отвечал 5 дней подряд",
    )
    assert await journal(post.region, "webhook.disabled") == [f"webhook:{hook.id}"]
    await post.happen(case)  # nothing is made for one that is off
    receiver.status, receiver.came = 200, []
    async with post.region.work(system()) as work:
        await enable(work, keyed.webhook.id)
    await run(post)
    assert len(receiver.came) == 1
    assert await said(post) == []


async def test_gone_is_taken_at_its_word(post: Post, receiver: Receiver) -> None:
    await post.hook(receiver.url)
    receiver.status = 410
    await post.happen(await post.case(1))
    await run(post)
    assert (await hook_of(post.region)).state == WebhookState.DISABLED
    assert ["410" in one for one in await said(post)] == [True]


async def test_a_redirect_is_not_followed_and_a_long_answer_not_read(
    post: Post, receiver: Receiver
) -> None:
    async with receiving() as inside:
        await post.hook(receiver.url)
        receiver.status, receiver.more = 302, f"Location: {inside.url}\r\n"
        await post.happen(await post.case(1))
        await run(post)
        assert inside.came == []
        assert await states(post.region) == [MessageState.WAITING]
    receiver.status, receiver.more, receiver.content = 200, "", b"x" * 1_000_000
    await post.happen(await post.case(2))
    await run(post)
    assert (await hook_of(post.region)).failures == 1


async def test_a_restored_copy_sends_nothing_and_gone_means_that_its_original_has_sent_it(
    post: Post, receiver: Receiver
) -> None:
    await post.hook(receiver.url)
    await post.happen(await post.case(1))
    async with post.region.work(system()) as work:
        arrival = Arrival(
            way=Way.RESTORED, source="копия", made_at=work.now, began_at=work.now,
            completed_at=work.now,
        )  # fmt: skip
        work.session.add(arrival)
    await run(post)
    assert receiver.came == []
    told = await waiting(post.region)
    assert told is not None
    assert told["сообщения вебхуков"] == {"appeal.escalated": 1}
    await release(post.region, Verdict.GONE)
    await post.happen(await post.case(2))
    await run(post)
    assert [orjson.loads(one.body)["data"]["subject"] for one in receiver.came] == ["appeal:2"]


async def test_it_is_sent_again_under_its_own_number(post: Post, receiver: Receiver) -> None:
    await post.hook(receiver.url)
    await post.happen(await post.case(1))
    await run(post)
    async with post.region.work(system()) as work:
        message = await work.session.scalar(select(WebhookMessage))
        assert message is not None
        await replay(work, message.id)
    await run(post)
    first, second = numbers(receiver)
    assert first == second
    assert await journal(post.region, "webhook.replayed") == ["webhook:1"]


async def test_what_was_finished_a_month_ago_is_forgotten(
    post: Post, receiver: Receiver, clock: FrozenClock
) -> None:
    await post.hook(receiver.url)
    await post.happen(await post.case(1))
    await run(post)
    clock.forward(days=31)
    await run(post)
    assert await states(post.region) == []
