"""Taking in: idempotence, numbering, views, secrecy, and every refusal that writes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.applicants.service import read_contact
from core.appeals.intake.service import Status, TakenIn, take_in, take_in_many
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.intake import ApplicantKind, Identification, Residence
from core.kernel.access import ANONYMOUS
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import LETTER, Desk

FEB = datetime(2026, 2, 1, tzinfo=UTC)
ALL = (Appeal, LedgerEntry, Applicant, JournalEntry)
DIGEST = "9991f0af7ca7beed080d9859c9e76fb2e8e5598cfa8bbc7fe97465b976ed88c4"


async def test_an_appeal_is_registered_routed_and_due(desk: Desk) -> None:
    taken = await desk.take()
    appeal = await desk.appeal(taken.appeal_id)
    assert taken == TakenIn(Status.ADDED, appeal.id, "ПЛ-2026-000001", routed=True)
    assert appeal.body_id == await desk.body_id("ministry")
    assert (appeal.state, appeal.regime, appeal.block) == ("assigned", "appeal", "roads")
    assert await desk.facts(appeal.id) == ["received", "registered", "routed"]
    assert appeal.due_at == datetime(2026, 4, 1, 18, 59, 59, tzinfo=UTC)
    assert appeal.due_rule == "accelerated"


async def test_a_repeat_adds_nothing_and_a_changed_one_is_reported(desk: Desk) -> None:
    first = await desk.take()
    before = await desk.rows(*ALL)
    again = await desk.take()
    changed = await desk.take(text="Ямы больше нет.")
    assert again == replace(first, status=Status.KNOWN)
    assert changed == replace(first, status=Status.DIFFERING, difference=("text",))
    assert await desk.rows(*ALL) == before
    assert (await desk.appeal(first.appeal_id)).text == LETTER.text


async def test_many_are_taken_in_their_order_and_a_bad_one_spares_the_others(desk: Desk) -> None:
    news = [LETTER, LETTER._replace(external_id="п-2", text=" "), LETTER]
    news.append(LETTER._replace(external_id="п-3"))
    async with desk.work(desk.coordinator) as work:
        results = await take_in_many(work, news)
    kinds = [r.code if isinstance(r, Refusal) else r.status for r in results]
    assert kinds == [Status.ADDED, RefusalCode.TEXT_EMPTY, Status.KNOWN, Status.ADDED]
    assert await desk.rows(Appeal) == 2


async def test_numbers_have_no_gaps_and_count_by_year(desk: Desk) -> None:
    old = datetime(2025, 12, 31, 18, tzinfo=UTC)
    await desk.take()
    await desk.take(external_id="п-2", registered_at=old, received_at=old)
    await desk.take(external_id="п-3")
    async with desk.region.database.reading() as session:
        numbers = list(await session.scalars(select(Appeal.number).order_by(Appeal.id)))
    assert numbers == ["ПЛ-2026-000001", "ПЛ-2025-000001", "ПЛ-2026-000002"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel": "pigeon"}, RefusalCode.UNKNOWN_CHANNEL),
        ({"theme": "astrology"}, RefusalCode.UNKNOWN_THEME),
        ({"municipality": "atlantis"}, RefusalCode.UNKNOWN_MUNICIPALITY),
        ({"residence_municipality": "atlantis"}, RefusalCode.UNKNOWN_MUNICIPALITY),
        (
            {"residence_municipality": "atlantis", "residence": Residence.ABROAD},
            RefusalCode.INVALID,
        ),
        ({"complained_body": "nobody"}, RefusalCode.UNKNOWN_BODY),
        ({"external_id": " "}, RefusalCode.INVALID),
        ({"text": " \n "}, RefusalCode.TEXT_EMPTY),
        ({"text": "я" * 20_001}, RefusalCode.TEXT_TOO_LONG),
        ({"text": "дыра\x00"}, RefusalCode.TEXT_UNREADABLE),
        ({"text": "\ud83d"}, RefusalCode.TEXT_UNREADABLE),
        ({"address": "\ud83d"}, RefusalCode.TEXT_UNREADABLE),
        ({"contact": Contact(name="\x00")}, RefusalCode.TEXT_UNREADABLE),
        ({"received_at": datetime(1999, 12, 31, tzinfo=UTC)}, RefusalCode.DATE_OUT_OF_RANGE),
        (
            {"received_at": datetime(2026, 3, 2, 12, 0, 1, tzinfo=UTC)},
            RefusalCode.DATE_OUT_OF_RANGE,
        ),
        ({"latitude": 51.7}, RefusalCode.INVALID),
        ({"latitude": 91.0, "longitude": 36.1}, RefusalCode.INVALID),
        (
            {
                "answered_at": datetime(2026, 2, 1, tzinfo=UTC),
                "received_at": datetime(2026, 2, 2, tzinfo=UTC),
            },
            RefusalCode.DATE_OUT_OF_RANGE,
        ),
    ],
)
async def test_bad_input_is_refused_and_nothing_is_written(
    desk: Desk, changes: dict[str, Any], code: RefusalCode
) -> None:
    before = await desk.rows(*ALL)
    with pytest.raises(Refusal) as refused:
        await desk.take(**changes)
    assert refused.value.code is code
    assert await desk.rows(*ALL) == before


async def test_only_those_who_may_take_in(desk: Desk) -> None:
    before = await desk.rows(*ALL)
    for actor, code in (
        (ANONYMOUS, RefusalCode.UNAUTHENTICATED),
        (desk.official, RefusalCode.FORBIDDEN),
    ):
        async with desk.work(actor) as work:
            with pytest.raises(Refusal) as refused:
                await take_in(work, LETTER)
        assert refused.value.code is code
    assert await desk.rows(*ALL) == before


@pytest.mark.clause("fz59/7.3", "ru.1844/2.region-centre.1.channels")
@pytest.mark.parametrize(
    ("channel", "known", "day", "regime"),
    [
        ("letter", None, FEB, "appeal"),
        ("portal", Identification.ESIA, FEB, "appeal"),
        ("portal", None, FEB, "message"),
        ("portal", None, datetime(2025, 3, 29, 12, tzinfo=UTC), "appeal"),
        ("portal", None, datetime(2025, 3, 30, 12, tzinfo=UTC), "message"),
        ("social-networks", None, FEB, "message"),
    ],
)
async def test_the_regime_follows_channel_and_identification(
    desk: Desk, channel: str, known: Identification | None, day: datetime, regime: str
) -> None:
    taken = await desk.take(channel=channel, identified_by=known, received_at=day)
    assert (await desk.appeal(taken.appeal_id)).regime == regime


@pytest.mark.clause("ru.1844/2.region-centre.1.applicants")
async def test_nobody_is_turned_away_for_who_they_are(desk: Desk) -> None:
    for number, kind in enumerate(ApplicantKind):
        taken = await desk.take(
            external_id=f"к-{number}", applicant_kind=kind, residence=Residence.ABROAD
        )
        assert (await desk.appeal(taken.appeal_id)).in_federal_view is True


def test_an_appeal_that_says_nothing_of_its_home_has_the_digest_that_it_always_had() -> None:
    said = LETTER._replace(residence_municipality="town")
    assert LETTER.digest() == DIGEST
    assert said.digest() != LETTER.digest()


async def test_what_no_route_matches_waits_for_the_coordinator(desk: Desk) -> None:
    taken = await desk.take(addressee=None)
    appeal = await desk.appeal(taken.appeal_id)
    assert (taken.routed, appeal.state, appeal.body_id) == (False, "queued", None)
    assert await desk.facts(appeal.id) == ["received", "registered", "queued"]


@pytest.mark.clause("fz59/8.6")
async def test_a_complaint_never_reaches_whom_it_is_about(desk: Desk) -> None:
    for number, complained in enumerate(("ministry", "office")):
        taken = await desk.take(
            external_id=f"ж-{number}", addressee="office", complained_body=complained
        )
        assert (await desk.appeal(taken.appeal_id)).body_id is None


@pytest.mark.clause("fz59/6.2")
async def test_personal_data_are_sealed_and_every_look_is_journalled(desk: Desk) -> None:
    taken = await desk.take()
    appeal = await desk.appeal(taken.appeal_id)
    async with desk.region.database.reading() as session:
        sealed = (await session.scalars(select(Applicant.sealed))).one()
        journal = list(await session.scalars(select(JournalEntry)))
    assert "Анна".encode() not in sealed
    assert all("Анна" not in f"{e.before}{e.after}{e.cause}" for e in journal)
    async with desk.work(desk.official) as work:
        assert await read_contact(work, appeal, "связаться") == LETTER.contact
    async with desk.region.database.reading() as session:
        entry = (
            await session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()))
        ).first()
    assert entry is not None
    assert (entry.actor, entry.name, entry.cause) == ("official", "applicant.read", "связаться")


async def test_personal_data_stay_closed_to_others(desk: Desk) -> None:
    taken = await desk.take()
    appeal = await desk.appeal(taken.appeal_id)
    before = await desk.rows(JournalEntry)
    for actor, purpose, code in (
        (desk.stranger, "любопытство", RefusalCode.FORBIDDEN),
        (desk.official, "  ", RefusalCode.REASON_REQUIRED),
    ):
        async with desk.work(actor) as work:
            with pytest.raises(Refusal) as refused:
                await read_contact(work, appeal, purpose)
        assert refused.value.code is code
    assert await desk.rows(JournalEntry) == before


async def test_history_comes_in_one_go(desk: Desk) -> None:
    start = datetime(2026, 1, 5, 8, tzinfo=UTC)
    taken = await desk.take(
        received_at=start,
        promised_at=start + timedelta(days=3),
        answered_at=start + timedelta(days=4),
        closed_at=start + timedelta(days=5),
    )
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.state, appeal.registered_at) == ("closed", start)
    assert (appeal.due_rule, appeal.due_at) == ("promised", start + timedelta(days=3))
    assert await desk.facts(appeal.id) == ["received", "registered", "routed", "answered", "closed"]
