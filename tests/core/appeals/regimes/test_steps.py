"""What is found out later: who wrote, that a message is an appeal, that it tells of an offence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.appeals.applicants.contact import Contact
from core.appeals.certificate import certify, verify
from core.appeals.identity import identify
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.offences import send_offence, tell_offence
from core.appeals.regime_change import change_regime
from core.appeals.rights.documents import add_document
from core.appeals.rights.withdrawal import Statement, withdraw
from core.appeals.rules.deadlines import DueDate
from core.appeals.rules.intake import Channel, Identification
from core.directory.model import Body
from core.kernel.access import ANONYMOUS, Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.law.merge import Layer
from core.law.rulebook import compile_rulebook
from tests.core.appeals.conftest import Desk
from tests.core.law.samples import act, clause

ALL = (Appeal, LedgerEntry, JournalEntry)
ESIA, EPGU, PAPER = Identification.ESIA, Identification.EPGU, Identification.PAPER
RECEPTION, NONE = Identification.RECEPTION, Identification.NONE
NOBODY = Contact(None, "anna@example.org")


async def terms(desk: Desk, appeal_id: int) -> dict[str, DueDate]:
    async with desk.work(desk.coordinator) as work:
        appeal = await work.session.get_one(Appeal, appeal_id)
        entries = pure(await read_entries(work, appeal_id))
        return {due.rule.key: due for due in deadlines_of(work, appeal, entries)}


@pytest.mark.clause("fz59/4.1", "fz59/12.1")
async def test_a_message_becomes_an_appeal_and_no_clock_is_set_back(desk: Desk) -> None:
    taken = await desk.take(channel="social-networks", contact=None)
    before = await desk.appeal(taken.appeal_id)
    assert (before.regime, before.due_rule) == ("message", "accelerated")
    first = before.received_at
    desk.clock.forward(days=10)
    async with desk.work(desk.coordinator) as work:
        await change_regime(work, taken.appeal_id, "letter", PAPER, "Заявитель прислал письмо")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.regime, appeal.regime_clause) == ("appeal", "fz59/4.1")
    assert (appeal.identified_by, appeal.identified_at) == ("paper", desk.now())
    assert (appeal.received_at, appeal.registered_at) == (first, desk.now())
    assert (await desk.facts(appeal.id))[3:] == ["regime_changed", "registered"]
    found = await terms(desk, appeal.id)
    assert found["accelerated"].due_at == before.due_at
    assert found["answer"].due_at == datetime(2026, 4, 11, 18, 59, 59, tzinfo=UTC)
    assert found["registration"].started_at == found["registration"].stopped_at == desk.now()
    assert (appeal.due_rule, appeal.due_at) == ("accelerated", before.due_at)
    changed = (await desk.ledger(appeal.id))[3]
    assert (changed.clause, changed.reason) == ("fz59/4.1", "Заявитель прислал письмо")
    assert changed.data == {
        "regime": "appeal", "regime_clause": "fz59/4.1", "identified_by": "paper",
        "channel": "letter",
    }  # fmt: skip


@pytest.mark.clause("fz59/12.1")
async def test_a_message_without_any_term_gets_that_of_an_appeal(desk: Desk) -> None:
    taken = await desk.take(channel="portal", contact=None, theme="culture")
    assert (await desk.appeal(taken.appeal_id)).due_at is None
    desk.clock.forward(days=100)
    async with desk.work(desk.coordinator) as work:
        await change_regime(work, taken.appeal_id, "portal", ESIA, "Подано через Единый портал")
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.regime, appeal.regime_clause) == ("appeal", "fz59/7.3")
    # changed on 10 June, local
    assert (appeal.due_rule, appeal.due_at) == (
        "answer", datetime(2026, 7, 10, 18, 59, 59, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("channel", "way", "known", "code"),
    [
        ("letter", "letter", PAPER, RefusalCode.REGIME_BY_LAW),
        ("social-networks", "hotline", NONE, RefusalCode.REGIME_BY_LAW),
        ("social-networks", "messengers", NONE, RefusalCode.REGIME_BY_LAW),
        ("social-networks", "portal", NONE, RefusalCode.REGIME_BY_LAW),
        ("social-networks", "e-mail", NONE, RefusalCode.REGIME_BY_LAW),
        ("social-networks", "letter", NONE, RefusalCode.REGIME_BY_LAW),
        ("social-networks", "letter", ESIA, RefusalCode.WRONG_IDENTIFICATION),
        ("social-networks", "pigeon", PAPER, RefusalCode.UNKNOWN_CHANNEL),
    ],
)
async def test_what_does_not_make_an_appeal(
    desk: Desk, channel: str, way: str, known: Identification, code: RefusalCode
) -> None:
    taken = await desk.take(channel=channel)
    await refused(desk, desk.coordinator, code, taken.appeal_id, way, known)


@pytest.mark.clause("fz59/4.1")
async def test_a_call_is_no_appeal_until_its_author_files_one(desk: Desk) -> None:
    """R51: whoever calls, and however often."""
    number = (await desk.take(channel="hotline")).appeal_id
    call = await desk.appeal(number)
    assert (call.regime, call.statute_due_at) == ("message", None)
    await refused(desk, desk.coordinator, RefusalCode.REGIME_BY_LAW, number, "hotline", NONE)
    async with desk.work(desk.coordinator) as work:
        await change_regime(work, number, "letter", PAPER, "Подал письмо вх. 7")
    filed = await desk.appeal(number)
    assert (filed.regime, filed.regime_clause) == ("appeal", "fz59/4.1")
    assert filed.statute_due_at == datetime(2026, 4, 1, 18, 59, 59, tzinfo=UTC)


async def test_a_line_that_knows_its_caller_makes_no_appeal_of_a_call(desk: Desk) -> None:
    """R51: whoever calls, known or not."""
    number, law = (await desk.take(channel="social-networks")).appeal_id, desk.region.rules
    line = law.get(Channel, "hotline", desk.now().date())
    known = replace(
        line, identifies=frozenset({ESIA}), clause=clause("line/1"), replaces=line.clause
    )
    layers = (*law.layers.values(), Layer("line", (known,), (act("line"),)))
    desk = replace(desk, region=replace(desk.region, rules=compile_rulebook(layers)))
    await refused(desk, desk.coordinator, RefusalCode.REGIME_BY_LAW, number, "hotline", ESIA)


async def test_only_those_who_may_change_the_regime_and_only_with_a_reason(desk: Desk) -> None:
    number = (await desk.take(channel="social-networks")).appeal_id
    forbidden, reasonless = RefusalCode.FORBIDDEN, RefusalCode.REASON_REQUIRED
    await refused(desk, desk.official, forbidden, number, "letter", PAPER)
    await refused(desk, ANONYMOUS, RefusalCode.UNAUTHENTICATED, number, "letter", PAPER)
    await refused(desk, desk.coordinator, reasonless, number, "letter", PAPER, " ")
    async with desk.work(desk.coordinator) as work:
        await withdraw(work, number, Statement(work.today, "вх. 7"))
    await refused(desk, desk.coordinator, RefusalCode.WRONG_STATE, number, "letter", PAPER)


async def refused(
    desk: Desk,
    actor: Actor,
    code: RefusalCode,
    number: int,
    way: str,
    known: Identification,
    reason: str = "Письмо",
) -> None:
    before = await desk.rows(*ALL)
    with pytest.raises(Refusal) as caught:
        async with desk.work(actor) as work:
            await change_regime(work, number, way, known, reason)
    assert caught.value.code is code
    assert await desk.rows(*ALL) == before


@pytest.mark.clause("fz59/7.3")
async def test_the_strongest_identification_is_kept_from_its_day(desk: Desk) -> None:
    number = (await desk.take(channel="portal", contact=None)).appeal_id
    days = []
    for how in (EPGU, PAPER, ESIA, EPGU):
        desk.clock.forward(days=1)
        async with desk.work(desk.coordinator) as work:
            await identify(work, number, how, "Проверка")
        days.append(desk.now())
    appeal = await desk.appeal(number)
    assert (appeal.identified_by, appeal.identified_at) == ("esia", days[2])
    assert appeal.regime == "message"
    rows = [row for row in await desk.ledger(number) if row.fact == "identified"]
    assert [row.data["identified_by"] for row in rows] == ["epgu", "paper", "esia", "epgu"]
    assert [row.at for row in rows] == days
    assert {row.actor for row in rows} == {"coordinator"}


@pytest.mark.clause("fz59/11.1")
async def test_whoever_is_found_out_is_owed_an_answer_from_that_day(desk: Desk) -> None:
    number = (await desk.take(contact=NOBODY, theme="culture")).appeal_id
    assert (await desk.appeal(number)).due_at is None
    desk.clock.forward(days=40)
    async with desk.work(desk.coordinator) as work:
        await identify(work, number, RECEPTION, "Пришёл на личный приём")
    appeal = await desk.appeal(number)
    # found out on 11 April, local
    assert (appeal.unanswered_by, appeal.due_rule) == (None, "answer")
    assert appeal.due_at == datetime(2026, 5, 11, 18, 59, 59, tzinfo=UTC)


async def test_a_certificate_of_each_of_these_is_recomputed_offline(desk: Desk) -> None:
    message = (await desk.take(channel="social-networks", external_id="с")).appeal_id
    nobody = (await desk.take(contact=NOBODY, external_id="а", offence=True)).appeal_id
    found_out = (await desk.take(contact=NOBODY, external_id="у")).appeal_id
    desk.clock.forward(days=3)
    async with desk.work(desk.coordinator) as work:
        await change_regime(work, message, "letter", PAPER, "Письмо")
        await identify(work, found_out, ESIA, "Личный кабинет")
        for number, terms_of in (
            (message, {"accelerated", "answer", "registration", "promised"}),
            (nobody, {"registration", "offence-forwarding", "promised"}),
            (found_out, {"accelerated", "answer", "registration", "promised"}),
        ):
            appeal = await work.session.get_one(Appeal, number)
            text = certify(work, appeal, pure(await read_entries(work, number)))
            found = verify(text, work.rules, work.keys, work.calendar)
            assert {due["rule"] for due in found.deadlines} == terms_of


@pytest.mark.parametrize(
    ("how", "reason", "code"),
    [
        (NONE, "Проверка", RefusalCode.WRONG_IDENTIFICATION),
        (ESIA, " ", RefusalCode.REASON_REQUIRED),
    ],
)
async def test_an_identification_must_be_one(
    desk: Desk, how: Identification, reason: str, code: RefusalCode
) -> None:
    number = (await desk.take()).appeal_id
    before = await desk.rows(*ALL)
    for actor, expected in ((desk.coordinator, code), (desk.official, RefusalCode.FORBIDDEN)):
        with pytest.raises(Refusal) as caught:
            async with desk.work(actor) as work:
                await identify(work, number, how, reason)
        assert caught.value.code is expected
    assert await desk.rows(*ALL) == before


@pytest.mark.clause("fz59/11.1", "fz59/8.3")
async def test_an_offence_told_is_sent_on_in_seven_days(desk: Desk) -> None:
    number = (await desk.take(contact=NOBODY, offence=True)).appeal_id
    assert await desk.facts(number) == ["received", "registered", "routed", "offence_told"]
    duty = (await terms(desk, number))["offence-forwarding"]
    due_at = datetime(2026, 3, 9, 18, 59, 59, tzinfo=UTC)
    assert (duty.due_at, duty.stopped_at) == (due_at, None)
    assert duty.breached_at(due_at) is None
    assert duty.breached_at(due_at + timedelta(seconds=1)) == due_at
    async with desk.work(desk.coordinator) as work:
        await send_offence(work, number, "agency", "Составление протокола")
    duty = (await terms(desk, number))["offence-forwarding"]
    assert duty.stopped_at == desk.now()
    assert (await desk.ledger(number))[-1].body == "agency"
    assert (await desk.appeal(number)).body_id == await desk.body_id("ministry")


@pytest.mark.clause("fz59/11.1", "fz59/8.6")
async def test_an_offence_is_sent_only_where_it_may_be(desk: Desk) -> None:
    silent = (await desk.take(external_id="без")).appeal_id
    about = (await desk.take(external_id="о", complained_body="agency", offence=True)).appeal_id
    before = await desk.rows(*ALL)
    for number, actor, code in (
        (silent, desk.coordinator, RefusalCode.WRONG_STATE),
        (about, desk.coordinator, RefusalCode.BODY_COMPLAINED_OF),
        (about, desk.official, RefusalCode.FORBIDDEN),
    ):
        with pytest.raises(Refusal) as caught:
            async with desk.work(actor) as work:
                await send_offence(work, number, "agency", "Проверка")
        assert caught.value.code is code
    assert await desk.rows(*ALL) == before
    async with desk.work(desk.coordinator) as work:
        await tell_offence(work, silent, "Автор пишет о краже")
    assert "offence-forwarding" in await terms(desk, silent)


@pytest.mark.clause("fz59/11.1")
async def test_facts_of_an_offence_are_told_once_and_go_to_organs_of_the_state(desk: Desk) -> None:
    """To each of them once; anew where the author has added something."""
    async with desk.work(system()) as work:
        work.session.add(Body(key="town", name="Администрация города", kind="municipal"))
    number = (await desk.take(offence=True)).appeal_id
    for to, code in (
        ("", RefusalCode.WRONG_STATE), ("town", RefusalCode.INVALID), ("agency", None),
        ("agency", RefusalCode.INVALID), ("", RefusalCode.WRONG_STATE), ("ministry", None),
        ("фото", None), ("", None), ("", RefusalCode.WRONG_STATE), ("agency", None),
    ):  # fmt: skip
        before, done = await desk.rows(*ALL), None
        try:
            async with desk.work(system()) as work:
                if to == "фото":
                    await add_document(work, number, to, "дело 1")
                elif to:
                    await send_offence(work, number, to, "Проверка")
                else:
                    await tell_offence(work, number, "Автор пишет о краже")
        except Refusal as refusal:
            done = refusal.code
        assert (done, await desk.rows(*ALL) == before) == (code, code is not None), to


@pytest.mark.clause("fz59/11.1", "fz59/8.3")
async def test_an_offence_noted_late_has_its_seven_days_from_the_registration(desk: Desk) -> None:
    number = (await desk.take(contact=NOBODY)).appeal_id
    desk.clock.forward(hours=24 * 5)
    async with desk.work(desk.coordinator) as work:
        await tell_offence(work, number, "Автор пишет о краже")
    duty = (await terms(desk, number))["offence-forwarding"]
    assert duty.due_at == datetime(2026, 3, 9, 18, 59, 59, tzinfo=UTC)
    assert duty.steps[1] == "отметка сделана позже, сведения поступили раньше (регистрация)"
