"""Letters handed to a relay: each once, whatever the relay does, and one alarm where it is dead."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from core.appeals.delivery.recalls import recall
from core.appeals.mail import outbox
from core.appeals.mail.addresses import token_of
from core.appeals.mail.sender import run_mail
from core.appeals.words import word_of
from core.kernel.codes import RefusalCode
from core.kernel.incidents.model import Incident
from core.kernel.queue import JobState
from core.worker.runs import run_job
from tests.core.appeals.dispatch_steps import DRAFT, done, proved
from tests.core.appeals.mail.conftest import Post
from tests.core.appeals.test_handover import refused
from tests.core.appeals.world import WRITER
from tests.core.worker.rows import queue
from tests.fixtures.relays import DIES

FULL, GREY, NOBODY = "452 4.2.2 full", "451 4.7.1 greylisted", "550 5.1.1 no such user"


@pytest.mark.clause("tsur.practice/lifecycle.deliver", "fz59/10.4")
async def test_a_letter_goes_once_and_is_all_that_it_should_be(post: Post) -> None:
    appeal_id = await post.answered()
    await run_mail(post.desk.region, {})
    assert post.relay.heard == []
    await post.run()
    await post.run()
    (taken,), notice = post.relay.taken, await post.notice()
    assert (notice.state, notice.sent_at is not None) == ("handed", True)
    appeal = await post.desk.appeal(appeal_id)
    assert (appeal.state, appeal.answered_at) == ("answered", notice.sent_at)
    row, vault = (await post.desk.ledger(appeal_id))[-1], post.desk.region.sealing.vault
    assert word_of(vault, row.data, "proven_by") == notice.message_id
    letter = taken.message
    assert taken.header("To") == "Пробная Анна Ивановна <anna@example.org>"
    assert taken.header("From") == "Центр управления полигоном <otvet@region.example>"
    assert taken.header("Subject") == f"Ответ на сообщение № {appeal.number}"
    assert (letter["Auto-Submitted"], letter["Message-ID"]) == (
        "auto-generated", notice.message_id,
    )  # fmt: skip
    assert letter.get_content_type() == "text/plain"
    text, _, link = letter.get_content().replace("\r\n", "\n").rpartition("\n\n")
    assert text == notice.text
    page = re.escape("http://127.0.0.1:8000/polygon/s/")
    assert re.fullmatch(rf"Ход рассмотрения, ответ и оценка: {page}[\w-]{{43}}\n", link)
    assert DRAFT.text in letter.get_content()
    assert taken.content.isascii()
    assert max(len(line) for line in taken.content.split(b"\r\n")) <= 78
    assert (letter["Disposition-Notification-To"], letter["Return-Receipt-To"]) == (None, None)
    token = token_of(str(letter["Reply-To"]))
    assert token == notice.token
    assert taken.sender == f"MAIL FROM:<otvet+{token}@region.example> RET=HDRS ENVID={token}"
    assert taken.recipient == (
        "RCPT TO:<anna@example.org> NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;anna@example.org"
    )
    assert await post.told() == ["notice.handing", "notice.handed"]
    await proved(post.desk)


async def test_a_relay_without_dsn_is_asked_for_none(post: Post) -> None:
    post.relay.offers = ("8BITMIME",)
    await post.answered()
    await post.run()
    assert post.relay.taken[0].recipient == "RCPT TO:<anna@example.org>"
    assert (await post.notice()).state == "handed"


@pytest.mark.parametrize(
    ("at", "reply", "state", "status"),
    [
        ("recipient", GREY, "written", "4.7.1"),
        ("recipient", FULL, "written", "4.2.2"),
        ("letter", "452 later", "written", "4.0.0"),
        ("letter", "421 4.3.2 going down", "written", "4.3.2"),
        ("recipient", NOBODY, "failed", "5.1.1"),
        ("letter", "554 5.6.0 no", "failed", "5.6.0"),
        ("recipient", "554 5.7.1 relaying denied", "written", "5.7.1"),
    ],
)  # fmt: skip
async def test_what_a_relay_refuses(
    post: Post, at: str, reply: str, state: str, status: str
) -> None:
    appeal_id = await post.answered()
    setattr(post.relay, f"to_{at}", lambda *_: reply)
    await post.run()
    notice = await post.notice()
    assert (notice.state, notice.status, notice.attempts) == (state, status, 1)
    assert (notice.sent_at, post.relay.taken) == (None, [])
    assert (await post.desk.appeal(appeal_id)).state == "in_work"
    rules = [("mail/rules", 1, True)] if ".7." in status else []
    assert await post.alarms() == rules
    if state == "written":
        setattr(post.relay, f"to_{at}", lambda *_: "250 2.0.0 ok")
        await post.run(minutes=4)
        assert post.relay.taken == []
        await post.run(minutes=2)
        assert ((await post.notice()).state, len(post.relay.taken)) == ("handed", 1)


async def test_temporary_refusals_end_and_pauses_grow(post: Post) -> None:
    await post.answered()
    post.relay.to_recipient = lambda _: FULL
    for _ in range(outbox.MOST_ATTEMPTS):
        await post.run(minutes=241)
    notice = await post.notice()
    assert (notice.state, notice.status) == ("failed", "4.2.2")
    told = [outbox.pause(number).total_seconds() / 60 for number in range(1, 9)]
    assert told == [5, 10, 20, 40, 80, 160, 240, 240]


async def test_a_dead_relay_is_one_alarm_and_ends_by_itself(post: Post) -> None:
    for number in range(3):
        await post.answered(external_id=f"п-{number}")
    dead = replace(post.desk.region, own=post.desk.region.own.model_copy(update={"smtp_port": 1}))
    post.desk.clock.forward(minutes=6)
    for _ in range(2):
        await run_mail(dead, {})
    assert await post.alarms() == [("mail/relay", 2, True)]
    assert [(one.state, one.attempts) for one in await post.notices()] == [("written", 0)] * 3
    await post.run()
    assert await post.alarms() == [("mail/relay", 2, False)]
    assert len(post.relay.taken) == 3


@pytest.mark.parametrize("at", ["sender", "recipient"])
async def test_a_relay_that_dies_before_data_has_no_letter(post: Post, at: str) -> None:
    await post.answered()
    setattr(post.relay, f"to_{at}", lambda *_: DIES)
    await post.run()
    assert ((await post.notice()).state, await post.alarms()) == (
        "written", [("mail/relay", 1, True)],
    )  # fmt: skip
    setattr(post.relay, f"to_{at}", lambda *_: "250 ok")
    await post.run(minutes=1)
    assert ((await post.notice()).state, len(post.relay.taken)) == ("handed", 1)


async def test_what_may_have_gone_is_never_doubled_silently(post: Post) -> None:
    appeal_id = await post.answered()
    post.relay.to_letter = lambda: DIES
    await post.run()
    post.relay.to_letter = lambda: "250 ok"
    for _ in range(3):
        await post.run(minutes=60)
    notice = await post.notice()
    assert (notice.state, notice.sent_at, post.relay.taken) == ("uncertain", None, [])
    assert sorted(key for key, _, _ in await post.alarms()) == ["mail/relay", "mail/uncertain"]
    assert (await post.desk.appeal(appeal_id)).state == "in_work"
    assert await post.told() == ["notice.handing", "notice.uncertain"]


async def test_a_sender_that_dies_leaves_a_lease_or_a_doubt(post: Post) -> None:
    await post.answered()
    post.desk.clock.forward(minutes=6)
    region = post.desk.region
    assert (letter := await outbox.take_in_hand(region)) is not None
    await post.run(minutes=1)
    assert post.relay.taken == []
    await post.run(minutes=11)
    assert len(post.relay.taken) == 1
    assert not await outbox.commit_to(region, letter)
    await post.answered(external_id="п-2")
    post.desk.clock.forward(minutes=6)
    assert (letter := await outbox.take_in_hand(region)) is not None
    assert await outbox.commit_to(region, letter)
    await post.run(minutes=11)
    assert [one.state for one in await post.notices()] == ["handed", "uncertain"]
    assert len(post.relay.taken) == 1


async def test_a_letter_taken_back_while_it_is_in_hand_does_not_leave(post: Post) -> None:
    appeal_id = await post.answered()
    desk, relay = post.desk, post.relay
    desk.clock.forward(minutes=6)
    letter = await outbox.take_in_hand(desk.region)
    assert letter is not None
    await done(desk, desk.chief, lambda w, i: recall(w, i, "опечатка"), appeal_id)
    assert not await outbox.commit_to(desk.region, letter)
    await post.run()
    assert (relay.taken, (await post.notice()).state) == ([], "recalled")
    refusal = await refused(desk, desk.chief, lambda w, i: recall(w, i, "ещё раз"), appeal_id)
    assert refusal.code is RefusalCode.WRONG_STATE


async def test_who_has_no_address_fails_and_the_others_go(post: Post) -> None:
    contact = replace(WRITER, contact="+7 900 000-00-00")
    await post.answered(external_id="п-0", contact=contact)
    await post.answered()
    await post.run()
    assert [(one.state, one.status) for one in await post.notices()] == [
        ("failed", "5.1.3"), ("handed", None),
    ]  # fmt: skip
    assert len(post.relay.taken) == 1


async def test_names_and_domains_of_other_letters_reach_the_relay_in_ascii(post: Post) -> None:
    name = 'Пробная-Очень-Длинная-Фамилия, Анна "Ивановна"\r\nBcc: evil@example.org'
    contact = replace(WRITER, name=name, contact="anna@почта.рф")
    await post.answered(contact=contact)
    await post.run()
    (taken,) = post.relay.taken
    assert taken.recipient.startswith("RCPT TO:<anna@xn--80a1acny.xn--p1ai> ")
    assert taken.message["Bcc"] is None
    shown = name.replace("\r\n", " ")
    assert taken.named == shown


async def test_no_log_carries_a_person(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    await post.answered()
    for reply in (GREY, DIES, NOBODY):
        post.relay.to_recipient = lambda _, reply=reply: reply  # type: ignore[misc]
        await post.run(minutes=30)
    said = caplog.text + str(await post.alarms())
    assert (await post.notice()).state == "failed"
    assert [one for one in ("anna", "Пробная", "дорог") if one in said] == []


async def test_a_relay_that_asks_who_sends_is_told_and_its_no_is_one_alarm(post: Post) -> None:
    post.relay.offers = ("AUTH PLAIN",)
    secret = SecretStr("Zq9secret")
    told = {"smtp_user": "otvet", "smtp_password": secret}
    region = replace(post.desk.region, own=post.desk.region.own.model_copy(update=told))
    post = replace(post, desk=replace(post.desk, region=region))
    await post.answered()
    post.relay.to_login = lambda: "535 5.7.8 bad credentials"
    await post.run()
    assert await post.alarms() == [("mail/relay", 1, True)]
    async with post.desk.region.database.reading() as session:
        text = await session.scalar(select(Incident.text))
    assert text is not None
    assert "не пускает (535): проверьте SMTP_USER и SMTP_PASSWORD" in text
    assert "Zq9" not in text
    post.relay.to_login = lambda: "235 2.7.0 ok"
    await post.run(minutes=1)
    plain = b64encode(b"\0otvet\0Zq9secret").decode()
    assert f"AUTH PLAIN {plain}" in post.relay.heard
    assert ((await post.notice()).state, len(post.relay.taken)) == ("handed", 1)


async def test_the_worker_runs_the_job_once(post: Post) -> None:
    await post.answered()
    post.desk.clock.forward(minutes=6)
    region = post.desk.region
    number = await queue(region, "mail.send")
    assert await run_job(region, number) is JobState.DONE
    assert await run_job(region, number) is None
    assert ((await post.notice()).state, len(post.relay.taken)) == ("handed", 1)
