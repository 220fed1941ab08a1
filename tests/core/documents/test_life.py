"""The life of a document: who may not decide, what is void, what stays in force, what is stuck."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from core.directory.model import Appointment
from core.documents.model import Document
from core.documents.queries import outdated, stuck
from core.documents.submission import restart, withdraw
from core.documents.watch import run_law_watch
from core.kernel.access import system
from core.kernel.codes import Authority
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.shapes.chains.model import ChainRecord, DecisionRecord
from schema.graphql.context import Context
from tests.conftest import OpenRegion
from tests.core.documents.people import BLOCK, People, open_people, refused
from tests.fixtures.actors import EVER

YESTERDAY, TODAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)
AGREES, APPROVES = "kursk.958/pol.3.4.7", "kursk.958/pol.3.2.4"
PASSPORT = "murmansk.513/4.3.6"
BLOCKS = "block-responsible"


async def kursk_passport(open_test_region: OpenRegion) -> tuple[People, int]:
    """Submitted by the block responsible: the head agrees, then the curator approves."""
    people = await open_people(await open_test_region("kursk"))
    number = await people.draft("passport", BLOCKS, block=BLOCK)
    await people.submit(number, BLOCKS)
    return people, number


async def murmansk_passport(open_test_region: OpenRegion) -> tuple[People, int]:
    """Submitted by the head; the curator approves."""
    people = await open_people(await open_test_region("murmansk"))
    number = await people.draft("passport", "head")
    await people.submit(number, "head")
    return people, number


async def test_nobody_decides_before_his_turn(open_test_region: OpenRegion) -> None:
    people, number = await kursk_passport(open_test_region)
    assert await refused(people, number, "curator") == ("WRONG_STEP", AGREES)
    await people.decide(number, "head")
    assert await refused(people, number, "head") == ("WRONG_STEP", APPROVES)
    with pytest.raises(Refusal, match="готовит другое лицо: у Вас эта роль по другому блоку"):
        await people.draft("passport", BLOCKS, block="health")
    with pytest.raises(Refusal, match=r"готовит другое лицо$"):
        await people.draft("passport", "head", block="health")


async def test_a_body_that_the_act_names_is_named(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("kursk"))
    number = await people.draft("composition", "executor")
    await people.submit(number, "executor")
    with pytest.raises(Refusal) as early:
        await people.decide(number, "head", party=Authority.ADMINISTRATION)
    committee = "«Комитет внутренней политики Администрации Курской области»"
    assert early.value.text == f"Сейчас очередь другого шага: направляет {committee}"
    context = Context(people.region, system(), people.region.clock())
    with pytest.raises(Refusal) as stale:
        await _write_over(context, number)
    assert stale.value.text == "Пока Вы работали, документ изменил другой сотрудник"


async def _write_over(context: Context, number: int) -> None:
    async with context.work() as work:
        row = await work.session.get_one(Document, number)
        await work.session.execute(text("UPDATE document SET revision = revision + 1"))
        row.title = "Другое"


async def test_the_holder_of_the_moment_decides(open_test_region: OpenRegion) -> None:
    """R60: dismissed yesterday, an office that ended yesterday, one that ends with today."""
    people, number = await kursk_passport(open_test_region)
    await people.dismiss("head", YESTERDAY)
    assert await refused(people, number, "head") == (
        "PERSON_DISMISSED",
        "tsur.practice/standing",
    )
    async with people.region.reading(system()) as work:
        (found,) = await stuck(work)
        assert (found.document.id, found.step.key) == (number, "1")
    await people.dismiss("head", TOMORROW)
    await people.decide(number, "head")
    for until, state in ((TODAY, None), (TOMORROW, "approved")):
        async with people.region.work(system()) as work:
            query = select(Appointment).where(Appointment.role == "curator")
            (await work.session.scalars(query)).one().until = until
        if state is None:
            assert await refused(people, number, "curator") == ("FORBIDDEN", APPROVES)
        else:
            assert await people.decide(number, "curator") == state


async def test_a_document_of_another_region_is_none(open_test_region: OpenRegion) -> None:
    """Its number is not found there, and its hash is that of no version here."""
    theirs, number = await kursk_passport(open_test_region)
    people = await open_people(await open_test_region("murmansk"))
    seen = await theirs.seen(number)
    with pytest.raises(Refusal) as absent:
        await people.decide(number, "curator", seen=seen)
    assert absent.value.code == "NOT_FOUND"
    own = await people.draft("passport", "head")
    await people.submit(own, "head")
    assert await refused(people, own, "curator", seen=seen) == ("STALE", "murmansk.513/4.5.6")


async def test_who_wrote_in_it_does_not_judge_it(open_test_region: OpenRegion) -> None:
    """R61: nor by another role, nor does his delegate; a stranger to the text does."""
    people = await open_people(await open_test_region("murmansk"))
    await people.also("head", "curator")
    number = await people.draft("passport", "head")
    await people.submit(number, "head")
    await people.lend("curator", "deputy", EVER, TOMORROW)
    own = ("JUDGE_NOT_INDEPENDENT", PASSPORT)
    assert await refused(people, number, "head", party=Authority.CURATOR) == own
    assert await people.decide(number, "deputy", party=Authority.CURATOR) == "approved"
    async with people.region.reading(system()) as work:
        (taken,) = await work.session.scalars(select(DecisionRecord))
        holder, deputy = people.actors["curator"], people.actors["deputy"]
        assert (taken.person_id, taken.on_behalf_id) == (deputy.person_id, holder.person_id)


async def test_a_delegate_of_the_writer_does_not_judge(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("murmansk"))
    await people.also("curator", "head")
    number = await people.draft("passport", "curator")
    await people.submit(number, "curator")
    await people.lend("curator", "deputy", EVER, TOMORROW)
    own = ("JUDGE_NOT_INDEPENDENT", PASSPORT)
    assert await refused(people, number, "deputy", party=Authority.CURATOR) == own
    async with people.region.reading(system()) as work:
        assert [one.document.id for one in await stuck(work)] == [number]


async def test_a_delegation_ends_with_its_day_and_its_holder(open_test_region: OpenRegion) -> None:
    """R62: neither before it, nor after it, nor once the holder is gone."""
    people, number = await murmansk_passport(open_test_region)
    await people.lend("curator", "early", TOMORROW, date(2026, 3, 9))
    await people.lend("curator", "late", EVER, TODAY)
    await people.lend("curator", "now", EVER, TOMORROW)
    for name in ("early", "late"):
        assert await refused(people, number, name, party=Authority.CURATOR) == (
            "FORBIDDEN",
            PASSPORT,
        )
    await people.dismiss("curator", YESTERDAY)
    assert await refused(people, number, "now", party=Authority.CURATOR) == ("FORBIDDEN", PASSPORT)


async def test_two_roles_in_one_person_are_one_voice(open_test_region: OpenRegion) -> None:
    people, number = await kursk_passport(open_test_region)
    await people.also("head", "curator")
    await people.decide(number, "head")
    both = ("JUDGE_NOT_INDEPENDENT", APPROVES)
    assert await refused(people, number, "head", party=Authority.CURATOR) == both
    no = {"party": Authority.CURATOR, "refusing": "передумал"}
    assert await refused(people, number, "head", **no) == both
    assert await people.decide(number, "curator") == "approved"


async def test_a_change_voids_all_that_was_decided(open_test_region: OpenRegion) -> None:
    people, number = await kursk_passport(open_test_region)
    first = await people.seen(number)
    await people.decide(number, "head")
    await people.edit(number, BLOCKS, contents="Иначе")
    assert await refused(people, number, "curator") == ("WRONG_STATE", "kursk.958/pol.3.5.4")
    second = await people.submit(number, BLOCKS)
    assert second != first
    assert await refused(people, number, "head", seen=first) == ("STALE", "kursk.958/pol.3.5.4")
    assert await refused(people, number, "curator", seen=second) == ("WRONG_STEP", AGREES)
    await people.decide(number, "head", seen=second)
    assert await people.decide(number, "curator", seen=second) == "approved"
    async with people.region.reading(system()) as work:
        states = [row.state for row in await work.session.scalars(select(ChainRecord))]
        assert states == ["stopped", "approved"]
        entry = JournalEntry.name == "document.voided"
        (void,) = await work.session.scalars(select(JournalEntry).where(entry))
        assert void.after["decisions"] == 1


async def test_a_no_returns_it_with_its_reason(open_test_region: OpenRegion) -> None:
    people, number = await kursk_passport(open_test_region)
    assert await refused(people, number, "head", refusing=" ") == ("REASON_REQUIRED", AGREES)
    assert await people.decide(number, "head", refusing="нет сроков") == "returned"
    assert await refused(people, number, "head") == ("WRONG_STATE", "kursk.958/pol.3.5.4")
    await people.edit(number, BLOCKS, contents="Со сроками")
    await people.submit(number, BLOCKS)
    await people.decide(number, "head")
    assert await people.decide(number, "curator") == "approved"


async def test_what_is_approved_stays_until_the_next_is(open_test_region: OpenRegion) -> None:
    people, number = await murmansk_passport(open_test_region)
    await people.decide(number, "curator")
    first = (await people.row(number)).in_force_id
    await people.edit(number, "head", contents="Новая редакция")
    await people.submit(number, "head")
    row = await people.row(number)
    assert (row.state, row.in_force_id) == ("approval", first)
    await people.decide(number, "curator")
    row = await people.row(number)
    assert (row.state, row.in_force_id) == ("approved", row.current_id)
    assert row.in_force_id != first


async def test_taken_back_and_begun_anew(open_test_region: OpenRegion) -> None:
    """R63: the owner restarts with the same text as another version; nobody else may."""
    people, number = await kursk_passport(open_test_region)
    await people.decide(number, "head")
    for use in (withdraw, restart):
        with pytest.raises(Refusal) as stranger:
            async with people.region.work(people.actors["head"]) as work:
                await use(work, number, "ошибка")
        assert stranger.value.code == "FORBIDDEN"
    first = await people.seen(number)
    async with people.region.work(people.actors[BLOCKS]) as work:
        await restart(work, number, "новая редакция")
    assert await people.seen(number) != first
    assert await refused(people, number, "curator") == ("WRONG_STEP", AGREES)
    assert await refused(people, number, "head", seen=first) == ("STALE", "kursk.958/pol.3.5.4")
    async with people.region.work(people.actors[BLOCKS]) as work:
        assert (await withdraw(work, number, "не нужен")).state == "withdrawn"
    assert await refused(people, number, "head") == ("WRONG_STATE", "kursk.958/pol.3.5.4")


async def test_the_owner_is_told_once_of_a_newer_edition(open_test_region: OpenRegion) -> None:
    """R63: the running chain goes on by the steps that it began with."""
    people, number = await kursk_passport(open_test_region)
    async with people.region.work(system()) as work:
        assert await outdated(work) == []
        chain = (await work.session.scalars(select(ChainRecord))).one()
        chain.steps = (chain.steps or [])[:1]
    for _ in range(2):
        async with people.region.work(system()) as work:
            await run_law_watch(work, {})
    async with people.region.reading(system()) as work:
        assert [row.id for row in await outdated(work)] == [number]
        query = select(JournalEntry).where(JournalEntry.name == "document.law_changed")
        (told,) = await work.session.scalars(query)
        assert told.after == {"owner": BLOCKS}
    assert await people.decide(number, "head") == "approved"


@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["document_receipt", "document_signature"])
async def test_proofs_are_only_added_to(
    open_test_region: OpenRegion, table: str, change: str
) -> None:
    people, number = await kursk_passport(open_test_region)
    await people.decide(number, "head")
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        async with people.region.work(system()) as work:
            await work.session.execute(text(change.format(table)))


async def test_a_version_is_never_changed(open_test_region: OpenRegion) -> None:
    people, _ = await kursk_passport(open_test_region)
    for change in ("UPDATE document_version SET digest = 'x'", "DELETE FROM document_version"):
        with pytest.raises(DBAPIError, match="document_version is append-only"):
            async with people.region.work(system()) as work:
                await work.session.execute(text(change))
