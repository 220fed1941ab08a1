"""What pages ask of the database: as many statements of many cases as of few."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from core.appeals.figures.subject import APPEALS
from core.db.snapshot import Snapshot
from core.kernel.access import system
from core.shapes.figures.folding import fold
from schema.board.sitemap import PAGES
from tests.conftest import OpenRegion
from tests.core.indicators.cases import Cases
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.schema.board.conftest import Visitor, visiting

pytestmark = pytest.mark.bare_rows
FEW, MANY = 3, 20
TODAY = date(2026, 3, 11)
MOST = 8
"""So many statements that grow with the data has a page at the most."""

GROWING = re.compile(
    r"FROM (appeal|ledger|journal|answer|notice|document|obligation|problem|rating_case)\w*\b"
)
ONE_ROW = re.compile(r"WHERE \w+\.(id|appeal_id) (= \?|= \$1|IN)")
PLACES = ("kurskiy", "belovskiy", None)
WHOLE = [one for one in PAGES if "{" not in one.path and one.role == "curator"]
NUMBERED = ("appeals/n-1", "municipal/belovskiy")


@pytest.fixture
async def kursk(open_test_region: OpenRegion, clock: FrozenClock) -> AsyncIterator[Visitor]:
    clock.at(TODAY.year, TODAY.month, TODAY.day)
    region = await open_test_region("kursk")
    async with region.work(system()) as work:
        await appoint(work, "curator", subject="demo-curator")
    async with visiting(region) as visitor:
        yield visitor


async def spread(visitor: Visitor, cases: Cases, many: int) -> None:
    """So many cases of each place: late, of the last week and of this one."""
    days = {TODAY - timedelta(days=back): many for back in (60, 8, 1)}
    for place in PLACES:
        await cases.spread(days, municipality=place)
    async with visitor.region.work(system()) as work:
        await fold(work, APPEALS)


@contextmanager
def heard(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements of a page: by sessions, and by the planner."""
    found: list[str] = []
    engine: Any = visitor.region.database._reading.sync_engine
    plain = Snapshot.fetch

    def fetch(self: Snapshot, text: str, values: Any) -> Any:
        found.append(text)
        return plain(self, text, values)

    def executed(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        found.append(text)

    event.listen(engine, "before_cursor_execute", executed)
    with monkeypatch.context() as patched:
        patched.setattr(Snapshot, "fetch", fetch)
        yield found
    event.remove(engine, "before_cursor_execute", executed)


async def asked(visitor: Visitor, monkeypatch: pytest.MonkeyPatch, path: str) -> list[str]:
    with heard(visitor, monkeypatch) as found:
        assert (await visitor.get(path)).status_code == 200
    return found


async def test_no_page_asks_more_statements_of_more_cases(
    kursk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = Cases(kursk.region)
    await spread(kursk, cases, FEW)
    await kursk.enter("curator")
    paths = [*(one.path for one in WHOLE), *NUMBERED]
    few = {path: await asked(kursk, monkeypatch, path) for path in paths}
    await spread(kursk, cases, MANY)
    many = {path: await asked(kursk, monkeypatch, path) for path in paths}
    assert {path: len(many[path]) - len(few[path]) for path in paths} == dict.fromkeys(paths, 0)
    growing = {path: len([*filter(grows, texts)]) for path, texts in many.items()}
    assert {path: number for path, number in growing.items() if number > MOST} == {}
    assert growing[""] >= 3
    assert growing["appeals"] >= 1


def grows(text: str) -> bool:
    """Whether a statement looks through a table that grows: not cells of figures, nor one row."""
    return bool(GROWING.search(text)) and "rollup" not in text and not ONE_ROW.search(text)
