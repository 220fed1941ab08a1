"""Filling the directory: bodies that the acts name, and a region's own file of bodies."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from core.directory.model import Body, BodyTheme
from core.directory.naming import place_named, theme_named
from core.directory.rules import bodies as rules
from core.directory.rules.bodies import BodyKind
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.tables.flags import FLAGS
from core.kernel.work import Work
from core.law.act import Clause

COLUMNS = ("key", "name", "kind", "parent", "municipality", "themes", "default")
DEFAULT = {"": True, **FLAGS}
LONGEST_FILE = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A body as it should stand in the directory; `parent` and `themes` are keys."""

    key: str
    name: str
    kind: BodyKind
    parent: str | None = None
    municipality: str | None = None
    opened: date | None = None
    closed: date | None = None
    themes: tuple[str, ...] = ()
    default: bool = True
    clause: Clause | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many bodies a file added and changed; the rest stood already."""

    added: int
    changed: int


@dataclass(frozen=True, slots=True)
class Entered:
    """Keys of the bodies that were added and changed."""

    added: frozenset[str]
    changed: frozenset[str]

    @property
    def counts(self) -> Loaded:
        """How many each."""
        return Loaded(len(self.added), len(self.changed))


async def seed_bodies(work: Work) -> Loaded:
    """Enter the bodies that the acts name, with the dates of their rules. Idempotent."""
    editions: dict[str, list[rules.Body]] = {}
    for rule in work.rules.history(rules.Body):
        editions.setdefault(rule.key, []).append(rule)
    entered = await enter_bodies(work, [_named_by_act(rules) for rules in editions.values()])
    return entered.counts


async def load_directory(work: Work, path: Path) -> Loaded:
    """Enter the bodies of a UTF-8 CSV file with COLUMNS (`themes` split by semicolons).

    Idempotent by key; names, kinds, parents and places are brought up to the file, themes are
    added. Refuses the whole file at the first row that cannot stand: WRONG_MAPPING, BROKEN_FILE,
    INVALID, UNKNOWN_THEME, UNKNOWN_MUNICIPALITY or UNKNOWN_BODY.
    """
    require(work.actor, Permission.MANAGE_DIRECTORY)
    entries = [_entry(work, line, row) for line, row in _rows(path)]
    known = {entry.key for entry in entries}
    if len(known) != len(entries):
        raise Refusal(RefusalCode.INVALID, "В файле один ключ органа встречается дважды")
    refuse_circles(entries)
    return (await enter_bodies(work, entries)).counts


def _named_by_act(rules: Sequence[rules.Body]) -> Entry:
    """One body out of the editions of its rule: it stands from the first to the last of them."""
    latest = max(rules, key=lambda rule: rule.since or date.min)
    starts, ends = [rule.since for rule in rules], [rule.until for rule in rules]
    return Entry(
        key=latest.key,
        name=latest.name,
        kind=latest.kind,
        parent=latest.parent,
        municipality=latest.municipality,
        opened=None if None in starts else min(day for day in starts if day),
        closed=None if None in ends else max(day for day in ends if day),
        clause=latest.clause,
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with the number of their line, the header's being 1."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = set(COLUMNS) - set(reader.fieldnames or ())
            if missing:
                text = f"В файле нет столбцов: {', '.join(sorted(missing))}"
                raise Refusal(RefusalCode.WRONG_MAPPING, text)
            for number, row in enumerate(reader):
                if number >= LONGEST_FILE:
                    text = f"В файле больше {LONGEST_FILE} строк"
                    raise Refusal(RefusalCode.TOO_MUCH, text)
                if not _whole(row):
                    text = f"Строка {reader.line_num}: не те столбцы или недопустимый знак"
                    raise Refusal(RefusalCode.BROKEN_FILE, text)
                yield reader.line_num, {name: row[name].strip() for name in COLUMNS}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        text = "Файл не читается: это не таблица CSV в кодировке UTF-8"
        raise Refusal(RefusalCode.BROKEN_FILE, text) from error


def _whole(row: dict[str, str]) -> bool:
    """Neither short nor long of the header, and nothing that a database cannot store."""
    return None not in row and None not in row.values() and "\0" not in "".join(row.values())


def _entry(work: Work, line: int, row: dict[str, str]) -> Entry:
    try:
        return body_entry(work, row)
    except Refusal as refusal:
        text = f"Строка {line}: {refusal.text[0].lower()}{refusal.text[1:]}"
        raise Refusal(refusal.code, text) from None


def body_entry(work: Work, row: Mapping[str, str]) -> Entry:
    """The body of a row with COLUMNS, of which `key`, `name` and `kind` must be there.

    Refuses INVALID, UNKNOWN_THEME, UNKNOWN_MUNICIPALITY.
    """
    default, kind = row.get("default", "").casefold(), _form(row["kind"])
    if not row["key"] or not row["name"]:
        raise Refusal(RefusalCode.INVALID, "Не указаны ключ или название органа")
    if kind is None:
        there = ", ".join(f"«{one.label}»" for one in BodyKind)
        raise Refusal(RefusalCode.INVALID, f"Вида органа «{row['kind']}» нет. Есть: {there}")
    if default not in DEFAULT:
        raise Refusal(RefusalCode.INVALID, "В столбце default указывают «да» или «нет»")
    said = filter(None, map(str.strip, row.get("themes", "").split(";")))
    themes = tuple(dict.fromkeys(theme_named(work.rules, one, work.today) for one in said))
    place = row.get("municipality") or None
    return Entry(
        key=row["key"],
        name=row["name"],
        kind=kind,
        parent=row.get("parent") or None,
        municipality=place_named(work.rules, place, work.today) if place else None,
        themes=themes,
        default=DEFAULT[default],
    )


def _form(said: str) -> BodyKind | None:
    """The kind by its code or its Russian name."""
    names = (said, said.casefold())
    return next((kind for kind in BodyKind if kind in names or kind.label in names), None)


def refuse_circles(entries: Iterable[Entry]) -> None:
    """Refuse INVALID where a body is subordinate to itself, by however many steps."""
    parents = {entry.key: entry.parent for entry in entries}
    for key in parents:
        line, above = {key}, parents[key]
        while above is not None:
            if above in line:
                raise Refusal(RefusalCode.INVALID, f"Орган «{key}» подчинён сам себе")
            line.add(above)
            above = parents.get(above)


async def enter_bodies(work: Work, entries: Sequence[Entry]) -> Entered:
    """Enter bodies, or bring them up to these entries; UNKNOWN_BODY for a parent nobody knows."""
    rows = {body.key: body for body in await work.session.scalars(select(Body))}
    fresh = {e.key: Body(key=e.key, name=e.name, kind=e.kind) for e in entries if e.key not in rows}
    work.session.add_all(fresh.values())
    await work.session.flush()
    rows |= fresh
    changed: set[str] = set()
    for entry in entries:
        body = rows[entry.key]
        before = {} if entry.key in fresh else _standing(body)
        _apply(body, entry, rows)
        after = _standing(body)
        if before != after:
            if entry.key not in fresh:
                changed.add(entry.key)
            cause = entry.clause.ref if entry.clause else None
            event = Event("body.entered", f"body:{body.id}", cause, before, after)
            await work.record(event)
    await _enter_themes(work, entries, rows)
    return Entered(frozenset(fresh), frozenset(changed))


def _apply(body: Body, entry: Entry, rows: dict[str, Body]) -> None:
    if entry.parent is not None and entry.parent not in rows:
        text = f"Вышестоящего органа «{entry.parent}» в справочнике нет"
        raise Refusal(RefusalCode.UNKNOWN_BODY, text)
    body.name, body.kind = entry.name, entry.kind
    body.parent_id = rows[entry.parent].id if entry.parent else None
    body.municipality = entry.municipality
    if entry.clause is not None:
        body.opened, body.closed = entry.opened, entry.closed


def _standing(body: Body) -> dict[str, Any]:
    return {
        "key": body.key,
        "name": body.name,
        "kind": body.kind,
        "parent": body.parent_id,
        "municipality": body.municipality,
        "opened": body.opened and body.opened.isoformat(),
        "closed": body.closed and body.closed.isoformat(),
    }


async def _enter_themes(work: Work, entries: Iterable[Entry], rows: dict[str, Body]) -> None:
    standing = {(row.body_id, row.theme) for row in await work.session.scalars(select(BodyTheme))}
    for entry in entries:
        body_id = rows[entry.key].id
        for theme in entry.themes:
            if (body_id, theme) not in standing:
                row = BodyTheme(body_id=body_id, theme=theme, default=entry.default)
                work.session.add(row)
