"""What the picture of problems shows: four sources; conflicts analysed; questions for polls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.directory.rules import Owner
from core.kernel.access import ANONYMOUS
from core.problems.listing import NewProblem, list_problem
from core.problems.model import Problem, Sighting, SightingKind
from core.problems.period import period_as
from core.problems.picture import Picture, Question, picture, poll_priorities
from core.problems.sightings import (
    NewSighting,
    analyse_sighting,
    record_sighting,
    sightings,
)
from tests.core.problems.conftest import OTHER, PLACE, Desk, Step

pytestmark = pytest.mark.bare_rows
MONDAY, WEEK = date(2026, 3, 2), timedelta(days=7)
PERIOD = period_as("2026-W10")
ERROR = NewSighting(SightingKind.ERROR, MONDAY, "Ответили не на тот вопрос", body="check-body")
VOTE = NewSighting(SightingKind.VOTE, MONDAY, "За ремонт 812 из 1 004", "roads", PLACE)
TALK, VOTES = "ru.1844/4.б.4", "ru.1844/4.б.2"


async def hot(desk: Desk) -> None:
    """A hot spot in one place of two."""
    before = {MONDAY - week * WEEK: 2 for week in range(1, 21)}
    await desk.cases.spread({**before, MONDAY: 2}, municipality=OTHER)
    await desk.cases.spread({**before, MONDAY: 16}, municipality=PLACE)
    await desk.folded()


async def seen(desk: Desk, new: NewSighting) -> Sighting:
    row = await desk.does(lambda work: record_sighting(work, new))
    assert isinstance(row, Sighting)
    return row


def analysing(number: int, cause: str, conclusion: str) -> Step:
    return lambda work: analyse_sighting(work, number, cause, conclusion)


async def shown(desk: Desk) -> Picture:
    async with desk.region.reading(desk.head) as work:
        return await picture(work, PERIOD)


async def proposed(desk: Desk) -> list[Question]:
    async with desk.region.reading(desk.head) as work:
        return await poll_priorities(work, PERIOD)


@pytest.mark.clause("ru.1844/4.б")
@pytest.mark.clause("ru.1844/4.б.1")
@pytest.mark.clause("ru.1844/2.heat-map.3")
@pytest.mark.clause("ru.1844/2.heat-map.4")
@pytest.mark.clause("ru.1844/2.heat-map.5")
async def test_the_picture_has_four_sources(desk: Desk) -> None:
    await hot(desk)
    async with desk.region.database.reading() as session:
        body = (await session.scalars(select(Body.id).where(Body.key == "check-body"))).one()
    await desk.cases.received(2, on=MONDAY, municipality=OTHER, body_id=body)
    await seen(desk, ERROR)
    await seen(desk, VOTE)
    row = await desk.does(
        lambda work: list_problem(work, NewProblem("Ямы", "roads", "2026-W10", PLACE))
    )
    found = await shown(desk)
    owners = desk.region.rules
    [duty] = found.duties
    assert duty.body in {one.body for one in owners.all(Owner, MONDAY)}
    assert [(one.theme, one.municipality, one.cases) for one in duty.cells] == [
        ("roads", PLACE, 16)
    ]
    assert [one.text for one in found.votes] == [VOTE.text]
    assert [one.text for one in found.communication] == [ERROR.text]
    assert ("check-body", 2, 0) in [(one.body, one.cases, one.overdue) for one in found.work]
    assert [one.id for one in found.open_problems] == [row.id]  # type: ignore[attr-defined]


@pytest.mark.clause("ru.1844/2.heat-map.6")
async def test_a_problem_point_is_proposed_for_a_poll_until_people_were_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.problems.sightings.MOST", 1)
    await hot(desk)
    [question] = await proposed(desk)
    assert (question.cell.municipality, question.problem) == (PLACE, None)
    row = await desk.does(
        lambda work: list_problem(work, NewProblem("Ямы", "roads", "2026-W10", PLACE))
    )
    [question] = await proposed(desk)
    assert isinstance(row, Problem)
    assert question.problem is not None
    assert question.problem.id == row.id
    await seen(desk, VOTE)
    await seen(desk, ERROR)  # however many conflicts have been entered since
    assert await proposed(desk) == []


@pytest.mark.clause(TALK)
@pytest.mark.clause("kursk.958/pol.2.2.3")
async def test_an_error_is_analysed_once(desk: Desk) -> None:
    number = (await seen(desk, ERROR)).id
    for cause, conclusion in ((" ", "Обучить"), ("Шаблон", " ")):
        refused = await desk.refused(analysing(number, cause, conclusion))
        assert refused == ("REASON_REQUIRED", TALK)
    await desk.does(lambda work: analyse_sighting(work, number, "Старый шаблон", "Обучить"))
    again = await desk.refused(lambda work: analyse_sighting(work, number, "а", "б"))
    assert again == ("WRONG_STATE", TALK)
    vote = (await seen(desk, VOTE)).id
    assert await desk.refused(lambda work: analyse_sighting(work, vote, "а", "б")) == (
        "KIND_NOT_ALLOWED",
        TALK,
    )
    assert (await desk.refused(lambda work: analyse_sighting(work, 99, "а", "б")))[0] == "NOT_FOUND"


@pytest.mark.clause(VOTES)
@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (NewSighting(SightingKind.ERROR, MONDAY, "Ошибка"), ("UNKNOWN_BODY", TALK)),
        (NewSighting(SightingKind.CONFLICT, MONDAY, "Спор", body="x"), ("UNKNOWN_BODY", TALK)),
        (NewSighting(SightingKind.VOTE, date(2026, 3, 11), "Итог"), ("DATE_OUT_OF_RANGE", VOTES)),
        (NewSighting(SightingKind.VOTE, MONDAY, " "), ("REASON_REQUIRED", VOTES)),
        (NewSighting(SightingKind.DISCUSSION, MONDAY, "Итог", appeal="x"), ("NOT_FOUND", VOTES)),
        (NewSighting(SightingKind.VOTE, MONDAY, "Итог", problem_id=9), ("NOT_FOUND", VOTES)),
        (NewSighting(SightingKind.VOTE, MONDAY, "Итог", "songs"), ("UNKNOWN_THEME", "ru.1844/15")),
        (
            NewSighting(SightingKind.VOTE, MONDAY, "Итог", None, "x"),
            ("UNKNOWN_MUNICIPALITY", "ru.1844/15"),
        ),
    ],
)
async def test_what_is_not_entered(desk: Desk, new: NewSighting, refused: tuple[str, str]) -> None:
    assert await desk.refused(lambda work: record_sighting(work, new)) == refused


async def test_what_is_about_an_appeal_is_for_who_sees_it(desk: Desk) -> None:
    await desk.cases.received(1, on=MONDAY, municipality=PLACE)
    await seen(desk, NewSighting(SightingKind.CONFLICT, MONDAY, "Спор", None, None, "check-body",
                                 "n-1"))  # fmt: skip
    await seen(desk, ERROR)
    async with desk.region.reading(desk.head) as work:
        assert len(await sightings(work, MONDAY, MONDAY + WEEK)) == 2
        assert await sightings(work, MONDAY + WEEK) == []
    assert (await desk.refused(lambda work: record_sighting(work, ERROR), desk.onlooker))[0] == (
        "FORBIDDEN"
    )
    assert (await desk.refused(sightings, ANONYMOUS))[0] == "UNAUTHENTICATED"
