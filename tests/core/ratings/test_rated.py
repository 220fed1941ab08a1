"""Whom a method rates beside bodies: their units, and those who are responsible for blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.directory.seed import load_directory
from core.federal.ratings import CRITERIA
from core.kernel.access import system
from core.law.fault import LawError
from core.ratings.cases import by_subject, counted, had
from core.ratings.differences import differences
from core.ratings.drafts import Draft
from core.ratings.laboratory import rehearse
from core.ratings.life import correct_rating
from core.ratings.notices import rating_notices
from core.ratings.objections import object_to
from core.ratings.quarter import before
from core.ratings.rules import (
    Measure,
    PeerGroups,
    PeersBy,
    Rated,
    RatingMethod,
    completeness,
    outside,
    time,
)
from core.ratings.scoring import Seen, Subject
from core.ratings.sight import cases_of, ratings, shown, sight_of
from core.ratings.table import rating
from core.ratings.versions import proven, versions_of
from tests.core.ratings.conftest import FIRST, PUBLISH, Centre, step
from tests.core.ratings.test_differences import HEADER
from tests.core.ratings.test_peers import SAME
from tests.core.ratings.test_scoring import BOTH
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock

pytestmark = pytest.mark.bare_rows
UNDER = {"desk": "executive", "office-2": "executive", "firm": "subordinate"}
NOBODY = frozenset[BodyKind]()
FEBRUARY = date(2026, 2, 12)
UNITS = replace(BOTH, rates=Rated.UNITS)
BLOCKS = RatingMethod(
    "federal",
    "Рейтинг ответственных за блоки",
    NOBODY,
    (time(CRITERIA), completeness(CRITERIA)),
    rates=Rated.BLOCKS,
    clause=CRITERIA,
)


def under(centre: Centre, method: RatingMethod) -> Centre:
    """The centre with this method as its law's `federal`."""
    rules = centre.region.rules
    methods = {**rules._index[RatingMethod], ("federal", None): (method,)}
    law = replace(rules, _index={**rules._index, RatingMethod: methods})
    return replace(centre, region=replace(centre.region, rules=law))


def test_a_method_says_whom_it_rates() -> None:
    assert UNITS.sentence().startswith("Проба: структурные подразделения: исполнительные органы")
    assert BLOCKS.sentence().startswith("Рейтинг ответственных за блоки: ответственные за блоки;")
    pages = outside("pages", "страницы", Measure.PAGES, CRITERIA)
    for wrong in (
        {"subjects": BOTH.subjects},
        {"criteria": (pages,)},
        {"peers": PeerGroups(PeersBy.KIND)},
        {"rates": Rated.UNITS},
    ):
        with pytest.raises(LawError):
            replace(BLOCKS, **wrong)


async def test_a_unit_is_rated_by_what_it_had_itself(centre: Centre, tmp_path: Path) -> None:
    """A unit has a superior of its own kind; its name says whose it is, and a change of either
    has its cause."""
    async with centre.region.work(system()) as work:
        ids = {one.key: one.id for one in await work.session.scalars(select(Body))}
        for key, kind in UNDER.items():
            work.session.add(Body(key=key, name=f"Отдел {key}", kind=kind, parent_id=ids["agency"]))
    for key in UNDER:
        await fill(centre.region, key, MINIMUM - 20 * len(key), 20 * len(key))
    rated = under(centre, replace(UNITS, key="federal", half_width=BLOCKS.half_width))
    async with rated.region.work(system()) as work:
        method = work.rules.get(RatingMethod, "federal", FIRST.last_day)
        each = by_subject(await had(work, method, FIRST, work.actor))
        told = await counted(work, method, [FIRST, before(FIRST)], work.actor)
        found = await rating(work, "federal", FIRST)
    assert {one.body: len(seen) for one, seen in each.items()} == {
        "desk": MINIMUM, "office-2": 160,
    }  # fmt: skip
    assert told[FIRST] == {one: Counter(seen) for one, seen in each.items()}
    assert [(one.name, one.within) for one in found.entries] == [
        ("Отдел desk (Агентство)", "agency"), ("Отдел office-2 (Агентство)", "agency"),
    ]  # fmt: skip
    await rated.drafted()
    table = tmp_path / "bodies.csv"
    table.write_text(f"{HEADER}agency,Новое агентство,executive,,,,\n", "utf-8")
    async with rated.region.work(system()) as work:
        await load_directory(work, table)
    rated.clock.at(2026, 6, 23)
    await rated.does(rated.curator, PUBLISH)
    async with rated.region.work(rated.curator) as work:
        (row,) = await ratings(work)
        changes = await differences(work, row, *(await versions_of(work, row))[-2:])
    assert [(one.field, one.body, one.after) for one in changes] == [
        ("name", "desk", "Отдел desk (Новое агентство)"),
        ("name", "office-2", "Отдел office-2 (Новое агентство)"),
    ]
    assert [[cause.kind.value for cause in one.causes] for one in changes] == [["body"], ["body"]]


@pytest.fixture
async def led(centre: Centre) -> Centre:
    """Two blocks with enough cases, whoever answers them; the method rates their responsible."""
    await fill(centre.region, "agency", 62, 31, on=FEBRUARY, block="health")
    await fill(centre.region, "agency", 1, 0, on=date(2026, 3, 2), block=None)
    return under(centre, BLOCKS)


async def test_a_block_has_its_cases_from_their_receipt(led: Centre) -> None:
    async with led.region.work(system()) as work:
        each = by_subject(await had(work, BLOCKS, FIRST, work.actor))
        told = await counted(work, BLOCKS, [FIRST, before(FIRST)], work.actor)
        found = await rating(work, "federal", FIRST)
    good, late = Seen(10, merits=True), Seen(50, merits=True)
    assert told == {FIRST: {one: Counter(seen) for one, seen in each.items()}, before(FIRST): {}}
    assert told[FIRST] == {
        Subject("block:roads"): {good: MINIMUM + 31, late: MINIMUM - 31},
        Subject("block:health"): {good: 62, late: 31},
    }
    assert {one.subject.body for one in found.entries} == {"block:roads", "block:health"}
    assert all(one.name.startswith("Ответственный за блок «") for one in found.entries)


async def test_a_block_is_told_to_its_responsible_and_to_nobody_else(led: Centre) -> None:
    """Its number would tell of the themes that are published; a body's official sees no draft."""
    async with led.region.work(system()) as work:
        head = await appoint(work, "block-responsible", blocks=["roads"], subject="head")
    await led.drafted()
    seen = {}
    for actor in (led.curator, head, led.own, led.administrator):
        async with led.region.work(actor) as work:
            assert len(await ratings(work)) == 1
            (row,) = await ratings(work)
            versions = await shown(work, row)
            seen[actor.subject] = [
                (one.version.stage, [entry["subject"] for entry in one.told["entries"]])
                for one in versions
            ]
    both = sorted(["block:roads", "block:health"])
    assert [(stage, sorted(found)) for stage, found in seen["curator"]] == [
        ("trial", both), ("draft", both),
    ]  # fmt: skip
    assert seen["head"] == [("trial", ["block:roads"]), ("draft", ["block:roads"])]
    assert seen["own"] == seen["administrator"] == [("trial", [])]
    async with led.region.work(head) as work:
        (notice,) = await rating_notices(work)
        assert (notice.subject, (await sight_of(work)).bodies) == ("block:roads", frozenset())
        own = await cases_of(work, row, 2, "block:roads", None)
        assert len((await work.session.scalars(own)).all()) == 2 * MINIMUM
    objects = step(object_to, ("block:roads", None), "Ответ дан", ["agency-01-3"])
    assert (await led.refused(led.own, objects))[0] == "FORBIDDEN"
    await led.does(head, objects)


async def test_the_rating_of_blocks_lives_as_any_other(led: Centre, clock: FrozenClock) -> None:
    await led.drafted()
    clock.at(2026, 6, 23)
    await led.does(led.curator, PUBLISH)
    nothing = await led.refused(led.curator, step(correct_rating, "Ошибка"))
    assert nothing[1] == "Исправлять нечего: сведения прежние"
    async with led.region.work(led.curator) as work:
        (row,) = await ratings(work)
        *_, draft, final = await versions_of(work, row)
        assert await differences(work, row, draft, final) == []
        assert await proven(work, final)
        assert [SAME(final.told, one) for one in final.told["entries"]] == [True, True]
        assert final.told["rates"] == "blocks"


async def test_the_laboratory_tries_other_subjects(centre: Centre) -> None:
    await fill(centre.region, "agency", 62, 31, on=FEBRUARY, block="health")
    async with centre.region.work(centre.curator) as work:
        (run,) = await rehearse(work, "federal", [FIRST], Draft(rates=Rated.BLOCKS))
    assert run.draft is not None
    assert {one["subject"] for one in run.draft["entries"]} == {"block:roads", "block:health"}
    assert {one.after for one in run.movers if one.subject.body == "ministry"} == {None}
    units = Draft(rates=Rated.UNITS)
    code, text = await centre.refused(
        centre.curator, lambda work: rehearse(work, "federal", [FIRST], units)
    )
    assert (code, text.split(" — ")[0]) == (
        "WRONG_STATE", "Объектов, у которых не меньше 93 обращений: 0",
    )  # fmt: skip
