"""A city of real times (`make boston FILE=…`): medians as lifelines has them, its own flags."""

from __future__ import annotations

import csv
import os
import warnings
from collections import Counter, defaultdict
from datetime import datetime
from math import isinf
from pathlib import Path
from typing import Any

import pytest

from core.appeals.exchange.imports import import_file
from core.appeals.figures.subject import Dimension
from core.appeals.observations.statistic import Statistic
from core.appeals.observations.table import table
from core.appeals.queries import AppealFilter
from core.kernel.access import system
from core.statistics.survival import Spell, history_of, incidence
from tests.conftest import OpenRegion
from tests.core.statistics.reference import library
from tests.places import ROOT

FILE = os.environ.get("TSUR_TEST_BOSTON", "")
MAPPING = ROOT / "tests" / "data" / "boston311.toml"
THEMES = ROOT / "tests" / "data" / "boston311_themes.csv"
THEME = (Dimension.THEME,)
TOLD = (
    Statistic.MEDIAN_DAYS,
    Statistic.ON_TIME_SHARE,
    Statistic.OVERDUE,
    Statistic.INCIDENCE,
)

pytestmark = pytest.mark.skipif(not FILE, reason="нет файла города: TSUR_TEST_BOSTON=файл")


def _rows() -> list[dict[str, str]]:
    """Those of a flag: where the city keeps none, it does not say whether it was on time."""
    with Path(FILE).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["ontime"]]


def _days(row: dict[str, str], now: datetime) -> tuple[int, bool]:
    start, end = (datetime.fromisoformat(row[name] or f"{now:%F %T}")
                  for name in ("open_dt", "closed_dt"))  # fmt: skip
    return (end - start).days, bool(row["closed_dt"])


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def _incidence(lifelines: Any, told: list[tuple[int, int]]) -> Any:
    """By days and one more, the share of those that ended in the first way.

    Lifelines shakes ties of different kinds: no case is last seen at that moment, or at 0.
    """
    seen = [days + (1 if kind else 1.25) for days, kind in told]
    fitter = lifelines.AalenJohansenFitter(seed=1, calculate_variance=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitter.fit(seen, [kind for _, kind in told], 1)
    return fitter.cumulative_density_.iloc[:, 0]


async def test_the_city_itself(open_test_region: OpenRegion, tmp_path: Path) -> None:
    lifelines, rows = library("lifelines"), _rows()
    region = await open_test_region("tests.grounds.boston")
    source = _write(tmp_path / "city.csv", rows)
    done = await import_file(region, source, mapping=MAPPING, rejects=tmp_path / "rejects.csv")
    assert (done.added, done.rejected) == (len(rows), 0)
    async with region.reading(system()) as work:
        medians, on_time, late, month = [  # of a month: answered in thirty full days
            {row.values[0]: row.cell for row in await table(work, of, THEME, AppealFilter())}
            for of in TOLD
        ]
        now = work.now.astimezone(work.zone).replace(tzinfo=None)
    with THEMES.open(encoding="utf-8", newline="") as file:
        themes = {row["from"]: row["to"] for row in csv.DictReader(file)}
    spells, flags = defaultdict(list), defaultdict[str | None, Counter[str]](Counter)
    for row in rows:
        spells[themes.get(row["reason"])].append(_days(row, now))
        flags[themes.get(row["reason"])][row["ontime"]] += 1
    assert medians.keys() == spells.keys()
    for theme, told in spells.items():
        kaplan = lifelines.KaplanMeierFitter().fit(*zip(*told, strict=True))
        value = medians[theme].value
        theirs = kaplan.median_survival_time_
        assert value == (None if isinf(theirs) else theirs)
        assert medians[theme].cases == len(told)
        assert late[theme].value == flags[theme]["OVERDUE"]
        aalen = _incidence(lifelines, [(day, int(done)) for day, done in told])
        assert month[theme].value == pytest.approx(aalen[:31.1].iloc[-1], abs=1e-9)
        share = on_time[theme].value
        assert share is not None
        assert share * len(told) == flags[theme]["ONTIME"]


def test_cumulative_incidence_of_its_departments() -> None:
    """Departments as bodies; what a body closed after its term counts as having left it."""
    lifelines, now = library("lifelines"), datetime(2012, 1, 1)  # noqa: DTZ001 - the city's clock
    bodies = defaultdict(list)
    for row in _rows():
        days, closed = _days(row, now)
        bodies[row["department"]].append(
            (days, 0 if not closed else 1 + (row["ontime"] != "ONTIME"))
        )
    for name, told in bodies.items():
        if not any(kind == 1 for _, kind in told):
            continue
        ours = history_of(
            Spell(days, *((days, None), (None, days))[kind - 1] if kind else (None, None))
            for days, kind in told
        )
        curve = _incidence(lifelines, told)
        for day, share in incidence(ours):
            assert float(share) == pytest.approx(curve[: day + 1.1].iloc[-1], abs=1e-9), name
