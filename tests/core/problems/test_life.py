"""A problem from its root cause to its closing and back: each step, each refusal, the effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import cast

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.documents.kinds import NewChain, record_chain
from core.documents.model import Document
from core.documents.rules.kinds import DocumentDeed, DocumentStep
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind, Authority
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.problems.causes import set_cause
from core.problems.closing import close_problem, reopen_problem, watch_problems
from core.problems.effect import Beside, Reckoned, reckon
from core.problems.listing import NewProblem, list_problem
from core.problems.model import Method, Problem, ProblemMeasure, ProblemState
from core.problems.queries import problem, timeline
from core.problems.roadmap import carry_out, declare_drop, draft_roadmap, plan_measure
from core.shapes.chains.rules import Ground
from core.statistics.effect import Verdict
from tests.core.problems.conftest import PLACE, Desk, Step
from tests.fixtures.actors import appoint

pytestmark = pytest.mark.bare_rows
LIFE, CONTENTS = "tsur.practice/problem-life", "ru.1844/2.cause-roadmap.contents"
GOAL, ROADMAP = "ru.1844/2.cause-roadmap.goal", "ru.1844/2.cause-roadmap"
WHYS = ("Ямы не заделывают", "Подрядчику не платят", "Нет договора на год")
FISHBONE = ("деньги: нет договора", "люди: нет мастера", "контроль: нет осмотров")
DUE = date(2026, 4, 1)
BEFORE = {date(2025, month, 15): 2 for month in range(8, 13)} | {date(2026, 1, 15): 2}


async def listed(desk: Desk) -> int:
    """A problem chosen for its February."""
    await desk.cases.spread({**BEFORE, date(2026, 2, 15): 9}, municipality=PLACE)
    await desk.folded()
    new = NewProblem("Ямы на въезде", "roads", "2026-02", PLACE)
    row = await desk.does(lambda work: list_problem(work, new))
    return cast(Problem, row).id


async def caused(desk: Desk) -> int:
    number = await listed(desk)
    await desk.does(lambda work: set_cause(work, number, Method.WHYS, WHYS))
    return number


async def planned(desk: Desk, percent: int = 30) -> int:
    number = await caused(desk)
    await desk.does(lambda w: plan_measure(w, number, "Заключить договор", DUE, desk.official))
    await desk.does(lambda work: declare_drop(work, number, percent))
    return number


async def done(desk: Desk, own: int, others: int = 2, months: Sequence[int] = (4, 5, 6)) -> int:
    """Carried out on 20 March, after six months of history; then so many cases a month."""
    number = await planned(desk)
    desk.clock.at(2026, 3, 20)
    await desk.does(lambda work: carry_out(work, number, 1, date(2026, 3, 20), "Договор № 4"))
    desk.clock.at(2026, max(months) + 1, 2)
    later = {date(2026, month, 15): others for month in months}
    await desk.everywhere({**BEFORE, date(2026, 2, 15): 2, **later})
    await desk.cases.spread({date(2026, month, 15): own for month in months}, municipality=PLACE)
    await desk.folded()
    return number


async def told(desk: Desk, number: int, actor: Actor | None = None) -> Reckoned | None:
    async with desk.region.reading(actor or desk.head) as work:
        return await reckon(work, await problem(work, number))


async def state(desk: Desk, number: int) -> str:
    async with desk.region.reading(desk.head) as work:
        return (await problem(work, number)).state


def planning(number: int, person: int) -> Step:
    return lambda work: plan_measure(work, number, "Ещё", DUE, person)


def declaring(number: int, percent: int) -> Step:
    return lambda work: declare_drop(work, number, percent)


def doing(number: int, measure: int, day: date) -> Step:
    return lambda work: carry_out(work, number, measure, day, "акт")


@pytest.mark.clause("ru.1844/12.а.3")
async def test_a_root_cause_is_reached_by_reasons(desk: Desk) -> None:
    number = await listed(desk)
    first = await desk.does(lambda work: set_cause(work, number, Method.WHYS, WHYS))
    assert (first.root, first.reasons) == (WHYS[-1], [*WHYS])  # type: ignore[attr-defined]
    second = await desk.does(
        lambda work: set_cause(work, number, Method.FISHBONE, FISHBONE, "нет мастера")
    )
    assert (second.root, second.number) == ("нет мастера", 2)  # type: ignore[attr-defined]
    assert await state(desk, number) == ProblemState.CAUSED


@pytest.mark.parametrize(
    ("method", "reasons", "root"),
    [
        (Method.WHYS, WHYS[:1], None),
        (Method.WHYS, WHYS * 2, None),
        (Method.WHYS, WHYS, "Что-то ещё"),
        (Method.FISHBONE, FISHBONE, None),
        (Method.FISHBONE, FISHBONE, "деньги"),
        (Method.FISHBONE, WHYS, WHYS[0]),
        (Method.FISHBONE, FISHBONE[:1], "нет договора"),
    ],
)
async def test_what_is_no_root_cause(
    desk: Desk, method: Method, reasons: tuple[str, ...], root: str | None
) -> None:
    await desk.cases.received(1, on=date(2026, 3, 2), municipality=PLACE)
    row = await desk.does(
        lambda work: list_problem(work, NewProblem("Ямы", "roads", "2026-W10", PLACE))
    )
    number = cast(Problem, row).id
    refused = await desk.refused(lambda work: set_cause(work, number, method, reasons, root))
    assert refused == ("INVALID", "ru.1844/12.а.3")


@pytest.mark.clause(CONTENTS)
async def test_a_measure_has_a_day_to_come_and_an_official(desk: Desk) -> None:
    number = await listed(desk)

    def plan(due: date, person: int):  # type: ignore[no-untyped-def]
        return lambda work: plan_measure(work, number, "Заключить договор", due, person)

    assert await desk.refused(plan(DUE, desk.official)) == ("WRONG_STATE", CONTENTS)
    await desk.does(lambda work: set_cause(work, number, Method.WHYS, WHYS))
    assert await desk.refused(plan(date(2026, 3, 9), desk.official)) == (
        "DATE_OUT_OF_RANGE",
        CONTENTS,
    )
    assert await desk.refused(plan(DUE, desk.outsider)) == ("OUTSIDE_POOL", CONTENTS)
    assert await desk.refused(plan(DUE, 10**6)) == ("PERSON_DISMISSED", CONTENTS)
    assert (await desk.refused(plan(DUE, desk.official), desk.onlooker))[0] == "FORBIDDEN"
    async with desk.region.work(system()) as work:
        query = select(Body.id).where(Body.key == "check-body")
        body = (await work.session.scalars(query)).one()
        appointed = await appoint(work, "body-official", body_id=body)
    assert appointed.person_id is not None
    await desk.does(plan(DUE, appointed.person_id))
    await desk.does(plan(DUE, desk.official))
    async with desk.region.reading(desk.head) as work:
        line, _ = [one for one in await timeline(work, await problem(work, number)) if one.ahead]
        assert line.words == "Срок мероприятия № 1"


@pytest.mark.clause(ROADMAP)
async def test_the_drop_is_declared_before_anything_is_done(desk: Desk) -> None:
    number = await caused(desk)
    assert await desk.refused(lambda w: declare_drop(w, number, 30)) == ("WRONG_STATE", CONTENTS)
    await desk.does(lambda w: plan_measure(w, number, "Договор", DUE, desk.official))
    early = await desk.refused(lambda w: carry_out(w, number, 1, date(2026, 3, 10), "акт"))
    assert early == ("WRONG_STATE", LIFE)
    for percent in (0, 101):
        refused = await desk.refused(declaring(number, percent))
        assert refused == ("INVALID", GOAL)
    await desk.does(lambda w: declare_drop(w, number, 30))
    assert await desk.refused(planning(number, desk.official)) == ("WRONG_STATE", CONTENTS)
    with pytest.raises(Refusal, match="Этот шаг пройден, состояние проблемы — «мероприятия назн"):
        await desk.does(planning(number, desk.official))
    assert await desk.refused(lambda w: set_cause(w, number, Method.WHYS, WHYS)) == (
        "WRONG_STATE",
        LIFE,
    )
    for one, day, code in (
        (2, date(2026, 3, 10), "NOT_FOUND"),
        (1, date(2026, 3, 11), "DATE_OUT_OF_RANGE"),
        (1, date(2026, 3, 9), "DATE_OUT_OF_RANGE"),
    ):
        refused = await desk.refused(doing(number, one, day))
        assert refused == (code, LIFE)


async def test_where_an_act_has_set_a_chain_nothing_is_done_before_the_document(
    desk: Desk,
) -> None:
    number = await planned(desk)
    off = await desk.refused(lambda work: draft_roadmap(work, number), desk.head)
    assert off == ("NOT_PROVIDED", CONTENTS)
    chain = NewChain(
        "cause-roadmap",
        date(2026, 3, 1),
        frozenset({"head"}),
        (DocumentStep(DocumentDeed.APPROVE, (Authority.CURATOR,)),),
    )
    ground = Ground(ActKind.INTERNAL, "5", date(2026, 3, 1))
    async with desk.region.work(system()) as work:
        await record_chain(work, chain, ground)
    waits = await desk.refused(lambda w: carry_out(w, number, 1, date(2026, 3, 10), "акт"))
    assert waits == ("WRONG_STATE", ROADMAP)
    await desk.does(lambda work: draft_roadmap(work, number))
    async with desk.region.reading(system()) as work:
        [document] = await work.session.scalars(select(Document))
        assert document.fields == {
            "goal": WHYS[-1],
            "measures": [["Заключить договор", "01.04.2026", "Ответственный executive"]],
        }
    twice = await desk.refused(lambda work: draft_roadmap(work, number))
    assert twice == ("WRONG_STATE", ROADMAP)


async def test_reminders_and_breaches_of_measures_are_kept(desk: Desk) -> None:
    number = await planned(desk)
    desk.clock.at(2026, 4, 3)
    for _ in range(2):
        async with desk.region.work(system()) as work:
            assert await watch_problems(work) == 0
    async with desk.region.reading(system()) as work:
        [one] = await work.session.scalars(select(ProblemMeasure))
        assert one.breached_at == one.due_at
        names = await work.session.scalars(
            select(JournalEntry.name).where(JournalEntry.subject == f"problem:{number}")
        )
        assert sorted(names)[-3:] == ["problem.listed", "problem.planned", "problem.reminded"]


@pytest.mark.clause(GOAL)
@pytest.mark.clause(LIFE)
@pytest.mark.clause("kursk.958/pol.4.2.5.2")
@pytest.mark.clause("chelyabinsk.641/pol.11.4.causes")
@pytest.mark.clause("chelyabinsk.641/pol.13.4.2")
async def test_a_drop_that_holds_closes_and_one_that_goes_opens_again(desk: Desk) -> None:
    number = await done(desk, own=0)
    found = await told(desk, number)
    assert found is not None
    assert found.effect is not None
    assert (found.months_before, found.months_after) == (6, 3)
    assert found.effect.expected == pytest.approx(6)
    assert found.effect.after == 0
    assert found.effect.placebos == 32
    assert found.effect.chance == Fraction(1, 33)
    assert found.verdict is Verdict.WORKS
    assert found.same == Beside(Fraction(2), Fraction(0))
    assert found.neighbours == Beside(Fraction(8), Fraction(8))
    assert await told(desk, number, desk.onlooker) is not None
    await desk.does(lambda work: close_problem(work, number))
    assert await state(desk, number) == ProblemState.CLOSED
    desk.clock.at(2026, 8, 2)
    await desk.everywhere({date(2026, 7, 15): 2})
    await desk.cases.spread({date(2026, 7, 20): 3}, municipality=PLACE)
    await desk.folded()
    desk.clock.at(2026, 9, 2)
    await desk.everywhere({date(2026, 8, 15): 2})
    await desk.cases.spread({date(2026, 8, 20): 3}, municipality=PLACE)
    await desk.folded()
    async with desk.region.work(system()) as work:
        assert await watch_problems(work) == 1
    assert await state(desk, number) == ProblemState.REOPENED
    async with desk.region.work(system()) as work:
        assert await watch_problems(work) == 0
    await desk.does(lambda work: set_cause(work, number, Method.WHYS, WHYS))
    assert (await desk.refused(lambda w: declare_drop(w, number, 10)))[1] == CONTENTS


async def test_no_drop_does_not_close(desk: Desk) -> None:
    number = await done(desk, own=2)
    found = await told(desk, number)
    assert found is not None
    assert found.verdict is Verdict.NONE
    refused = await desk.refused(lambda work: close_problem(work, number))
    assert refused == ("PROOF_REQUIRED", "tsur.practice/problem-effect")
    await desk.does(lambda work: reopen_problem(work, number, "Меры не помогли"))
    assert await state(desk, number) == ProblemState.REOPENED
    with pytest.raises(Refusal, match="Сначала выполните все мероприятия"):
        await desk.does(lambda work: close_problem(work, number))
    again = await desk.refused(lambda work: reopen_problem(work, number, "Ещё раз"))
    assert again == ("WRONG_STATE", LIFE)


async def test_three_whole_months_have_to_pass(desk: Desk) -> None:
    number = await done(desk, own=0, months=(4, 5))
    refused = await desk.refused(lambda work: close_problem(work, number))
    assert refused == ("DATE_OUT_OF_RANGE", LIFE)
    desk.clock.at(2026, 3, 25)
    assert await told(desk, number) is None


async def test_who_sees_a_part_is_told_no_effect(desk: Desk) -> None:
    number = await done(desk, own=0)
    [grant] = desk.head.grants
    scope = replace(grant.scope, municipalities=frozenset({PLACE}))
    narrow = replace(desk.head, grants=(replace(grant, scope=scope),))
    assert await told(desk, number, narrow) is None
