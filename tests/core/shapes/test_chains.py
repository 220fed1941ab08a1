"""One table of refusals over everything that is approved: the engine is one."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import pytest

from core.kernel.access import Actor
from core.kernel.codes import ActKind, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.shapes.chains.rules import Ground, check_ground
from tests.architecture.sources import files, module
from tests.conftest import OpenRegion
from tests.core.shapes.matters import (
    MATTERS,
    Matter,
    decided,
    dismissed,
    ids,
    lend,
    official,
    one_person,
    rows,
    two_persons,
)

TODAY, YESTERDAY, LATER = date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 12)
GOOD = Ground(ActKind.LETTER, "П-12/7 от 01.02.2026", date(2026, 2, 20))
Actors = Callable[[Region, Matter], Awaitable[tuple[Actor, Actor]]]


async def a_delegate(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    first, holder = await two_persons(region, matter)
    return first, await lend(region, holder, matter.due, "delegate", LATER)


async def a_delegate_of_yesterday(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    first, holder = await two_persons(region, matter)
    return first, await lend(region, holder, matter.due, "delegate", TODAY)


async def a_delegate_of_the_first(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    both, _ = await one_person(region, matter)
    return both, await lend(region, both, matter.due, "delegate", LATER)


async def a_delegate_of_the_dismissed(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    first, holder = await two_persons(region, matter)
    delegate = await lend(region, holder, matter.due, "delegate", LATER)
    await dismissed(region, holder, YESTERDAY)
    return first, delegate


async def the_dismissed(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    first, due = await two_persons(region, matter)
    await dismissed(region, due, YESTERDAY)
    return first, due


async def a_stranger(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    first, _ = await two_persons(region, matter)
    return first, await official(region, "stranger", "operator")


def ground(**changes: Any) -> Ground:
    given: dict[str, Any] = {
        "kind": ActKind.LETTER,
        "number": "7",
        "date": date(2026, 2, 20),
    } | changes
    return Ground(**given)


@dataclass(frozen=True)
class Row:
    """Who decides on what ground, and what he is told."""

    name: str
    code: RefusalCode
    actors: Actors = two_persons
    ground: Ground | None = None


REQUIRED, RANGE = RefusalCode.GROUND_REQUIRED, RefusalCode.DATE_OUT_OF_RANGE
JUDGE, FORBIDDEN = RefusalCode.JUDGE_NOT_INDEPENDENT, RefusalCode.FORBIDDEN
REFUSALS = (
    Row("a kind that no law knows", REQUIRED, ground=ground(kind=cast(ActKind, "napkin"))),
    Row("no number", REQUIRED, ground=ground(number="  ")),
    Row("a number of 61 letters", REQUIRED, ground=ground(number="7" * 61)),
    Row("a number of 5,000 letters", REQUIRED, ground=ground(number="7" * 5_000)),
    Row("a number with NUL", REQUIRED, ground=ground(number="7\x00")),
    Row("a number of two lines", REQUIRED, ground=ground(number="7\n8")),
    Row("half a letter", REQUIRED, ground=ground(number="7\ud800")),
    Row("an act of tomorrow", RANGE, ground=ground(date=TODAY + timedelta(days=1))),
    Row("an act of 2099", RANGE, ground=ground(date=date(2099, 1, 1))),
    Row("an act of the year 1", RANGE, ground=ground(date=date.min)),
    Row("not his step", FORBIDDEN, a_stranger),
    Row("approves what he began for another", JUDGE, one_person),
    Row("acts for who began it", JUDGE, a_delegate_of_the_first),
    Row("delegation ended", FORBIDDEN, a_delegate_of_yesterday),
    Row("holder dismissed yesterday", FORBIDDEN, a_delegate_of_the_dismissed),
    Row("dismissed yesterday", RefusalCode.PERSON_DISMISSED, the_dismissed),
)


@pytest.mark.parametrize("row", REFUSALS, ids=lambda row: row.name)
@pytest.mark.parametrize("matter", MATTERS, ids=ids)
async def test_what_is_refused_is_refused_everywhere(
    open_test_region: OpenRegion, matter: Matter, row: Row
) -> None:
    region = await open_test_region(matter.region)
    first, due = await row.actors(region, matter)
    number = await matter.prepare(region, first)
    before = await rows(region)
    with pytest.raises(Refusal) as refused:
        async with region.work(due) as work:
            await matter.decide(work, number, row.ground)
    assert refused.value.code is row.code
    assert refused.value.clause is not None
    assert await rows(region) == before


@pytest.mark.parametrize("actors", [two_persons, a_delegate])
@pytest.mark.parametrize("matter", MATTERS, ids=ids)
async def test_what_is_allowed_is_written_once(
    open_test_region: OpenRegion, matter: Matter, actors: Actors
) -> None:
    """The rows of the table differ from this in one thing each. Then it is another's turn."""
    region = await open_test_region(matter.region)
    first, due = await actors(region, matter)
    number = await matter.prepare(region, first)
    async with region.work(due) as work:
        await matter.decide(work, number, GOOD)
    (*_, last) = await decided(region)
    holder = (last.person_id, last.on_behalf_id)
    assert (last.actor, last.role, last.in_person) == (due.subject, matter.due, True)
    assert holder[0] == due.person_id
    assert (holder[1] is None) == (actors is two_persons)
    assert last.ground == "письмо № П-12/7 от 01.02.2026 от 20.02.2026"
    before = await rows(region)
    with pytest.raises(Refusal) as again:
        async with region.work(due) as work:
            await matter.decide(work, number, GOOD)
    assert again.value.code is matter.again
    assert await rows(region) == before


@pytest.mark.parametrize(
    ("given", "kinds", "code"),
    [
        (GOOD, {ActKind.LETTER, ActKind.ORDER}, None),
        (GOOD, {ActKind.ORDER}, REQUIRED),
        (None, {ActKind.ORDER}, REQUIRED),
        (None, set(), None),
        (ground(number="7" * 60), set(), None),
        (ground(date=date(1900, 1, 1)), set(), None),
        (ground(date=date(1899, 12, 31)), set(), RANGE),
        (ground(date=TODAY), set(), None),
    ],
)
def test_a_ground_is_of_the_kind_that_the_step_asks(
    given: Ground | None, kinds: set[ActKind], code: RefusalCode | None
) -> None:
    """Kinds are asked for also where a person decides himself and needs no act otherwise."""
    if code is None:
        check_ground(given, frozenset(kinds), TODAY, None, required=False)
    else:
        with pytest.raises(Refusal) as refused:
            check_ground(given, frozenset(kinds), TODAY, None, required=False)
        assert refused.value.code is code


def test_one_place_checks_a_ground() -> None:
    checking = re.compile(
        r"Refusal\(RefusalCode\.GROUND_REQUIRED|Дата акта ещё не наступила|ground\.number\.strip\("
        r"|(ground|document|agreed)\.(number|kind|date) *(not in|[<>=!]=?|in) "
    )
    found = {
        module(path)
        for path in files("core", "schema", "plugins")
        if checking.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"core.shapes.chains.rules.checks"}
