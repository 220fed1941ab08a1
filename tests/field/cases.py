"""A case is a folder: its files, perhaps mappings, and `expected.toml`; `tsur` itself runs it.

`[[import]]` in order into a region with nothing in it, then `[[row]]`, `[[exported]]`, `[[text]]`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fixtures.processes import Done, tsur
from tests.places import ROOT

REGION = "kursk"
TIMEOUT = 120
FIGURES = ("read", "added", "known", "differing", "rejected", "routed")


@dataclass(frozen=True)
class Place:
    """A data folder of its own, and `tsur` on it."""

    folder: Path

    def tsur(self, *arguments: str) -> Done:
        """Run the command to its end."""
        said = {name: value for name, value in os.environ.items() if not name.startswith("TSUR_")}
        state = {"TSUR_DATA_DIR": str(self.folder), "TSUR_REGIONS": REGION}
        return tsur(*arguments, env={**said, **state}, cwd=ROOT, timeout=TIMEOUT)

    def texts(self, external_id: str) -> list[str]:
        """The texts stored under this external id."""
        with closing(sqlite3.connect(self._database())) as connection:
            query = "SELECT text FROM appeal WHERE external_id = ?"
            return [text for (text,) in connection.execute(query, (external_id,))]

    def _database(self) -> Path:
        starts = (path for path in self.folder.rglob("*") if path.is_file())
        return next(path for path in starts if path.read_bytes()[:13] == b"SQLite format")


def migrated(folder: Path) -> Place:
    """A region as it is on the first day; copied for each case."""
    place = Place(folder)
    done = place.tsur("migrate")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return place


def differences(case: Path, empty: Place, folder: Path) -> list[str]:
    """What is not as the case expects it; nothing where all is."""
    shutil.copytree(empty.folder, folder)
    place = Place(folder)
    expected = tomllib.loads((case / "expected.toml").read_text(encoding="utf-8"))
    found = [line for step in expected.get("import", ()) for line in _imported(case, place, step)]
    exported = folder / "out.csv"
    done = place.tsur("export", REGION, str(exported))
    if done.returncode:
        return [*found, f"export: {done.stderr.strip()}"]
    text = exported.read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row in expected.get("row", ()):
        found += _row(row, rows)
    for one in expected.get("exported", ()):
        if one["contains"] not in text:
            found.append(f"the export does not contain {one['contains']!r}")
    for one in expected.get("text", ()):
        found += _text(one, place.texts(str(one["external_id"])))
    return found


def _imported(case: Path, place: Place, step: Mapping[str, Any]) -> Iterator[str]:
    mapping = ["--mapping", str(case / step["mapping"])] if "mapping" in step else []
    done = place.tsur("import", REGION, str(case / step["file"]), *mapping, "--json")
    name = step["file"]
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        if "refused" not in step.get("either", ()):
            yield f"{name}: refused: {done.stderr.strip()[-600:]}"
        elif len(lines) != 1 or "Traceback" in done.stderr:
            yield f"{name}: no clear sentence: {done.stderr.strip()[-600:]}"
        return
    said = json.loads(done.stdout.splitlines()[-1])
    for figure in FIGURES:
        if figure in step and said.get(figure) != step[figure]:
            yield f"{name}: {figure} is {said.get(figure)}, not {step[figure]}"
    if "either" in step and not any(_holds(one, said) for one in step["either"]):
        yield f"{name}: none of {step['either']}: {said}"
    if step.get("warned") and not said.get("warnings"):
        yield f"{name}: nobody was warned"
    yield from _keys(name, step.get("json_has", ()), said)


def _holds(figure: str, said: Mapping[str, Any]) -> bool:
    name, _, value = figure.partition("=")
    return bool(value) and str(said.get(name)) == value


def _keys(name: str, wanted: Any, said: Mapping[str, Any]) -> Iterator[str]:
    for key in wanted:
        if key not in said:
            yield f"{name}: the JSON has no {key}"
        elif isinstance(wanted, Mapping) and said[key] != wanted[key]:
            yield f"{name}: {key} is {said[key]}, not {wanted[key]}"


def _row(wanted: Mapping[str, Any], rows: list[dict[str, str]]) -> Iterator[str]:
    key = str(wanted["external_id"])
    found = [row for row in rows if row["external_id"] in (key, f"'{key}")]
    if len(found) != 1:
        yield f"{key}: {len(found)} lines in the export"
        return
    for name, value in wanted.items():
        cell = str(value).lower() if isinstance(value, bool) else str(value)
        if name != "external_id" and found[0].get(name) != cell:
            yield f"{key}: {name} is {found[0].get(name)!r}, not {cell!r}"


def _text(wanted: Mapping[str, Any], texts: list[str]) -> Iterator[str]:
    for text in texts:
        if text != wanted["equals_or_absent"]:
            yield f"{wanted['external_id']}: the text is {text!r}"
