"""The municipalities of a region, read from the data file beside its plugin."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from core.kernel.rules.passport import Municipality, TerritoryCode
from core.law.act import Clause


def load_municipalities(path: Path, clause: Clause) -> tuple[Municipality, ...]:
    """Read a UTF-8 CSV file: key, name, form, codes, seat, latitude, longitude, population.

    `codes` are ОКТМО codes from the oldest to the newest, split by semicolons, each with the
    days on which it held: `38620000`, or `75603000/2018-01-01/2026-07-01` (from, first day no
    longer; either may be empty). An empty population is unknown. ValueError names a broken row.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_municipality(row, clause) for row in csv.DictReader(file, strict=True))


def _municipality(row: dict[str, str], clause: Clause) -> Municipality:
    try:
        return Municipality(
            row["key"],
            name=row["name"],
            form=row["form"],
            codes=tuple(_code(text) for text in row["codes"].split(";")),
            seat=row["seat"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"]) if row["population"] else None,
            clause=clause,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"муниципальное образование {row.get('key')!r}: {error}") from error


def _code(text: str) -> TerritoryCode:
    oktmo, since, until = (*text.split("/"), "", "")[:3]
    if len(oktmo) != 8 or not oktmo.isdecimal():
        raise ValueError(f"код ОКТМО {oktmo!r} не из восьми цифр")
    return TerritoryCode(oktmo, _day(since), _day(until))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
