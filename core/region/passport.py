"""What is the same file in every region and so is data: `passport.toml` beside the chapters."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.kernel.rules.passport import Municipality, Passport
from core.law.act import Act, Clause, UnknownClause, act_beside
from core.law.fault import LawError
from core.law.rule import Rule
from core.region.hooks import hookimpl
from core.region.municipalities import load_municipalities

FILE = "passport.toml"
TABLES: Mapping[str, tuple[str, ...]] = {
    "region": (
        "name", "centre", "centre_short", "subject", "timezone", "number_prefix", "clause",
    ),
    "municipalities": ("file", "clause"),
    "directory": ("file",),
}  # fmt: skip
"""The tables of the file and their keys, all of them text and none of them left out."""


class BrokenPassport(LawError):
    """The file says what it may not; the line names the file and the key."""

    def __init__(self, path: Path, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}", str(path))


@dataclass(frozen=True, slots=True)
class RegionCard:
    """The chapter that the file is: the region's act, its card, municipalities and directory."""

    file: Path
    act: Act
    passport: Passport
    places: tuple[Municipality, ...]
    directory: Path

    @hookimpl
    def acts(self) -> tuple[Act, ...]:
        """The region's own act."""
        return (self.act,)

    @hookimpl
    def rules(self) -> tuple[Rule, ...]:
        """The card under the key `region` and the municipalities under theirs."""
        return (self.passport, *self.places)

    @hookimpl
    def directories(self) -> tuple[Path, ...]:
        """The bodies that the act does not name."""
        return (self.directory,)


def read_card(path: Path) -> RegionCard:
    """Read `passport.toml`; `act.toml` and the files that it names lie beside it.

    `[region]` is the card, `[municipalities]` and `[directory]` name files; a `clause` is an id
    of the region's act. Raises BrokenPassport at the first key that is missing, unknown or wrong.
    """
    tables = _tables(path)
    act = act_beside(path)
    passport = _passport(path, act, tables["region"])
    places = _municipalities(path, act, tables["municipalities"])
    return RegionCard(path, act, passport, places, _beside(path, "directory", tables["directory"]))


def _passport(path: Path, act: Act, card: Mapping[str, str]) -> Passport:
    try:
        ZoneInfo(card["timezone"])
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BrokenPassport(path, "region.timezone", "такого часового пояса нет") from error
    return Passport(
        "region",
        name=card["name"],
        centre=card["centre"],
        centre_short=card["centre_short"],
        subject=card["subject"],
        timezone=card["timezone"],
        number_prefix=card["number_prefix"],
        clause=_clause(path, act, "region", card),
    )


def _municipalities(path: Path, act: Act, table: Mapping[str, str]) -> tuple[Municipality, ...]:
    clause = _clause(path, act, "municipalities", table)
    file = _beside(path, "municipalities", table)
    try:
        return load_municipalities(file, clause)
    except (ValueError, csv.Error) as error:
        raise BrokenPassport(path, "municipalities.file", str(error)) from error


def _tables(path: Path) -> dict[str, dict[str, str]]:
    """The tables with exactly the keys that they have to have."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BrokenPassport(path, "файл", f"не читается: {error}") from error
    for name in data.keys() - TABLES.keys():
        raise BrokenPassport(path, name, "такой таблицы нет")
    return {name: _table(path, name, data.get(name)) for name in TABLES}


def _table(path: Path, name: str, table: object) -> dict[str, str]:
    if not isinstance(table, dict):
        raise BrokenPassport(path, name, "таблица не заполнена")
    for key in sorted(table.keys() - set(TABLES[name])):
        raise BrokenPassport(path, f"{name}.{key}", "такого ключа нет")
    for key in TABLES[name]:
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise BrokenPassport(path, f"{name}.{key}", "нужен непустой текст")
    return table


def _clause(path: Path, act: Act, name: str, table: Mapping[str, str]) -> Clause:
    try:
        return act.cite(table["clause"])
    except UnknownClause as error:
        raise BrokenPassport(path, f"{name}.clause", str(error)) from error


def _beside(path: Path, name: str, table: Mapping[str, str]) -> Path:
    said = table["file"]
    if Path(said).name != said:
        raise BrokenPassport(path, f"{name}.file", f"файл лежит рядом, папок в имени нет: {said}")
    file = path.with_name(said)
    if not file.is_file():
        raise BrokenPassport(path, f"{name}.file", f"файла {said} нет")
    return file
