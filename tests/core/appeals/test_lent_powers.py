"""Who acts for the official complained of handles the complaint by an office of his own alone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.appeals import answers, handover
from core.appeals.applicants.service import read_contact
from core.appeals.case import open_cases as many
from core.appeals.complaints import name_official
from core.appeals.content import may_read, open_cases, searcher
from core.appeals.delivery.disclosures import answer_disclosures
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.queries import AppealFilter, visible
from core.directory.model import Appointment, Delegation
from core.directory.service import actor_in
from core.kernel.access import Actor, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from tests.core.appeals.conftest import EXPLAINED, Desk
from tests.core.appeals.test_handover import refused
from tests.fixtures.actors import appoint

SINCE, UNTIL = date(2026, 3, 1), date(2026, 4, 1)


async def lent(desk: Desk, holder: Actor, to: Actor) -> Actor:
    """Who acts within the holder's appointment, with all that he then may."""
    assert to.person_id is not None
    async with desk.work(system()) as work:
        query = select(Appointment.id).where(Appointment.person_id == holder.person_id)
        number = (await work.session.scalars(query)).one()
        work.session.add(
            Delegation(
                appointment_id=number,
                person_id=to.person_id,
                since=SINCE,
                until=UNTIL,
                reason="отпуск",
            )
        )
        await work.session.flush()
        return await actor_in(work, to.subject)


async def complained_of(desk: Desk, official: Actor) -> int:
    taken = await desk.take()
    assert official.person_id is not None
    async with desk.work(desk.coordinator) as work:
        await name_official(work, taken.appeal_id, official.person_id, "жалоба на него")
    return taken.appeal_id


@pytest.mark.clause("fz59/8.6")
async def test_a_delegate_does_not_accept_for_whom_it_complains_of(desk: Desk) -> None:
    appeal_id = await complained_of(desk, desk.official)
    delegate = await lent(desk, desk.official, desk.stranger)
    refusal = await refused(desk, delegate, handover.accept, appeal_id)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (
        RefusalCode.OFFICIAL_COMPLAINED_OF, "fz59/8.6",
    )  # fmt: skip
    assert (await desk.appeal(appeal_id)).state == "assigned"
    free = (await desk.take(external_id="п-2")).appeal_id
    async with desk.work(delegate) as work:
        await handover.accept(work, free)
    assert (await desk.appeal(free)).state == "in_work"


@pytest.mark.clause("fz59/8.6")
async def test_by_an_office_of_his_own_he_does(desk: Desk) -> None:
    appeal_id = await complained_of(desk, desk.official)
    async with desk.work(system()) as work:
        body = await desk.body_id("ministry")
        other = await appoint(work, "body-head", body_id=body, subject="second")
    delegate = await lent(desk, desk.official, other)
    async with desk.work(delegate) as work:
        await handover.accept(work, appeal_id)
        await answers.answer(work, appeal_id, EXPLAINED)
    assert (await desk.appeal(appeal_id)).state == "answered"


async def opened_to(work: Work) -> set[int]:
    """The cases whose facts are open to who acts."""
    query = select(LedgerEntry.appeal_id).where(open_cases(work.actor, LedgerEntry.appeal_id))
    return set(await work.session.scalars(query))


@pytest.mark.clause("fz59/8.6", "fz59/6.2")
async def test_a_delegate_reads_nothing_of_it_by_what_is_lent(desk: Desk) -> None:
    appeal_id = await complained_of(desk, desk.official)
    free = (await desk.take(external_id="п-2")).appeal_id
    delegate = await lent(desk, desk.official, desk.stranger)
    named, other = await desk.appeal(appeal_id), await desk.appeal(free)
    assert (may_read(delegate, named), may_read(delegate, other)) == (False, True)
    async with desk.region.reading(delegate) as work:
        assert await opened_to(work) == {free}
        wanted = AppealFilter(text="яма")
        found = select(Appeal.id).where(visible(searcher(delegate, wanted)))
        assert list(await work.session.scalars(found)) == [free]
    async with desk.work(delegate) as work:
        for read in (
            read_contact(work, await work.session.get_one(Appeal, appeal_id), "проверка"),
            answer_disclosures(work, appeal_id),
        ):
            with pytest.raises(Refusal):
                await read


@pytest.mark.clause("fz59/8.6", "fz59/6.2")
async def test_by_an_office_of_his_own_he_reads_it(desk: Desk) -> None:
    appeal_id = await complained_of(desk, desk.official)
    async with desk.work(system()) as work:
        body = await desk.body_id("ministry")
        other = await appoint(work, "body-head", body_id=body, subject="second")
    delegate = await lent(desk, desk.official, other)
    assert may_read(delegate, await desk.appeal(appeal_id))
    async with desk.region.reading(delegate) as work:
        assert await opened_to(work) == {appeal_id}


@pytest.mark.clause("fz59/8.6")
async def test_a_step_with_many_passes_it_over_for_the_delegate(desk: Desk) -> None:
    await complained_of(desk, desk.official)
    free = (await desk.take(external_id="п-2")).appeal_id
    delegate = await lent(desk, desk.official, desk.stranger)
    async with desk.work(delegate) as work:
        cases = await many(work, select(Appeal), "return")
    assert [case.appeal.id for case in cases] == [free]
