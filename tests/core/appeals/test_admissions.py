"""Admissions: one case, by a document, until a day; neither oneself nor whom it complains of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.appeals.admissions import NewAdmission, admit
from core.appeals.rules.admissions import AdmissionKind
from core.directory.model import Admission, Person
from core.directory.service import actor_of
from core.kernel.access import Actor, system
from core.kernel.codes import Permission, RefusalCode
from tests.core.appeals.conftest import Desk
from tests.core.appeals.dispatch_steps import done
from tests.core.appeals.test_handover import refused
from tests.core.appeals.test_impartiality import name

BY_PROSECUTOR = NewAdmission(
    0, AdmissionKind.PROSECUTOR, "требование № 7-3", date(2026, 3, 1), date(2026, 3, 10)
)


async def reader(desk: Desk, subject: str = "prosecutor", dismissed: date | None = None) -> int:
    desk.clock.moment = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    async with desk.work(system()) as work:
        person = Person(subject=subject, name="Пробный Прокурор", dismissed=dismissed)
        work.session.add(person)
        await work.session.flush()
        return person.id


async def acting(desk: Desk, day: int) -> Actor:
    today = date(2026, 3, day)
    return await actor_of(desk.region.database, "prosecutor", today, desk.region.rules)


@pytest.mark.clause("tsur.practice/lifecycle.admit", "fz59/6.2")
async def test_a_prosecutor_reads_this_case_until_the_day(desk: Desk) -> None:
    person_id = await reader(desk)
    one, other = await desk.take(), await desk.take(external_id="п-2")
    assert (await acting(desk, 2)).grants == ()
    new = replace(BY_PROSECUTOR, person_id=person_id)
    await done(desk, desk.curator, lambda w, i: admit(w, i, new), one.appeal_id)
    entry = (await desk.ledger(one.appeal_id))[-1]
    assert (entry.fact, entry.reason) == ("admitted", "прокурор: требование № 7-3 от 01.03.2026")
    actor = await acting(desk, 9)
    case, foreign = [await desk.appeal(taken.appeal_id) for taken in (one, other)]
    reading = (Permission.READ_APPEALS, Permission.READ_CONTENT)
    assert [actor.may(permission, case) for permission in reading] == [True, True]
    assert not any(actor.may(permission, foreign) for permission in Permission)
    assert not any(actor.may(permission, case) for permission in set(Permission) - {*reading})
    assert (await acting(desk, 10)).grants == ()


@pytest.mark.clause("tsur.practice/lifecycle.admit", "tsur.practice/second-person", "fz59/8.6")
async def test_who_is_not_admitted_and_without_what(desk: Desk) -> None:
    person_id = await reader(desk)
    gone = await reader(desk, "gone", date(2026, 3, 2))
    taken = await desk.take()
    assert desk.official.person_id is not None
    assert desk.curator.person_id is not None
    await name(desk, taken.appeal_id, desk.official)
    new = replace(BY_PROSECUTOR, person_id=person_id)
    codes = RefusalCode
    for wrong, code in (
        (replace(new, person_id=desk.curator.person_id), codes.SECOND_PERSON_REQUIRED),
        (replace(new, person_id=desk.official.person_id), codes.OFFICIAL_COMPLAINED_OF),
        (replace(new, person_id=gone), codes.PERSON_DISMISSED),
        (replace(new, person_id=10**6), codes.PERSON_DISMISSED),
        (replace(new, document=" "), codes.PROOF_REQUIRED),
        (replace(new, dated=date(2026, 3, 3)), codes.DATE_OUT_OF_RANGE),
        (replace(new, until=date(2026, 3, 2)), codes.DATE_OUT_OF_RANGE),
    ):
        step = lambda w, i, wrong=wrong: admit(w, i, wrong)  # noqa: E731
        refusal = await refused(desk, desk.curator, step, taken.appeal_id)
        assert refusal.code is code, wrong
    stranger = await refused(desk, desk.stranger, lambda w, i: admit(w, i, new), taken.appeal_id)
    assert stranger.code is codes.FORBIDDEN
    assert await desk.rows(Admission) == 0
