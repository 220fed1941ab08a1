"""Positions, officials and owners of themes: entered by the keeper, refused without a trace."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.directory.model import BodyTheme, Person, Position
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.structure.people import dismiss, enter_person, enter_position, link_theme
from tests.fixtures.actors import actor_with
from tests.fixtures.centre import open_centre

ROLE = "administrator"


async def test_an_official_is_entered_once_and_moved(kursk: Region) -> None:
    centre = await open_centre(kursk)
    async with kursk.work(actor_with(kursk, ROLE)) as work:
        first = await enter_position(work, centre.roads, "Начальник отдела", "specialist")
        second = await enter_position(work, None, "Советник", "adviser-governor")
        person = await enter_person(work, "ivanov", "Пробный Иван", first.id)
        moved = await enter_person(work, "ivanov", "Пробный Иван Иванович", second.id)
    assert moved.id == person.id
    assert (moved.name, moved.position_id) == ("Пробный Иван Иванович", second.id)
    async with kursk.database.reading() as session:
        journal = await session.scalars(select(JournalEntry).order_by(JournalEntry.id))
        entries = [e for e in journal if e.name.startswith(("person", "position"))]
    assert [e.name for e in entries] == ["position.entered"] * 2 + ["person.entered"] * 2
    assert "Иван" not in "".join(f"{e.before}{e.after}{e.cause}" for e in entries)


async def test_what_the_directory_does_not_take(kursk: Region) -> None:
    centre = await open_centre(kursk)
    gone = await centre.person("specialist", centre.roads)
    keeper = actor_with(kursk, ROLE)
    async with kursk.work(keeper) as work:
        await dismiss(work, gone, date(2026, 3, 2), kursk.now())
        subject = (await work.session.get_one(Person, gone)).subject
    before = await centre.rows(Person, Position, BodyTheme, JournalEntry)
    for code, role, attempt in (
        ("INVALID", ROLE, lambda w: enter_position(w, None, "Советник", "tsar")),
        ("INVALID", ROLE, lambda w: enter_position(w, None, " ", "specialist")),
        ("INVALID", ROLE, lambda w: enter_position(w, centre.roads, "Должность 0", "specialist")),
        ("UNKNOWN_BODY", ROLE, lambda w: enter_position(w, "nobody", "Советник", "specialist")),
        ("FORBIDDEN", "operator", lambda w: enter_position(w, None, "Советник", "specialist")),
        ("NOT_FOUND", ROLE, lambda w: enter_person(w, "petrov", "Пробный Пётр", 999)),
        ("PERSON_DISMISSED", ROLE, lambda w: enter_person(w, subject, "Пробный", None)),
        ("UNKNOWN_THEME", ROLE, lambda w: link_theme(w, "agency", "tsar", date(2026, 3, 2))),
        (
            "DATE_OUT_OF_RANGE",
            ROLE,
            lambda w: link_theme(w, "agency", "culture", date(2026, 3, 2), date(2026, 3, 2)),
        ),
        ("NOT_FOUND", ROLE, lambda w: dismiss(w, 999, date(2026, 3, 2), kursk.now())),
    ):
        with pytest.raises(Refusal) as refused:
            async with kursk.work(actor_with(kursk, role)) as work:
                await attempt(work)
        assert refused.value.code == code
    assert await centre.rows(Person, Position, BodyTheme, JournalEntry) == before


async def test_a_body_answers_for_a_theme_once_a_day(kursk: Region) -> None:
    await open_centre(kursk)
    keeper, march, april = actor_with(kursk, ROLE), date(2026, 3, 2), date(2026, 4, 1)
    async with kursk.work(keeper) as work:
        await link_theme(work, "agency", "culture", march, april)
        await link_theme(work, "agency", "culture", april)
    with pytest.raises(Refusal) as refused:
        async with kursk.work(keeper) as work:
            await link_theme(work, "agency", "culture", date(2026, 3, 31))
    assert refused.value.code == "INVALID"
