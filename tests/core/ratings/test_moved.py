"""Whose standing has moved, as each reader is told: to others of the rounded numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm.attributes import set_committed_value

from core.kernel.access import Actor, system
from core.kernel.work import Work
from core.ratings.model import Rating, RatingVersion, Stage
from core.ratings.notices import rating_notices
from core.ratings.sight import moved, noted, shown
from core.ratings.words import moves
from tests.core.ratings.conftest import Centre
from tests.core.ratings.rows import rated

pytestmark = pytest.mark.bare_rows
FEW = "мало обращений"
Told = list[tuple[str, str | None, str | None]]


async def corrected(work: Work, first: dict[str, Any], then: dict[str, Any]) -> RatingVersion:
    """A final of so many good cases of a hundred of each body, and its correction."""
    final = await rated(work, **first)
    version = await rated(work, Stage.CORRECTION, **then)
    set_committed_value(version, "moved", moves(final.told, version.told))
    return version


async def told(work: Work, version: RatingVersion, reader: Actor) -> Told:
    rating = await work.session.get_one(Rating, version.rating_id)
    *_, last = await shown(replace(work, actor=reader), rating)
    assert noted(last) == any(one["subject"] in last.sight.own for one in moved(last))
    return [(one["subject"], one["before"], one["after"]) for one in moved(last)]


async def test_places_that_have_changed_are_told_to_everybody(centre: Centre) -> None:
    async with centre.region.work(system()) as work:
        version = await corrected(
            work, {"ministry": 90, "agency": 40}, {"ministry": 5, "agency": 40}
        )
        for reader in (centre.curator, centre.own, centre.administrator):
            assert await told(work, version, reader) == [
                ("agency", "место 2", "место 1"), ("ministry", "место 1", "место 2"),
            ]  # fmt: skip
        (notice,) = await rating_notices(replace(work, actor=centre.own))
        assert (notice.subject, notice.before, notice.after) == ("ministry", "место 1", "место 2")


async def test_what_exact_numbers_alone_move_is_told_to_who_sees_them(centre: Centre) -> None:
    async with centre.region.work(system()) as work:
        same = {"ministry": 84, "agency": 70}
        version = await corrected(work, same, same)
        said = {"subject": "ministry", "theme": None, "name": "Министерство"}
        exact = {**said, "before": "место 1", "after": "места 1–2"}
        set_committed_value(version, "moved", [exact])
        assert await told(work, version, centre.curator) == [("ministry", "место 1", "места 1–2")]
        for reader in (centre.own, centre.administrator):
            assert await told(work, version, reader) == []
        assert await rating_notices(replace(work, actor=centre.own)) == []


async def test_who_leaves_the_table_has_few_cases_to_others(centre: Centre) -> None:
    async with centre.region.work(system()) as work:
        three = {"ministry": 90, "agency": 40, "town": 20}
        version = await corrected(work, three, three)
        first, second, third = version.told["entries"]
        few = {**third, "mark": "too_few", "cases": 9}
        set_committed_value(version, "told", {**version.told, "entries": [first, second, few]})
        assert await told(work, version, centre.administrator) == [("town", "место 3", FEW)]
        roads = [{**one, "theme": "roads"} for one in (first, second)]
        set_committed_value(version, "told", {**version.told, "entries": [*roads, third]})
        assert await told(work, version, centre.administrator) == [
            ("ministry", "место 1", FEW), ("agency", "место 2", FEW),
        ]  # fmt: skip
        own = await told(work, version, centre.own)
        assert [one for one in own if one[0] == "ministry"] == [
            ("ministry", None, "место 1"), ("ministry", "место 1", None),
        ]  # fmt: skip
