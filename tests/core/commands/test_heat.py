"""`tsur heat`: data and picture of a period, and refusals in one line."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import orjson
import pytest

from tests.core.commands.conftest import Run

REGION = "tests.grounds.polygon"


def test_a_region_without_appeals_has_an_empty_map(settled: Run, tmp_path: Path) -> None:
    picture = tmp_path / "map.svg"
    code, out, err = settled(
        "heat", REGION, "--period", "2024-W10", "--json", "--svg", str(picture), "--look", "many"
    )
    assert (code, err) == (0, "")
    assert orjson.loads(out) == {
        "period": "2024-W10",
        "since": "2024-03-04",
        "until": "2024-03-11",
        "years": None,
        "season": "unknown",
        "cells": [],
    }
    root = ElementTree.fromstring(picture.read_text("utf-8"))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Полигон: сколько"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2026-W60",), "а не «2026-W60» (INVALID)"),
        (("2099",), "В этом периоде ещё не окончился ни один день (DATE_OUT_OF_RANGE)"),
        (("2024-03", "--theme", "x"), "Тематики «x» в этом периоде нет (INVALID)"),
        (("2024", "--resolution", "6"), "добавьте --hexagons (INVALID)"),
        (("2024", "--hexagons", "--resolution", "9"), "от 4 (крупный) до 8 (INVALID)"),
        (("2024", "--svg", "/нет/такой/папки.svg"), "не удалось (INVALID)"),
    ],
)
def test_refusals_are_one_line(settled: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = settled("heat", REGION, "--period", *words, "--json")
    assert (code, out) == (1, "")
    assert err.endswith(f"{said}\n")


def test_a_map_of_borders_and_of_hexagons(settled: Run, tmp_path: Path) -> None:
    files = [tmp_path / "map.geojson", tmp_path / "map.svg"]
    words = ("--period", "2024-W10", "--geojson", str(files[0]), "--svg", str(files[1]))
    code, out, err = settled("heat", REGION, *words, "--view", "federal")
    assert (code, out, err) == (0, "", "")
    told = orjson.loads(files[0].read_bytes())
    assert (told["type"], told["since"], told["until"]) == (
        "FeatureCollection",
        "2024-03-04",
        "2024-03-11",
    )
    code, out, err = settled("heat", REGION, *words, "--hexagons", "--json")
    assert (code, err) == (0, "")
    assert orjson.loads(out)["cells"] == orjson.loads(files[0].read_bytes())["features"] == []
    ElementTree.fromstring(files[1].read_text("utf-8"))
