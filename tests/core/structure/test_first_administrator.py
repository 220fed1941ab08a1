"""The first administrator is entered once; nobody gives rights to himself."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from core.directory.model import Appointment, Delegation, Person
from core.directory.service import actor_of
from core.kernel.access import ANONYMOUS, Actor, system
from core.kernel.codes import Authority, Permission
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.structure.delegations import delegate
from core.structure.first_administrator import grant_first
from core.structure.rules.appointments import Step
from tests.fixtures.centre import by, open_centre, said

FIRST = "tsur.practice/first-administrator"
SECOND = "tsur.practice/second-person"
TODAY = date(2026, 3, 2)
GIVEN = ("login-7", "Первый Пётр Петрович", "приказ от 01.03.2026 № 5")


async def grant(region: Region, *given: str, actor: Actor | None = None) -> None:
    async with region.work(actor or system()) as work:
        await grant_first(work, *(given or GIVEN))


async def lend(region: Region, actor: Actor, appointment: int, person: int) -> None:
    async with region.work(actor) as work:
        days = (date(2026, 3, 5), date(2026, 3, 12))
        await delegate(work, appointment, person, *days, "отпуск")


@pytest.mark.clause("tsur.practice/first-administrator")
async def test_he_may_manage_the_directory_from_today_and_it_is_journalled(kursk: Region) -> None:
    await grant(kursk)
    actor = await actor_of(kursk.database, "login-7", TODAY, kursk.rules)
    assert [one.role for one in actor.grants] == ["administrator"]
    assert actor.may(Permission.MANAGE_DIRECTORY)
    async with kursk.database.reading() as session:
        row = (await session.scalars(select(Appointment))).one()
        query = select(JournalEntry).where(JournalEntry.name == "appointment.in_force")
        line = (await session.scalars(query)).one()
    assert (row.ground, row.since, row.until) == (GIVEN[2], TODAY, None)
    assert (line.actor, line.subject, line.cause) == ("system", f"appointment:{row.id}", FIRST)


@pytest.mark.parametrize(
    ("given", "actor", "answer"),
    [
        (GIVEN, None, ("SEAT_TAKEN", FIRST)),
        (("login-8", "Второй", "приказ"), None, ("SEAT_TAKEN", FIRST)),
        (("login-8", "Второй", " "), None, ("REASON_REQUIRED", FIRST)),
        (("login-8", "Второй", "п" * 501), None, ("REASON_REQUIRED", FIRST)),
        (GIVEN, ANONYMOUS, ("UNAUTHENTICATED", None)),
    ],
)
async def test_there_is_only_one_first(
    kursk: Region, given: tuple[str, ...], actor: Actor | None, answer: tuple[str, str | None]
) -> None:
    await grant(kursk)
    centre = await open_centre(kursk)
    before = await centre.rows(Appointment, Person, JournalEntry)
    with pytest.raises(Refusal) as refused:
        await grant(kursk, *given, actor=actor)
    assert said(refused.value) == answer
    assert await centre.rows(Appointment, Person, JournalEntry) == before


async def test_where_the_last_one_is_gone_there_may_be_a_first_again(kursk: Region) -> None:
    await grant(kursk)
    async with kursk.work(system()) as work:
        await work.session.execute(update(Person).values(dismissed=TODAY))
    with pytest.raises(Refusal) as refused:
        await grant(kursk)
    assert said(refused.value)[0] == "PERSON_DISMISSED"
    await grant(kursk, "login-8", "Второй Виктор", "приказ от 02.03.2026 № 6")


@pytest.mark.clause("tsur.practice/second-person")
async def test_an_administrator_gives_no_rights_to_himself(kursk: Region) -> None:
    centre = await open_centre(kursk)
    person = await centre.person("body-deputy-head", centre.roads)
    other = await centre.person("body-deputy-head", centre.roads)
    keeper = await centre.holder("administrator", person)
    theirs = await centre.holding("block-responsible", other, ("roads",))
    before = await centre.rows(Delegation) + await centre.rows()
    with pytest.raises(Refusal) as appointed:
        await centre.begin("coordinator", person, Step.APPOINT, by(Authority.KEEPER), actor=keeper)
    with pytest.raises(Refusal) as lent:
        await lend(kursk, keeper, theirs.id, person)
    assert said(appointed.value) == said(lent.value) == ("SECOND_PERSON_REQUIRED", SECOND)
    assert await centre.rows(Delegation) + await centre.rows() == before
    taken = await centre.begin(
        "coordinator", other, Step.APPOINT, by(Authority.KEEPER), actor=keeper
    )
    assert taken.appointment.state == "in_force"


@pytest.mark.parametrize("given", [("log\x1bin", "Первый"), ("log\nin", "Первый"), ("a", "П\x07")])
async def test_what_nobody_types_names_nobody(kursk: Region, given: tuple[str, str]) -> None:
    centre = await open_centre(kursk)
    before = await centre.rows(Appointment, Person, JournalEntry)
    with pytest.raises(Refusal, match="пусто, слишком длинно или нечитаемо") as refused:
        await grant(kursk, *given, GIVEN[2])
    assert said(refused.value) == ("INVALID", None)
    assert await centre.rows(Appointment, Person, JournalEntry) == before


async def test_a_name_out_of_a_cell_of_several_lines_is_one_line(kursk: Region) -> None:
    await grant(kursk, " login-7 ", "Первый\r\nПётр\xa0Петрович ", GIVEN[2])
    async with kursk.database.reading() as session:
        person = (await session.scalars(select(Person).where(Person.subject == "login-7"))).one()
    assert person.name == "Первый Пётр Петрович"
