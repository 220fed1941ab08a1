"""A region's own directory file as the directory would hold it, without a database."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import plugins
from core.directory.bodies import Bodies
from core.directory.model import Body, BodyTheme

PLUGINS = Path(plugins.__path__[0])


def rows(code: str, name: str = "directory.csv") -> list[dict[str, str]]:
    """The rows of one of a region's data files."""
    with (PLUGINS / code / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def bodies(code: str) -> Bodies:
    """Bodies numbered in the order of the file, with the themes they answer for as data."""
    entries = rows(code)
    numbers = {row["key"]: number for number, row in enumerate(entries, start=1)}
    held = [
        Body(
            id=numbers[row["key"]],
            key=row["key"],
            name=row["name"],
            kind=row["kind"],
            parent_id=numbers[row["parent"]] if row["parent"] else None,
            municipality=row["municipality"] or None,
        )
        for row in entries
    ]
    themes = [
        BodyTheme(body_id=numbers[row["key"]], theme=theme, default=True)
        for row in entries
        for theme in filter(None, row["themes"].split(";"))
    ]
    return Bodies(held, themes)
