"""How another system's columns become our fields: a small TOML file, checked before any row."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.appeals.exchange.fields import (
    BLANK,
    FIELDS,
    IMPORT,
    MOMENTS,
    REQUIRED,
    BadCell,
    Convert,
    converters,
)
from core.appeals.rules.intake import Channel
from core.directory.rules.bodies import Theme
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Passport
from core.law.rulebook import Rulebook

TABLES = {"source": {"channel", "external_id", "zone"}, "columns": set(FIELDS)}
JOINED = "\n"
"""Between the columns of which a text is composed."""


@dataclass(frozen=True, slots=True)
class ValueMap:
    """What another system's words mean: cells of `field` become keys of `into`."""

    field: str
    into: str
    keys: Mapping[str, str]

    def key(self, cell: str) -> str:
        """The key for a cell, letter case and spaces apart; empty where none is given."""
        return self.keys.get(folded(cell), "")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from: its columns, the value map over them, else its constant.

    `attribute` is what a new appeal calls it, `blank` what it holds where nothing is given.
    """

    field: str
    attribute: str
    names: Sequence[str]
    values: ValueMap | None
    constant: str
    convert: Convert
    blank: object

    def value(self, cell: str) -> object:
        """What a cell says; BadCell where it is no value of the field."""
        if self.values:
            cell = self.values.key(cell)
        if not cell or cell.isspace():
            cell = self.constant
        return self.convert(cell) if cell else self.blank


@dataclass(frozen=True)
class FieldMap:
    """A checked mapping: our fields' columns and constants, value maps, the zone of naive times.

    `header` are all the columns of the file.
    """

    header: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    values: tuple[ValueMap, ...]
    zone: ZoneInfo

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The columns of the file that are read, and where in a row they stand."""
        names = (name for names in self.columns.values() for name in names)
        return {name: self.header.index(name) for name in names}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every field that is filled, in the order of the mapping."""
        maps = {value_map.into: value_map for value_map in self.values}
        columns = {**self.columns, **{into: self.columns[m.field] for into, m in maps.items()}}
        constants = {**dict.fromkeys(columns, ""), **self.constants}
        values = converters(self.zone)
        return tuple(
            Source(
                field,
                f"{field}_at" if field in MOMENTS else field,
                columns.get(field, ()),
                maps.get(field),
                "" if constant.isspace() or (field, constant) == ("received", IMPORT) else constant,
                values[field],
                BLANK.get(field),
            )
            for field, constant in constants.items()
        )

    @property
    def fingerprint(self) -> str:
        """Names the mapping's contents, value maps included."""
        values = [(v.field, v.into, sorted(v.keys.items())) for v in self.values]
        parts = (sorted(self.columns.items()), sorted(self.constants.items()), values)
        return hashlib.sha256(repr((*parts, self.zone.key)).encode()).hexdigest()


def wrong(text: str) -> Refusal:
    """The refusal of a mapping; nothing has been read yet."""
    return Refusal(RefusalCode.WRONG_MAPPING, f"Неверное соответствие полей: {text}")


def load_mapping(path: Path | None, columns: Sequence[str], rules: Rulebook, on: date) -> FieldMap:
    """The mapping for a file with these columns; without a path they carry our field names.

    WRONG_MAPPING for what is unknown, missing, repeated or contradictory.
    """
    content = _read(path) if path else {"columns": {n: n for n in columns if n in FIELDS}}
    folder = path.parent if path else Path()
    source, named = _table(content, "source"), _table(content, "columns")
    if "external_id" in source:
        named = {**named, "external_id": source["external_id"]}
    constants = {**_table(content, "defaults"), **_only(source, "channel")}
    mapping = FieldMap(
        header=tuple(columns),
        columns={field: _names(field, value) for field, value in named.items()},
        constants={field: _constant(field, value) for field, value in constants.items()},
        values=tuple(
            _value_map(field, value, folder) for field, value in content.get("values", {}).items()
        ),
        zone=_zone(source.get("zone"), rules, on),
    )
    _check_fields(mapping)
    _check_columns(mapping, columns)
    _check_keys(mapping, rules, on)
    return mapping


def folded(cell: str) -> str:
    """A word of another system without the differences that do not matter."""
    return " ".join(cell.casefold().replace("ё", "е").split())


def _read(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise wrong(f"{path.name} не читается ({type(error).__name__})") from error
    unknown = set(content) - {"source", "columns", "defaults", "values"}
    if unknown:
        raise wrong(f"неизвестные разделы {_listed(unknown)}")
    if not all(isinstance(table, dict) for table in content.values()):
        raise wrong("каждый раздел состоит из строк «имя = значение»")
    return content


def _table(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    table: dict[str, Any] = content.get(name, {})
    unknown = set(table) - TABLES.get(name, set(FIELDS))
    if unknown:
        raise wrong(f"в разделе [{name}] неизвестны поля {_listed(unknown)}")
    return table


def _only(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {key: table[key]} if key in table else {}


def _names(field: str, value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) and field == "text" else [value]
    names = tuple(name.strip() for name in given if isinstance(name, str))
    if not all(names) or not 0 < len(names) == len(given):
        raise wrong(f"для поля {field} назовите столбец")
    return names


def _constant(field: str, value: object) -> str:
    if not isinstance(value, str | int | float):
        raise wrong(f"постоянное значение поля {field} должно быть строкой")
    return str(value)


def _zone(name: object, rules: Rulebook, on: date) -> ZoneInfo:
    if name is None:
        return rules.get(Passport, "region", on).zone
    try:
        return ZoneInfo(str(name))
    except (ValueError, OSError, LookupError) as error:  # absolute paths, folders, unknown names
        raise wrong(f"часового пояса «{name}» нет") from error


def _value_map(field: str, value: object, folder: Path) -> ValueMap:
    if not isinstance(value, dict) or set(value) - {"file", "into"} or "file" not in value:
        raise wrong(f"раздел [values.{field}] состоит из file и into")
    into = value.get("into", field)
    if field not in FIELDS or into not in FIELDS:
        raise wrong(f"в разделе [values.{field}] неизвестное поле")
    path = folder / str(value["file"])
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
            keys = {folded(row["from"]): row["to"].strip() for row in rows}
    except (OSError, ValueError, csv.Error, KeyError, AttributeError) as error:
        raise wrong(f"{path.name} не читается: нужны столбцы from и to") from error
    return ValueMap(field, str(into), keys)


def _check_fields(mapping: FieldMap) -> None:
    given = {*mapping.columns, *mapping.constants, *(v.into for v in mapping.values)}
    missing = [field for field in REQUIRED if field not in given]
    if missing:
        raise wrong(f"не сказано, откуда взять поля {_listed(missing)}")
    for value_map in mapping.values:
        if value_map.field not in mapping.columns:
            raise wrong(f"[values.{value_map.field}] переводит поле, у которого нет столбца")
        if value_map.into != value_map.field and value_map.into in mapping.columns:
            raise wrong(f"поле {value_map.into} берётся сразу из двух мест")
    values = converters(mapping.zone)
    for field, constant in mapping.constants.items():
        if (field, constant) == ("received", IMPORT):
            continue
        try:
            values[field](constant)
        except BadCell as error:
            raise wrong(f"постоянное значение поля {field}: {error.reason}") from error


def _check_columns(mapping: FieldMap, columns: Sequence[str]) -> None:
    used = {name for names in mapping.columns.values() for name in names}
    missing = used - set(columns)
    if missing:
        raise wrong(f"в файле нет столбцов {_listed(missing)}")
    repeated = {name for name in used if columns.count(name) > 1}
    if repeated:
        raise wrong(f"в заголовке повторяются столбцы {_listed(repeated)}")


def _check_keys(mapping: FieldMap, rules: Rulebook, on: date) -> None:
    for kind, field in ((Theme, "theme"), (Channel, "channel")):
        keys = {key for v in mapping.values if v.into == field for key in v.keys.values() if key}
        keys |= {mapping.constants[field]} if field in mapping.constants else set()
        unknown = {key for key in keys if rules.find(kind, key, on) is None}
        if unknown:
            raise wrong(f"в регионе нет значений поля {field}: {_listed(unknown)}")


def _listed(names: Sequence[str] | set[str]) -> str:
    return ", ".join(f"«{name}»" for name in sorted(names))
