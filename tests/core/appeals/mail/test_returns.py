"""What comes back: each report brings its one notice into a state, and with it its answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.appeals.delivery.another_way import NextStep, next_steps, send_another_way
from core.appeals.delivery.dispatches import NewDispatch
from core.appeals.delivery.model import Dispatch
from core.appeals.delivery.outcomes import deliver, resend, undeliver
from core.appeals.delivery.recalls import recall
from core.appeals.delivery.reports import Report, tell
from core.appeals.delivery.status import words_of
from core.appeals.handover import transfer
from core.appeals.mail.accounts import read_report
from core.appeals.mail.addresses import appeal_of_address, appeal_of_message, token_of
from core.appeals.mail.returns import take_reply, take_report
from core.appeals.notices.model import Notice
from core.appeals.notices.states import NoticeState, is_news
from core.appeals.rules.signatures import Way
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from tests.core.appeals.dispatch_steps import done, listed, posted, proved, rows_of
from tests.core.appeals.mail.conftest import BY_MAIL, Post
from tests.core.appeals.mail.reports import RETURN, TOKEN, dsn, plain, receipt
from tests.core.appeals.test_handover import refused as refused_step
from tests.fixtures.answers import POSTED

S = NoticeState
EXIM = (
    "A message that you sent could not be delivered to one or more of its recipients. This is a"
    " permanent error. The following address(es) failed:\n\n  anna@example.org\n    unrouteable"
)
QMAIL = (
    "Hi. This is the qmail-send program. I'm afraid I wasn't able to deliver your message to the"
    " following addresses. This is a permanent error; I've given up. Sorry it didn't work out."
)
WAITING = (
    "A message that you sent has not yet been delivered to one or more of its recipients after"
    " more than 24 hours. No action is required on your part."
)


@pytest.mark.parametrize(
    ("raw", "state", "status"),
    [
        (dsn(("delivered", "2.0.0")), S.CONFIRMED, "2.0.0"),
        (dsn(("relayed", "2.0.0")), S.TAKEN, "2.0.0"),
        (dsn(("expanded", "2.1.5")), S.TAKEN, "2.1.5"),
        (dsn(("delayed", "4.4.1")), S.DELAYED, "4.4.1"),
        (dsn(("failed", "5.1.1")), S.RETURNED, "5.1.1"),
        (dsn(("Failed (permanently)", "5.2.2 (full)")), S.RETURNED, "5.2.2"),
        (dsn(("failed", "5.1.1"), ("delivered", "2.0.0")), S.CONFIRMED, "2.0.0"),
        (dsn(("delayed", "4.4.1"), ("failed", "5.4.7")), S.RETURNED, "5.4.7"),
        (dsn(("eaten", "5.1.1")), None, None),
        (receipt("manual-action/MDN-sent-manually; displayed"), S.CONFIRMED, None),
        (receipt("automatic-action/MDN-sent-automatically; deleted"), S.TAKEN, None),
        (receipt("automatic-action/MDN-sent-automatically; processed/error"), S.TAKEN, None),
        (plain(EXIM, "Mail delivery failed: returning message to sender"), S.RETURNED, None),
        (plain(QMAIL, "failure notice"), S.RETURNED, None),
        (plain(WAITING, "Warning: message 1abc delayed 24 hours"), S.DELAYED, None),
        (plain("host mx.example said: 550 5.1.1 <anna@example.org> rejected"), S.RETURNED, "5.1.1"),
        (plain("said: 552 mailbox is full"), S.RETURNED, "5.0.0"),
        (plain("Не удалось доставить письмо: ящик переполнен", charset="koi8-r"), S.RETURNED, None),
        (plain("Письмо пока не доставлено", charset="windows-1251"), S.DELAYED, None),
        (plain("Спасибо, всё получила."), None, None),
        (b"", None, None),
        (b"\xff\x00" * 50, None, None),
    ],
)  # fmt: skip
def test_what_a_report_says(raw: bytes, state: S | None, status: str | None) -> None:
    heard = read_report(raw)
    assert (heard.state, heard.status) == (state, status)


def test_a_report_is_known_by_its_token_wherever_it_stands() -> None:
    tokens = [
        {token_of(one) for one in read_report(raw).addresses} - {None}
        for raw in (
            dsn(("failed", "5.1.1")),
            dsn(("failed", "5.1.1"), to=RETURN.upper()),
            dsn(("failed", "5.1.1"), to="postmaster@region.example", envelope=TOKEN),
            plain(f"Return-path: <{RETURN}>", to="postmaster@region.example"),
        )
    ]
    assert tokens == [{TOKEN}] * 4
    by_id = read_report(dsn(("failed", "5.1.1"), to="x@region.example", message="<1@region>"))
    assert by_id.messages == ("<1@region>",)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.1", "такого почтового ящика нет (5.1.1)"),
        ("4.2.2", "почтовый ящик переполнен (4.2.2)"),
        ("5.2.9", "почтовый ящик не принял письмо (5.2.9)"),
        ("5.9.9", "причина не названа (5.9.9)"),
        ("anna@example.org", "причина не названа"),
        (None, "причина не названа"),
    ],
)
def test_words_of_a_code(status: str | None, words: str) -> None:
    assert words_of(status) == words


def test_only_what_is_news_changes_a_notice() -> None:
    told = {one: {other for other in S if is_news(other, one)} for one in S}
    waits = {S.WRITTEN, S.HANDING, S.UNCERTAIN}
    assert told[S.HANDED] == waits | {S.FAILED}
    assert told[S.TAKEN] == waits | {S.FAILED, S.HANDED, S.DELAYED}
    assert told[S.CONFIRMED] == set(S) - {S.CONFIRMED, S.RECALLED}
    assert told[S.DELAYED] == waits | {S.FAILED, S.HANDED}
    assert told[S.RETURNED] == waits | {S.FAILED, S.HANDED, S.TAKEN, S.DELAYED}
    assert told[S.FAILED] == waits
    assert [one for one in (S.WRITTEN, S.HANDING, S.UNCERTAIN, S.RECALLED) if told[one]] == []


async def sent(post: Post) -> tuple[int, str]:
    """An answer that the relay has: its appeal and its return address."""
    appeal_id = await post.answered()
    await post.run()
    return appeal_id, f"otvet+{(await post.notice()).token}@region.example"


async def heard(post: Post, raw: bytes) -> int | None:
    async with post.desk.work(system()) as work:
        return await take_report(work, raw, work.now)


@pytest.mark.clause("tsur.practice/lifecycle.deliver")
async def test_delayed_then_delivered_is_delivered_once(post: Post) -> None:
    appeal_id, address = await sent(post)
    assert (await post.desk.facts(appeal_id))[-1] == "answered"
    assert await heard(post, dsn(("delayed", "4.4.1"), to=address)) == appeal_id
    notice = await post.notice()
    assert (notice.state, notice.status) == ("delayed", "4.4.1")
    assert (await post.desk.facts(appeal_id))[-1] == "answered"
    for _ in range(2):
        assert await heard(post, dsn(("delivered", "2.0.0"), to=address)) == appeal_id
    assert (await post.notice()).state == "confirmed"
    assert (await post.desk.facts(appeal_id))[-2:] == ["answered", "delivered"]
    assert await heard(post, dsn(("failed", "5.1.1"), to=address)) == appeal_id
    assert (await post.notice()).state == "confirmed"
    await proved(post.desk)


@pytest.mark.clause("tsur.practice/lifecycle.deliver")
async def test_a_return_goes_another_way_and_leaves_the_list(post: Post) -> None:
    appeal_id, address = await sent(post)
    post.desk.clock.forward(hours=3)
    assert await heard(post, dsn(("failed", "5.1.1"), to=address)) == appeal_id
    notice = await post.notice()
    assert (notice.state, next_steps(notice)) == ("returned", [NextStep.ADDRESS, NextStep.PAPER])
    assert await listed(post.desk, undelivered=True) == [appeal_id]
    row = (await post.desk.ledger(appeal_id))[-1]
    assert (row.fact, row.reason) == ("undelivered", "такого почтового ящика нет (5.1.1)")
    await proved(post.desk)
    new = NewDispatch(
        Way.ELECTRONIC, address="anna@new.example", address_ground="звонок 02.03.2026"
    )
    async with post.desk.work(post.desk.official) as work:
        with pytest.raises(Refusal) as refused:
            await send_another_way(work, notice.id, NewDispatch(Way.ELECTRONIC, address="b@c.de"))
        assert refused.value.code is RefusalCode.WRONG_ADDRESS
    async with post.desk.work(post.desk.official) as work:
        anew = await send_another_way(work, notice.id, new)
        assert (anew.state, anew.id) == ("written", notice.id + 1)
    await post.run()
    assert post.relay.taken[-1].recipient.startswith("RCPT TO:<anna@new.example> ")
    first, second = await post.notices()
    assert (first.replaced_by_id, next_steps(first)) == (second.id, [])
    assert second.token != first.token
    assert (await post.desk.facts(appeal_id))[-2:] == ["undelivered", "resent"]
    assert await listed(post.desk, undelivered=True) == []
    await heard(post, dsn(("failed", "5.1.1"), to=address))
    assert (await post.desk.facts(appeal_id))[-1] == "resent"
    await proved(post.desk)


async def test_what_nobody_knew_is_sent_once_it_comes_back_or_goes_on_paper(post: Post) -> None:
    appeal_id = await post.answered()
    post.relay.to_letter = lambda: "dies"
    await post.run()
    notice = await post.notice()
    assert (notice.state, next_steps(notice)) == ("uncertain", list(NextStep))
    async with post.desk.work(post.desk.official) as work:
        await send_another_way(work, notice.id, POSTED)
    first, second = await post.notices()
    assert (first.replaced_by_id, second.state, second.number) == (
        second.id,
        "handed",
        "реестр № 1",
    )
    assert (await post.desk.appeal(appeal_id)).state == "answered"
    other = await post.answered(external_id="п-2")
    await post.run()
    third = (await post.notices())[-1]
    address = f"otvet+{third.token}@region.example"
    assert await heard(post, dsn(("failed", "5.1.1"), to=address)) == other
    assert (await post.desk.facts(other))[-2:] == ["answered", "undelivered"]
    await proved(post.desk)


async def test_what_is_of_no_letter_of_ours_changes_nothing(post: Post) -> None:
    appeal_id, _ = await sent(post)
    stranger = dsn(("failed", "5.1.1"), to="otvet+zzzzzzzzzzzzzzzz@region.example")
    assert await heard(post, stranger) is None
    assert ((await post.notice()).state, (await post.desk.facts(appeal_id))[-1]) == (
        "handed", "answered",
    )  # fmt: skip


async def test_a_reply_confirms_and_finds_its_case(post: Post) -> None:
    appeal_id, address = await sent(post)
    message = (await post.notice()).message_id or ""
    async with post.desk.work(system()) as work:
        assert await appeal_of_address(work, f"Центр <{address}>") == appeal_id
        assert await appeal_of_message(work, message.strip("<>")) == appeal_id
        assert await appeal_of_message(work, "<other@region.example>") is None
        assert await take_reply(work, message, work.now) == appeal_id
    assert (await post.notice()).state == "confirmed"
    assert (await post.desk.facts(appeal_id))[-1] == "delivered"


async def test_an_adapter_tells_the_same_states(post: Post) -> None:
    await post.desk.take(channel="letter", external_id="п-3")
    appeal_id, _ = await sent(post)
    number = (await post.notice()).id
    told = Report(S.TAKEN, post.desk.now() + timedelta(minutes=1))
    async with post.desk.work(system()) as work:
        await tell(work, {number: told})
    assert (await post.notice()).state == "taken"
    for state, code in ((S.WRITTEN, RefusalCode.INVALID), (S.RECALLED, RefusalCode.INVALID)):
        async with post.desk.work(system()) as work:
            with pytest.raises(Refusal) as refused:
                await tell(work, {number: Report(state, work.now)})
            assert refused.value.code is code
    assert len([row for row in await rows_of(post.desk, Notice) if isinstance(row, Notice)]) == 1
    assert len(await rows_of(post.desk, Dispatch)) == 1
    assert (await post.desk.facts(appeal_id))[-1] == "answered"


async def test_what_is_known_of_paper_is_known_of_its_notice(post: Post) -> None:
    appeal_id = await posted(post.desk)
    notice = await post.notice()
    assert (notice.state, notice.number) == ("handed", "реестр № 1")
    await done(post.desk, post.desk.official, lambda w, i: undeliver(w, i, "выбыл"), appeal_id)
    notice = await post.notice()
    assert (notice.state, next_steps(notice)) == ("returned", [NextStep.ADDRESS, NextStep.PAPER])
    await done(post.desk, post.desk.official, lambda w, i: resend(w, i, POSTED), appeal_id)
    await done(post.desk, post.desk.official, lambda w, i: deliver(w, i, "расписка"), appeal_id)
    first, second = await post.notices()
    assert (first.replaced_by_id, second.state) == (second.id, "confirmed")
    assert (await post.desk.facts(appeal_id))[-3:] == ["undelivered", "resent", "delivered"]


async def test_another_way_taken_back_is_in_the_list_again(post: Post) -> None:
    appeal_id, address = await sent(post)
    await heard(post, dsn(("failed", "5.1.1"), to=address))
    number = (await post.notice()).id
    new = NewDispatch(Way.ELECTRONIC, address="b@new.example", address_ground="звонок 02.03.2026")
    async with post.desk.work(post.desk.official) as work:
        await send_another_way(work, number, new)
    await done(post.desk, post.desk.chief, lambda w, i: recall(w, i, "не тот адрес"), appeal_id)
    first, second = await post.notices()
    assert (first.replaced_by_id, second.state) == (None, "recalled")
    await post.run()
    assert len(post.relay.taken) == 1
    assert (await post.desk.appeal(appeal_id)).undelivered
    await proved(post.desk)


async def test_a_notice_that_is_no_answer_goes_another_way_by_itself(post: Post) -> None:
    taken = await post.desk.take(**BY_MAIL)
    await done(
        post.desk,
        post.desk.chief,
        lambda w, i: transfer(w, i, "agency", "не наше"),
        taken.appeal_id,
    )
    post.relay.to_recipient = lambda _: "550 5.1.1 nobody"
    await post.run(minutes=0)
    notice = await post.notice()
    assert (notice.kind, notice.state) == ("forwarded", "failed")
    facts = await post.desk.facts(taken.appeal_id)
    async with post.desk.work(post.desk.stranger) as work:
        anew = await send_another_way(work, notice.id, POSTED)
        assert (anew.kind, anew.text, anew.number) == ("forwarded", notice.text, "реестр № 1")
    assert (await post.desk.facts(taken.appeal_id)) == facts
    refusal = await refused_step(
        post.desk, post.desk.stranger, lambda w, i: send_another_way(w, i, POSTED), notice.id
    )
    assert refusal.code is RefusalCode.NOT_FOUND
