"""Who may act today: appointments, dates and the reach of roles."""

from __future__ import annotations

from datetime import date

import pytest

from core.directory.model import Appointment, Person
from core.directory.service import actor_of
from core.kernel.access import Grant, Scope, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.rules.roles import Role

TODAY = date(2026, 3, 2)


async def enter(region: Region, role: str, since: date, until: date | None = None) -> None:
    async with region.work(system()) as work:
        person = Person(subject="p", name="Пробный Пётр Петрович")
        work.session.add(person)
        await work.session.flush()
        appointment = Appointment(
            person_id=person.id,
            role=role,
            body_id=None,
            blocks=["roads"],
            municipalities=[],
            ground="приказ № 1",
            since=since,
            until=until,
        )
        work.session.add(appointment)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (date(2026, 3, 2), None, True),
        (date(2026, 3, 3), None, False),
        (date(2026, 1, 1), date(2026, 3, 2), False),
        (date(2026, 1, 1), date(2026, 3, 3), True),
    ],
)
async def test_an_appointment_holds_between_its_days(
    polygon: Region, since: date, until: date | None, holds: bool
) -> None:
    await enter(polygon, "block-head", since, until)
    role = polygon.rules.get(Role, "block-head", TODAY)
    actor = await actor_of(polygon.database, "p", TODAY, polygon.rules)
    grant = Grant("block-head", role.rank, role.permissions, Scope(blocks=frozenset({"roads"})))
    assert actor.grants == ((grant,) if holds else ())


async def test_the_unknown_and_the_dismissed_are_nobody(polygon: Region) -> None:
    async with polygon.work(system()) as work:
        work.session.add(Person(subject="gone", name="Ушедший", dismissed=TODAY))
    for subject in ("nobody", "gone"):
        with pytest.raises(Refusal) as refused:
            await actor_of(polygon.database, subject, TODAY, polygon.rules)
        assert refused.value.code is RefusalCode.UNAUTHENTICATED


async def test_a_role_that_the_law_does_not_know_grants_nothing(polygon: Region) -> None:
    await enter(polygon, "tsar", date(2026, 1, 1))
    assert (await actor_of(polygon.database, "p", TODAY, polygon.rules)).grants == ()
