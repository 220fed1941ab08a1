"""Real times of another city: our verdicts on its promises are exactly its own."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from core.appeals.exchange.exports import export_file
from core.appeals.exchange.figures import Figures
from core.appeals.exchange.imports import import_file
from core.kernel.region import Region
from tests.conftest import OpenRegion
from tests.places import DATA, SHARED

MAPPING = DATA / "boston311.toml"
REAL = Path(os.environ.get("TSUR_TEST_BOSTON", SHARED / "boston311_2011.csv"))

HEADER = (
    "case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,subject,reason,type,department,"
    "neighborhood,city_council_district,police_district,location_zipcode,latitude,longitude,source"
)
OPENED = "2011-07-01 01:00:00"
CASES = (
    ("in time", "2011-07-15 01:00:00", "2011-07-02 05:00:00", "ONTIME"),
    ("the last second", "2011-07-15 01:00:00", "2011-07-15 01:00:00", "ONTIME"),
    ("a second late", "2011-07-15 01:00:00", "2011-07-15 01:00:01", "OVERDUE"),
    ("late, verdict lost", "2011-07-15 01:00:00", "2012-01-01 00:00:00", ""),
    ("open past its target", "2011-07-15 01:00:00", "", "OVERDUE"),
    ("open, verdict lost", "2011-07-15 01:00:00", "", ""),
    ("open without a target", "", "", "ONTIME"),
    ("closed years later, no target", "", "2019-10-31 15:25:56", "ONTIME"),
    ("target before opening", "2011-07-01 00:00:00", "2011-07-01 02:52:57", "OVERDUE"),
    ("target far away", "2059-12-31 19:00:00", "2012-01-01 00:00:00", "ONTIME"),
    ("in an hour that spring skips", "2012-03-11 02:30:00", "2012-03-11 03:10:00", "OVERDUE"),
    ("in an hour that autumn repeats", "2011-11-06 01:30:00", "2011-11-06 01:45:00", "OVERDUE"),
)


@pytest.fixture
async def boston(open_test_region: OpenRegion) -> Region:
    return await open_test_region("tests.grounds.boston")


def invented(path: Path) -> Path:
    lines = [HEADER]
    for number, (_, target, closed, verdict) in enumerate(CASES, start=101):
        status = "Closed" if closed else "Open"
        where = "Dorchester,3,B3,,42.272,-71.077,Self Service"
        lines.append(
            f"{number},{OPENED},{target},{closed},{verdict},{status},"
            f"Public Works Department,Street Lights,Street Light Outages,PWDx,{where}"
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


async def verdicts(region: Region, source: Path, folder: Path) -> tuple[Figures, dict[str, bool]]:
    rejects = folder / "rejects.csv"
    figures = await import_file(region, source, mapping=MAPPING, rejects=rejects)
    await export_file(region, folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return figures, {row["external_id"]: row["late"] == "true" for row in csv.DictReader(file)}


def some_of(source: Path, folder: Path) -> Path:
    """Every twentieth row of the file, or all of them where the whole is asked for."""
    if "TSUR_TEST_BOSTON" in os.environ:
        return source
    header, *lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = folder / "some.csv"
    kept.write_text("".join([header, *lines[::20]]), encoding="utf-8")
    return kept


def city_says(source: Path) -> dict[str, bool]:
    with source.open(encoding="utf-8", newline="") as file:
        return {row["case_enquiry_id"]: row["ontime"] != "ONTIME" for row in csv.DictReader(file)}


async def test_every_rule_of_the_verdict(boston: Region, tmp_path: Path) -> None:
    source = invented(tmp_path / "boston.csv")
    figures, late = await verdicts(boston, source, tmp_path)
    assert figures == Figures(read=len(CASES), added=len(CASES))
    names = [name for name, *_ in CASES]
    assert dict(zip(names, late.values(), strict=True)) == {
        name: verdict != "ONTIME" for name, _, _, verdict in CASES
    }


async def test_what_is_exported(boston: Region, tmp_path: Path) -> None:
    await verdicts(boston, invented(tmp_path / "boston.csv"), tmp_path)
    assert await export_file(boston, tmp_path / "out.jsonl") == len(CASES)
    first = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first == {
        "external_id": "101",
        "channel": "line-311",
        "number": "БС-2011-000001",
        "received": "2011-07-01T01:00:00-05:00",
        "registered": "2011-07-01T01:00:00-05:00",
        "due": "2011-07-15T01:00:00-05:00",
        "due_rule": "promised",
        "answered": "2011-07-02T05:00:00-05:00",
        "closed": "2011-07-02T05:00:00-05:00",
        "state": "closed",
        "outcome": None,
        "late": False,
        "theme": "city-streets",
        "block": "city-streets",
        "body": None,
        "municipality": None,
        "category": None,
    }
    assert "out.jsonl.part" not in os.listdir(tmp_path)


@pytest.mark.skipif(not REAL.exists(), reason="the city's own file is not beside this checkout")
async def test_real_rows(boston: Region, tmp_path: Path) -> None:
    """`make boston` takes all of them."""
    source = some_of(REAL, tmp_path)
    expected = city_says(source)
    figures, late = await verdicts(boston, source, tmp_path)
    assert len(expected) > 100
    assert figures == Figures(read=len(expected), added=len(expected))
    assert late == expected
