"""The municipalities of a region and their reforms, read from the data files beside its plugin."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from core.kernel.rules.passport import Municipality, Reform, ReformKind, TerritoryCode
from core.law.act import Clause

N = TypeVar("N", int, float)
HISTORY = "municipality_history.csv"


def load_municipalities(path: Path, clause: Clause) -> tuple[Municipality, ...]:
    """Read a UTF-8 CSV file: key, name, kind, codes, seat, latitude, longitude, population.

    `codes` are ОКТМО codes from the oldest to the newest, split by semicolons, each with the
    days on which it held: `38620000`, or `75603000/2018-01-01/2026-07-01` (from, first day no
    longer; either may be empty). An empty population is unknown. ValueError names a broken row.

    HISTORY beside it, where there is one, has a row a reform: key, kind, date, ground, and the
    name and former_kind until then; successors split by semicolons where the municipality ended.
    """
    now = {row["key"]: _municipality(row, clause) for row in _rows(path)}
    reforms = _reforms(path.with_name(HISTORY))
    _check(now, reforms)
    return tuple(
        edition for key, place in now.items() for edition in _editions(place, reforms.get(key, ()))
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _municipality(row: dict[str, str], clause: Clause) -> Municipality:
    try:
        return Municipality(
            row["key"],
            name=row["name"],
            kind=row["kind"],
            codes=tuple(_code(text) for text in row["codes"].split(";")),
            seat=row["seat"],
            latitude=_number(row, "latitude", float),
            longitude=_number(row, "longitude", float),
            population=_number(row, "population", int) if row["population"] else None,
            clause=clause,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"муниципальное образование «{row.get('key')}»: {_why(error)}") from error


def _editions(place: Municipality, reforms: Sequence[Reform]) -> Iterator[Municipality]:
    """The municipality between its reforms, each time as it was called; nothing after its end."""
    since: date | None = place.since
    for reform in reforms:
        name, kind = reform.name or place.name, reform.former_kind or place.kind
        if since is None or since < reform.on:
            until, every = reform.on, tuple(reforms)
            yield replace(place, name=name, kind=kind, since=since, until=until, reforms=every)
            since = reform.on
    if not reforms or not reforms[-1].kind.ends:
        yield replace(place, since=since, reforms=tuple(reforms))


def _reforms(path: Path) -> Mapping[str, Sequence[Reform]]:
    found: dict[str, list[Reform]] = {}
    for row in _rows(path) if path.exists() else ():
        try:
            reform = Reform(
                _kind(row["kind"]),
                _first_day(row["date"]),
                row["ground"],
                row["name"],
                row["former_kind"],
                tuple(filter(None, row["successors"].split(";"))),
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"преобразование «{row.get('key')}»: {_why(error)}") from error
        found.setdefault(row["key"], []).append(reform)
    return found


def _check(now: Mapping[str, Municipality], reforms: Mapping[str, Sequence[Reform]]) -> None:
    """ValueError where the history cannot be: unknown keys, days out of order, a circle."""
    for key, rows in reforms.items():
        last = rows[-1]
        wrong = (
            (key not in now, "такого муниципального образования нет"),
            (not all(row.ground.strip() for row in rows), "не назван акт"),
            (any(one.on >= two.on for one, two in pairwise(rows)), "даты не по порядку"),
            (any(row.kind.ends for row in rows[:-1]), "после конца ничего не бывает"),
            (any(row.kind.ends != bool(row.successors) for row in rows), "преемники не те"),
            (not now.keys() >= {*last.successors}, "преемника нет в перечне"),
            (_returns(key, reforms), "преемники идут по кругу"),
        )
        for found, text in wrong:
            if found:
                raise ValueError(f"преобразование «{key}»: {text}")


def _returns(key: str, reforms: Mapping[str, Sequence[Reform]]) -> bool:
    """Whether the successors of a municipality lead back to it."""
    passed: set[str] = set()
    ahead = {*reforms[key][-1].successors}
    while ahead - passed:
        passed |= ahead
        ahead = {heir for one in ahead if one in reforms for heir in reforms[one][-1].successors}
    return key in passed


def _code(text: str) -> TerritoryCode:
    oktmo, since, until = (*text.split("/"), "", "")[:3]
    if len(oktmo) != 8 or not oktmo.isdecimal():
        raise ValueError(f"код ОКТМО «{oktmo}» не из восьми цифр")
    return TerritoryCode(oktmo, _day(since), _day(until))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"дата «{text}» не в виде 2026-03-02") from None


def _first_day(text: str) -> date:
    day = _day(text)
    if day is None:
        raise ValueError("не назван день")
    return day


def _kind(text: str) -> ReformKind:
    if text not in {*ReformKind}:
        raise ValueError(f"вида преобразования «{text}» нет: {', '.join(ReformKind)}")
    return ReformKind(text)


def _number(row: Mapping[str, str], column: str, number: Callable[[str], N]) -> N:
    try:
        return number(row[column])
    except (TypeError, ValueError):
        raise ValueError(f"в столбце {column} не число: «{row[column] or ''}»") from None


def _why(error: Exception) -> str:
    """The reason in Russian: a column that is not there, a cell that is not, or a wrong one."""
    if isinstance(error, KeyError):
        return f"нет столбца {error.args[0]}"
    return str(error) if isinstance(error, ValueError) else "в строке не хватает столбцов"
