from __future__ import annotations

from io import StringIO
from pathlib import Path

import orjson
from rich.console import Console
from rich.table import Table

from bench import results
from bench.importing import Imports
from bench.ratios import Round
from bench.reading import Readings

ROUNDS = [{"us": 80.0, "limit": 100.0}, {"us": 45.0, "limit": 50.0}, {"us": 10.0, "limit": 40.0}]
WORK = [{"us": 1.0, "limit": 0.5}, {"us": 3.0, "limit": 0.25}, {"us": 2.0, "limit": 0.75}]


def printed(table: Table) -> list[list[str]]:
    console = Console(file=StringIO(), width=200)
    console.print(table)
    assert isinstance(console.file, StringIO)
    lines = console.file.getvalue().splitlines()
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines if "│" in line]


def test_reading_is_told_by_case_and_server() -> None:
    found = {"page": Readings(rates=[*ROUNDS], work=[*WORK])}

    assert results.reading(found) == {"page": {"limit": 0.8}}
    assert printed(results.reading_table(found)) == [
        ["page", "us", "1", "2.00"],
        ["page", "limit", "0.8", "0.50"],
    ]


def test_an_import_is_told_with_the_work_it_was() -> None:
    rates: list[Round] = [{"us": 20.0, "copy": 200.0}, {"us": 30.0, "copy": 100.0}]
    server: list[Round] = [{"us": 60.0, "copy": 5.0}, {"us": 80.0, "copy": 7.0}]
    client: list[Round] = [{"us": 90.0, "copy": 0.5}, {"us": 90.0, "copy": 0.5}]

    assert results.importing(rates) == {"copy": 0.2}
    assert printed(results.importing_table(Imports(rates, server, client))) == [
        ["us", "1", "70", "90"],
        ["copy", "0.2", "6", "0.5"],
    ]


def test_a_busy_load_generator_is_owned_up_to() -> None:
    calm, busy = Readings(busiest=0.5), Readings(busiest=0.9)

    assert results.busy_note({"page": calm}) == (
        "The load generator was busy 50% of the time at the most"
    )
    assert results.busy_note({"page": calm, "lookup": busy}) == (
        "The load generator was busy 90% of the time at the most: "
        "ratios to the fastest server are too kind to us."
    )


def test_a_sweep_is_compared_with_a_tenth_of_either() -> None:
    rounds = [{"1000/100": 11.0, "100/100": 10.0, "1000/10": 1.0}]

    assert results.sweeping(rounds) == {"ten_times_the_open": 1.1, "ten_times_the_due": 11.0}


def test_growth_is_relative_to_the_smallest_size() -> None:
    rounds = {"page": [{"10": 2.0, "100": 3.0}, {"10": 4.0, "100": 5.0}, {"10": 1.0, "100": 1.0}]}

    assert results.growth(rounds, [10, 100]) == {"page": {"10": 1.0, "100": 1.25}}


def test_the_figures_of_a_start_stand_for_themselves() -> None:
    rounds = [{"seconds": 2.0, "megabytes": 150.26}, {"seconds": 1.0, "megabytes": 150.0}]

    assert results.starting(rounds) == {"seconds": 1.5, "megabytes": 150.0}


def test_a_table_shows_figures_and_rows_of_them() -> None:
    table = results.table_of("growth", {"page": {"10": 1.0, "100": 1.25}, "seconds": 2.0})

    assert printed(table) == [["page", "10 1  100 1.25"], ["seconds", "2"]]


def test_the_json_has_the_ratios_the_setting_and_the_day(tmp_path: Path) -> None:
    path = tmp_path / "ratios.json"

    results.write_json(path, {"page": {"limit": 0.8}}, {"size": 100, "versions": {"python": "3"}})

    assert orjson.loads(path.read_bytes()) == {
        "ratios": {"page": {"limit": 0.8}},
        "size": 100,
        "versions": {"python": "3"},
        "date": results.today(),
    }
