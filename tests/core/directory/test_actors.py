"""Who may act today: appointments, dates and the reach of roles."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from core.directory.model import Appointment, Person
from core.directory.service import actor_of
from core.directory.standing import missing_of
from core.kernel.access import Actor, Grant, Scope, require, system
from core.kernel.codes import Permission, RefusalCode
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


async def test_the_unknown_and_the_dismissed_may_nothing(polygon: Region) -> None:
    async with polygon.work(system()) as work:
        work.session.add(Person(subject="gone", name="Ушедший", dismissed=TODAY))
    for subject in ("nobody", "gone"):
        actor = await actor_of(polygon.database, subject, TODAY, polygon.rules)
        assert actor == Actor(subject)
        assert not actor.anonymous
        with pytest.raises(Refusal) as refused:
            require(actor, Permission.READ_DIRECTORY)
        assert refused.value.code is RefusalCode.FORBIDDEN


@pytest.mark.parametrize(
    ("state", "since", "until", "missing"),
    [
        ("proposed", TODAY, None, "Назначение на роль «{role}» ещё не действует: предложено"),
        ("in_force", date(2026, 3, 3), None, "Назначение на роль «{role}» начнёт действовать "
         "03.03.2026"),
        ("ended", date(2026, 1, 1), TODAY, "Назначение на роль «{role}» прекращено 02.03.2026"),
        ("refused", TODAY, None, "Вы есть в справочнике, но не назначены ни на одну роль: "
         "назначает администратор"),
    ],
)  # fmt: skip
async def test_what_is_missing_is_said(
    polygon: Region, state: str, since: date, until: date | None, missing: str
) -> None:
    await enter(polygon, "block-head", since, until)
    async with polygon.work(system()) as work:
        await work.session.execute(update(Appointment).values(state=state))
    role = polygon.rules.get(Role, "block-head", TODAY).name
    async with polygon.database.reading() as session:
        said = await missing_of(session, "p", TODAY, polygon.rules)
        unknown = await missing_of(session, "x-1", TODAY, polygon.rules)
    assert said == missing.format(role=role)
    assert unknown == (
        "Вас нет в справочнике: администратор региона вносит Вас в должностные лица "
        "под именем «x-1» и назначает на роль"
    )


async def test_a_role_that_the_law_does_not_know_grants_nothing(polygon: Region) -> None:
    await enter(polygon, "tsar", date(2026, 1, 1))
    assert (await actor_of(polygon.database, "p", TODAY, polygon.rules)).grants == ()
