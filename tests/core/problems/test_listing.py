"""The list of problems by each region's own sources, with its clause; what it is made of."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from core.appeals.duplicates.model import Cluster
from core.appeals.model import Appeal
from core.problems.imports import import_problems
from core.problems.joining import join_cases, people_of
from core.problems.listing import NewProblem, list_problem
from core.problems.model import Problem, ProblemCase
from core.problems.queries import problems, timeline
from core.problems.rules import Projects, Source
from tests.conftest import OpenRegion
from tests.core.problems.conftest import OTHER, PLACE, Desk, opened
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
MONDAY = date(2026, 3, 2)
ROADS = NewProblem("Ямы на въезде", "roads", "2026-W10", PLACE)
HEADING = "проблема;тематика;муниципальное образование;период;обращений;категория\n"


@pytest.mark.clause("ru.1844/15")
@pytest.mark.clause("ru.1844/2.heat-map.1")
async def test_a_cell_of_the_map_becomes_a_problem_with_its_cases(desk: Desk) -> None:
    await desk.cases.received(2, on=MONDAY, answered=MONDAY, municipality=PLACE)
    await desk.cases.received(1, on=MONDAY, municipality=PLACE)
    await desk.cases.received(1, on=MONDAY, municipality=OTHER)
    row = await desk.does(lambda work: list_problem(work, ROADS))
    assert isinstance(row, Problem)
    assert (row.state, row.clause, row.label) == (
        "listed",
        "kursk.958/pol.4.5",
        "данные «ВІ: ЦУР РФ»",
    )
    assert row.evidence["cases"] == 3
    assert (row.chosen_since, row.chosen_until) == (MONDAY, MONDAY + timedelta(days=7))
    async with desk.region.reading(desk.head) as work:
        told = await people_of(work, row)
        assert (told.cases, told.answered_cases, told.people, told.answered_people) == (3, 2, 0, 0)
        line = await timeline(work, row)
        assert [one.words for one in line] == [
            "Первое обращение",
            "Первый ответ заявителю",
            "Внесена в перечень: данные «ВІ: ЦУР РФ»",
        ]
    again = await desk.refused(lambda work: list_problem(work, ROADS))
    assert again == ("DUPLICATE_DIFFERS", "kursk.958/pol.4.5")


@pytest.mark.parametrize(
    ("new", "code", "clause"),
    [
        (NewProblem("Ямы", "roads", "2026-W10", OTHER), "EVIDENCE_REQUIRED", "kursk.958/pol.4.5"),
        (NewProblem("Ямы", "roads", "2026-W10"), "UNKNOWN_MUNICIPALITY", "kursk.958/pol.4.5"),
        (NewProblem("Ямы", "roads", "2026-W10", "nowhere"), "UNKNOWN_MUNICIPALITY", "ru.1844/15"),
        (NewProblem("Ямы", "songs", "2026-W10", PLACE), "UNKNOWN_THEME", "ru.1844/15"),
        (NewProblem(" ", "roads", "2026-W10", PLACE), "REASON_REQUIRED", "kursk.958/pol.4.5"),
        (
            NewProblem("Ямы", "roads", "2026-Q1", source=Source.PROGRAMMES),
            "EVIDENCE_REQUIRED",
            "kursk.958/pol.4.5.programme-indicators",
        ),
        (
            NewProblem(
                "Ямы",
                "roads",
                "2026-Q1",
                source=Source.PROGRAMMES,
                project=Projects.REGIONAL,
                indicator="Доля дорог",
            ),
            "KIND_NOT_ALLOWED",
            "kursk.958/pol.4.5.programme-indicators",
        ),
    ],
)
async def test_what_is_not_listed(desk: Desk, new: NewProblem, code: str, clause: str) -> None:
    await desk.cases.received(1, on=MONDAY, municipality=PLACE)
    assert await desk.refused(lambda work: list_problem(work, new)) == (code, clause)


async def test_an_indicator_of_a_programme_is_a_source_where_the_act_says_so(desk: Desk) -> None:
    new = NewProblem(
        "Мало дорог в норме",
        "roads",
        "2026-Q1",
        source=Source.PROGRAMMES,
        project=Projects.NATIONAL,
        indicator="Доля дорог в нормативном состоянии",
    )
    row = await desk.does(lambda work: list_problem(work, new))
    assert isinstance(row, Problem)
    assert (row.evidence["decree"], row.evidence["decreeOf"]) == ("474", "2020-07-21")
    assert row.clause == "kursk.958/pol.4.5.programme-indicators"
    assert (await desk.refused(lambda work: list_problem(work, new), desk.onlooker))[0] == (
        "FORBIDDEN"
    )


@pytest.mark.clause("chelyabinsk.641/pol.14")
async def test_chelyabinsk_takes_the_list_from_the_heat_map_alone(
    open_test_region: OpenRegion, clock: FrozenClock
) -> None:
    desk = await opened(await open_test_region("chelyabinsk"), clock)
    indicator = NewProblem(
        "Мало дорог",
        "roads",
        "2026-Q1",
        source=Source.PROGRAMMES,
        project=Projects.NATIONAL,
        indicator="Доля дорог",
    )
    of_the_act = ("NOT_PROVIDED", "chelyabinsk.641/pol.14")
    assert await desk.refused(lambda work: list_problem(work, indicator)) == of_the_act
    assert await desk.refused(lambda work: import_problems(work, "bi.csv", HEADING)) == of_the_act


async def test_the_system_s_file_is_taken_whole_once_and_with_its_lines(desk: Desk) -> None:
    lines = HEADING + f"Ямы;roads;{PLACE};2026-W10;14;\nСвет;housing;{OTHER};2026-02;9;\n"
    assert await desk.does(lambda work: import_problems(work, "bi.csv", lines)) == 2
    assert await desk.does(lambda work: import_problems(work, "bi.csv", "\ufeff" + lines)) == 0
    async with desk.region.reading(desk.head) as work:
        found = await problems(work)
        assert [(one.title, one.evidence["line"], one.evidence["cases"]) for one in found] == [
            ("Свет", 3, 9),
            ("Ямы", 2, 14),
        ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "WRONG_MAPPING"),
        (HEADING, "FILE_EMPTY"),
        (HEADING + f"Ямы;roads;{PLACE};2026-W10\n", "INVALID"),
        (HEADING + f"Ямы;roads;{PLACE};2026-W99;1;\n", "INVALID"),
        (HEADING + f"Ямы;roads;{PLACE};2026-W10;много;\n", "INVALID"),
        (HEADING + f"Свет;housing;{OTHER};2026-02;9;\n;roads;{PLACE};2026-W10;1;\n", "INVALID"),
        (HEADING + "Ямы;roads;nowhere;2026-W10;1;\n", "UNKNOWN_MUNICIPALITY"),
        (HEADING + f"Ямы;songs;{PLACE};2026-W10;1;\n", "UNKNOWN_THEME"),
        (HEADING + f"Ямы;roads;{PLACE};2026-W10;1;ямы\n", "UNKNOWN_CATEGORY"),
        (HEADING + f"{'я' * 301};roads;{PLACE};2026-W10;1;\n", "TEXT_TOO_LONG"),
        (HEADING + "\x00", "BROKEN_FILE"),
    ],
)
async def test_a_wrong_line_refuses_the_whole_file(desk: Desk, text: str, code: str) -> None:
    refused = await desk.refused(lambda work: import_problems(work, "bi.csv", text))
    assert refused == (code, refused[1])
    assert refused[1].startswith("kursk.958/pol.4.")


async def test_a_group_and_single_cases_join_once(desk: Desk) -> None:
    await desk.cases.received(1, on=MONDAY, municipality=PLACE)
    async with desk.region.database.writing() as session:
        cluster = Cluster(opened_at=desk.region.now(), theme="roads", municipality=OTHER)
        session.add(cluster)
        await session.flush()
        group = cluster.id
    await desk.cases.received(2, on=MONDAY, municipality=OTHER, cluster_id=group)
    await desk.cases.received(1, on=MONDAY, municipality=OTHER)
    row = await desk.does(lambda work: list_problem(work, ROADS))
    assert isinstance(row, Problem)
    number = row.id

    async def joined(numbers: tuple[str, ...], like: str | None) -> object:
        return await desk.does(lambda work: join_cases(work, number, numbers, like))

    assert await joined((), "n-2") == 2
    assert await joined(("n-3", "n-4"), None) == 1
    async with desk.region.reading(desk.head) as work:
        query = select(Appeal.number, ProblemCase.why).join(
            ProblemCase, ProblemCase.appeal_id == Appeal.id
        )
        found = {one[0]: one[1] for one in await work.session.execute(query)}
    assert found == {
        "n-1": "по тепловой карте",
        "n-2": "по группе похожих",
        "n-3": "по группе похожих",
        "n-4": "отнесено вручную",
    }
    missing = await desk.refused(lambda work: join_cases(work, number, ("x-9",), None))
    assert missing == ("NOT_FOUND", "tsur.practice/problem-life")
    unlike = await desk.refused(lambda work: join_cases(work, number, (), "x-9"))
    assert unlike[0] == "NOT_FOUND"
    assert (await desk.refused(lambda work: join_cases(work, 99, (), None)))[0] == "NOT_FOUND"
    nothing: list[tuple[tuple[str, ...], str | None]] = [((), None), (("", " "), None), ((), " ")]
    for named, like in nothing:
        join = partial(join_cases, problem_id=number, numbers=named, like=like)
        said = await desk.refused(join)
        assert said == ("REASON_REQUIRED", "tsur.practice/problem-life")
    assert await joined((" n-4 ", ""), None) == 0, "a line more says nothing"
    assert await desk.refused(
        lambda work: list_problem(work, NewProblem("Иное", "roads", "2026-W10", PLACE, like="x-9"))
    ) == ("NOT_FOUND", "tsur.practice/problem-life")


async def test_by_what_no_theme_is_nothing_is_found_in_silence(desk: Desk) -> None:
    assert await desk.does(lambda work: problems(work, theme="roads")) == []
    said = await desk.refused(lambda work: problems(work, theme="songs"))
    assert said == ("UNKNOWN_THEME", "ru.1844/15")
