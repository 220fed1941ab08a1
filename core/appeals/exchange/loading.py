"""Reading a mapping, a small TOML file: all of it is checked before any row is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from core.appeals.exchange.dates import BadCell, Dates, complaint_of
from core.appeals.exchange.fields import FIELDS, IMPORT, REQUIRED, TITLES, converters
from core.appeals.exchange.mapping import FieldMap
from core.appeals.exchange.pins import around
from core.appeals.exchange.value_lists import ValueMap, folded, load_keys, wrong
from core.appeals.rules.intake import Channel, Regime
from core.directory.rules.bodies import Theme
from core.kernel.rules.passport import Municipality, Passport
from core.kernel.tables.heading import alike
from core.kernel.unreadable import why
from core.law.rulebook import Rulebook

TABLES = {
    "source": {"channel", "external_id", "zone", "dates", "blank", "sheet"},
    "columns": set(FIELDS),
}
PLATFORM = "feedback-platform"
"""The federal system through which both come, appeals and messages: each row says what it is."""


@dataclass(frozen=True)
class Draft:
    """A mapping as it is written, before the file that it is for is open."""

    content: Mapping[str, Any]
    folder: Path
    named: bool = True

    @property
    def wanted(self) -> frozenset[str]:
        """The columns by which the header of the file is known."""
        source, columns = _table(self.content, "source"), _table(self.content, "columns")
        given = [source.get("external_id"), *columns.values()] if self.named else list(FIELDS)
        names = (name for one in given for name in (one if isinstance(one, list) else [one]))
        return frozenset(name for name in names if isinstance(name, str))

    @property
    def optional(self) -> tuple[str, ...]:
        """The columns of fields that an appeal may do without."""
        columns = _table(self.content, "columns")
        given = (name for field, name in columns.items() if field not in REQUIRED)
        return tuple(name for name in given if isinstance(name, str))

    @property
    def sheet(self) -> str | None:
        """The sheet of a book that is meant; None is the one that fits best."""
        said = _table(self.content, "source").get("sheet")
        if said is not None and not isinstance(said, str):
            raise wrong("sheet называет лист книги")
        return said


def read_draft(path: Path | None) -> Draft:
    """The mapping as written; without a path columns carry our names. WRONG_MAPPING else."""
    if path is None:
        return Draft({}, Path(), named=False)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise wrong(f"{path.name} не читается: сохраните его в UTF-8") from error
    except OSError as error:
        raise wrong(f"{path.name} не читается ({why(error)})") from error
    except ValueError as error:
        raise wrong(f"{path.name} не читается: это не TOML ({error})") from error
    unknown = set(content) - {"source", "columns", "defaults", "values"}
    if unknown:
        raise wrong(f"неизвестные разделы {_listed(unknown)}")
    if not all(isinstance(table, dict) for table in content.values()):
        raise wrong("каждый раздел состоит из строк «имя = значение»")
    return Draft(content, path.parent)


def load_mapping(path: Path | None, columns: Sequence[str], rules: Rulebook, on: date) -> FieldMap:
    """The mapping for a file with these columns; without a path they carry our field names.

    WRONG_MAPPING for what is unknown, missing, repeated or contradictory.
    """
    return checked(read_draft(path), columns, rules, on)


def checked(draft: Draft, columns: Sequence[str], rules: Rulebook, on: date) -> FieldMap:
    """The same for a mapping that has been read."""
    content = draft.content
    source, named = _table(content, "source"), _table(content, "columns")
    if not draft.named:
        own = {alike(field): field for field in TITLES}
        named = {own[alike(name)]: name for name in columns if alike(name) in own}
    if "external_id" in source:
        named = {**named, "external_id": source["external_id"]}
    constants = {**_table(content, "defaults"), **_only(source, "channel")}
    mapping = FieldMap(
        header=tuple(columns),
        columns={field: _found(_names(field, value), columns) for field, value in named.items()},
        constants={field: _constant(field, value) for field, value in constants.items()},
        values=tuple(
            _value_map(field, value, draft.folder)
            for field, value in content.get("values", {}).items()
        ),
        dates=Dates(_zone(source.get("zone"), rules, on), _patterns(source.get("dates", []))),
        blanks=_blanks(source.get("blank", [])),
        asking=frozenset(c.key for c in rules.all(Channel, on) if _asks(c)),
        around=around(rules.all(Municipality, on)),
    )
    _check_fields(mapping)
    _check_columns(mapping, columns)
    _check_keys(mapping, rules, on)
    return mapping


def _asks(channel: Channel) -> bool:
    return channel.system == PLATFORM and channel.regime is Regime.APPEAL


def _table(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    table: dict[str, Any] = content.get(name, {})
    unknown = set(table) - TABLES.get(name, set(FIELDS))
    if unknown:
        fields = f". Поля: {fields_there_are()}" if name != "source" else ""
        raise wrong(f"в разделе [{name}] неизвестны поля {_listed(unknown)}{fields}")
    return table


def fields_there_are() -> str:
    """Every field with what it means, for a message."""
    return ", ".join(f"{field} ({title})" for field, title in TITLES.items())


def _only(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {key: table[key]} if key in table else {}


def _names(field: str, value: object) -> tuple[str, ...]:
    given = value if isinstance(value, list) and field == "text" else [value]
    names = tuple(name.strip() for name in given if isinstance(name, str))
    if not all(names) or not 0 < len(names) == len(given):
        raise wrong(f"для поля {field} назовите столбец")
    return names


def _found(names: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """The names as the file spells them; one that it does not have stays as it is."""
    by_look: dict[str, str] = {}
    for column in reversed(columns):
        by_look[alike(column)] = column
    return tuple(name if name in columns else by_look.get(alike(name), name) for name in names)


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
        raise wrong(f"часового пояса «{name}» нет, пишите как Europe/Moscow или UTC") from error


def _patterns(value: object) -> tuple[str, ...]:
    given: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(pattern, str) for pattern in given):
        raise wrong('dates — это список форматов дат, например ["%d.%m.%Y %H:%M"]')
    for pattern in given:
        if complaint := complaint_of(pattern):
            raise wrong(
                f"формат даты «{pattern}» не годится: {complaint}; "
                "пишите как %d.%m.%Y %H:%M (день, месяц, год, часы, минуты)"
            )
    return tuple(given)


def _blanks(value: object) -> frozenset[str]:
    given = value if isinstance(value, list) else [value]
    if not all(isinstance(word, str) for word in given):
        raise wrong("blank — это список слов, которыми источник говорит «ничего»")
    return frozenset(map(folded, given))


def _value_map(field: str, value: object, folder: Path) -> ValueMap:
    if (
        not isinstance(value, dict)
        or set(value) - {"file", "into"}
        or not isinstance(value.get("file"), str)
    ):
        raise wrong(f"раздел [values.{field}] состоит из file и into")
    into = value.get("into", field)
    if field not in FIELDS or into not in FIELDS:
        raise wrong(f"в разделе [values.{field}] неизвестное поле")
    path = folder / value["file"]
    return ValueMap(field, str(into), load_keys(path), path.name)


def _check_fields(mapping: FieldMap) -> None:
    given = {*mapping.columns, *mapping.constants, *(v.into for v in mapping.values)}
    missing = [field for field in REQUIRED if field not in given]
    if missing:
        raise wrong(
            f"не сказано, откуда взять поля {_listed(missing)}. {_columns_there_are(mapping)} "
            f"Поля: {fields_there_are()}"
        )
    for value_map in mapping.values:
        if value_map.field not in mapping.columns:
            raise wrong(f"[values.{value_map.field}] переводит поле, у которого нет столбца")
        if value_map.into != value_map.field and value_map.into in mapping.columns:
            raise wrong(f"поле {value_map.into} берётся сразу из двух мест")
    values = converters(mapping.dates)
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
        raise wrong(f"в файле нет столбцов {_listed(missing)}. {_columns_there_are(mapping)}")
    repeated = {name for name in used if columns.count(name) > 1}
    if repeated:
        raise wrong(f"в заголовке повторяются столбцы {_listed(repeated)}")


def _columns_there_are(mapping: FieldMap) -> str:
    there = ", ".join(f"«{name}»" for name in mapping.header if name)
    return f"Столбцы файла: {there or 'ни одного'}."


def _check_keys(mapping: FieldMap, rules: Rulebook, on: date) -> None:
    themes = {theme.key: theme.name for theme in rules.all(Theme, on)}
    channels = {channel.key: channel.name for channel in rules.all(Channel, on)}
    for field, known in (("theme", themes), ("channel", channels)):
        keys = {key for v in mapping.values if v.into == field for key in v.keys.values() if key}
        keys |= {mapping.constants[field]} if field in mapping.constants else set()
        if unknown := keys - known.keys():
            there = ", ".join(f"{key} ({name})" for key, name in sorted(known.items()))
            raise wrong(f"в регионе нет значений поля {field}: {_listed(unknown)}. Есть: {there}")
        if field == "channel" and keys & mapping.asking:
            _check_regime(mapping)


def _check_regime(mapping: FieldMap) -> None:
    """Through the platform come appeals and messages: which row is which nobody may guess."""
    if "regime" in {*mapping.columns, *mapping.constants, *(v.into for v in mapping.values)}:
        return
    raise wrong(
        "через платформу обратной связи приходят и обращения, и сообщения. Назовите столбец, "
        "который говорит о каждой строке, что это (поле regime), или скажите это обо всём файле "
        f"в разделе [defaults]. {_columns_there_are(mapping)}"
    )


def _listed(names: Sequence[str] | set[str]) -> str:
    return ", ".join(f"«{name}»" for name in sorted(names))
