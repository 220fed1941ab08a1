"""Section 8 over the same cases: what each region's ratings say of them, and what they refuse."""

from __future__ import annotations

import runpy
from datetime import date
from fractions import Fraction

import orjson
import pytest

from core.directory.model import Body
from core.kernel.access import system
from core.kernel.codes import ActKind
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.ratings.data import as_data
from core.ratings.figures import Counted, enter_figure
from core.ratings.quarter import quarter_of
from core.ratings.table import rating
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.ratings.volume import MINIMUM, fill
from tests.fixtures.clock import FrozenClock
from tests.places import ROOT

pytestmark = pytest.mark.bare_rows
KINDS = {
    "same-ministry": "executive",
    "same-town": "municipal",
    "same-fund": "territorial_fund",
    "same-company": "state_or_municipal_organisation",
}
QUARTER, METHODS = quarter_of("2026-Q1"), ("federal", "municipal", "regional", "pages-and-feedback")
GROUND = Ground(ActKind.ORDER, "12-р", date(2026, 4, 20))
DIGITAL = {"same-town": 3, "same-company": 1}
"""Of four that were checked."""

SAME = runpy.run_path(str(ROOT / "docs/recompute_rating.py"))["same"]
"""What the script of the guide says of an entry, out of its JSON alone."""

Told = dict[tuple[str, str | None], Fraction]

FEDERAL: Told = {
    ("same-town", None): Fraction(100),
    ("same-ministry", None): Fraction(100 * (153 + 213), 2 * 213),
    ("same-fund", None): Fraction(50),
    ("same-company", None): Fraction(100),
}
"""Number, time, completeness of bodies and organisations, over all the cases."""

MUNICIPAL: Told = {
    ("same-town", None): Fraction(100 + 100 + 75, 3),
    ("same-company", None): Fraction(100 + 100 + 25, 3),
}
"""Digital transformation too, of bodies and organisations of municipalities."""

KURSK: Told = {
    ("same-ministry", "roads"): Fraction(100),
    ("same-town", None): Fraction(100),
    ("same-ministry", "housing"): Fraction(100 * (60 + 100), 3 * 100),
}
"""Executive bodies by their themes, quality too; who is no body of the oblast is not rated."""

MARI_EL: Told = {
    ("same-town", None): Fraction(100),
    ("same-ministry", None): Fraction(100 * (153 + 193 + 93), 3 * 193),
}
"""The same criteria of a body as a whole."""

REGIONS = ("kursk", "murmansk", "mari_el", "chelyabinsk")
SAID = {
    **{(code, "municipal"): MUNICIPAL for code in REGIONS},
    ("kursk", "federal"): FEDERAL,
    ("murmansk", "federal"): FEDERAL,
    ("mari_el", "federal"): FEDERAL,
    ("chelyabinsk", "federal"): FEDERAL,
    ("kursk", "regional"): KURSK,
    ("mari_el", "regional"): MARI_EL,
}


async def the_same(region: Region) -> None:
    """Of a ministry roads in time, housing that came back, and applicants from elsewhere, late."""
    async with region.work(system()) as work:
        for key, kind in KINDS.items():
            work.session.add(Body(key=key, name=key, kind=kind))
    roads, housing, away = date(2026, 1, 12), date(2026, 2, 12), date(2026, 3, 12)
    await fill(region, "same-ministry", MINIMUM, 0, on=roads)
    await fill(region, "same-ministry", 60, 40, on=housing, theme="housing", reworks=1)
    await fill(region, "same-ministry", 0, 20, on=away, in_region_view=False)
    await fill(region, "same-town", 100, 0)
    await fill(region, "same-fund", 0, 95)
    await fill(region, "same-company", 94, 0)
    async with region.work(system()) as work:
        for body, hits in DIGITAL.items():
            said = Counted("digital-transformation", body, hits, 4, "Оценка министерства")
            await enter_figure(work, "municipal", QUARTER, said, GROUND)


@pytest.mark.parametrize("code", REGIONS)
async def test_the_regions_differ_exactly_as_their_acts_do(
    open_test_region: OpenRegion, clock: FrozenClock, code: str
) -> None:
    clock.at(2026, 6, 1)
    region = await open_test_region(code)
    await the_same(region)
    refused = {}
    for method in METHODS:
        async with region.reading(system()) as work:
            try:
                found = await rating(work, method, QUARTER)
            except Refusal as refusal:
                refused[method] = refusal.code.value
                continue
        told = {(one.subject.body, one.subject.theme): one.sums.mean for one in found.entries}
        assert told == SAID[code, method]
        data = orjson.loads(orjson.dumps(as_data(found)))
        assert [SAME(data, one) for one in data["entries"]] == [True] * len(told)
        names = [one.criterion.name for one in found.entries[0].contributions]
        assert ("качество" in names, "скорость" in names) == (
            method == "regional", (code, method) == ("mari_el", "regional"),
        )  # fmt: skip
    own = {
        "kursk": {"pages-and-feedback": "NOT_PROVIDED"},
        "mari_el": {"pages-and-feedback": "NOT_PROVIDED"},
        "chelyabinsk": {"regional": "NOT_PROVIDED", "pages-and-feedback": "NOT_PROVIDED"},
        "murmansk": {"regional": "NOT_PROVIDED", "pages-and-feedback": "WRONG_STATE"},
    }
    assert refused == own[code]
