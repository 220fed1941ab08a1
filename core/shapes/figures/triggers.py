"""The triggers that write every change of a counted row down, generated from its declaration.

SQLite has a trigger for each row that changed; PostgreSQL one for each statement, with a function
that it calls. Migrations have what is told here as text, which `differing` compares with what
stands in a database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, text

from core.shapes.figures.measures import DAYS, said
from core.shapes.figures.subject import Subject

VERBS = ("insert", "update", "delete")
COLUMN = re.compile(r"\{0\}\.(\w+)")
CHANGED_ROWS = {
    "insert": "SELECT {added}, false FROM ({new}) c",
    "delete": "SELECT {taken}, false FROM ({old}) c",
    "update": "SELECT {taken}, false FROM ({old} EXCEPT ALL {new}) c"
    " UNION ALL SELECT {added}, false FROM ({new} EXCEPT ALL {old}) c",
}
TRANSITION = {
    "insert": "NEW TABLE AS added",
    "delete": "OLD TABLE AS taken",
    "update": "OLD TABLE AS taken NEW TABLE AS added",
}
STANDING = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    " AND name LIKE '%\\_rollup\\_%' ESCAPE '\\'",
    "postgresql": "SELECT t.tgname, pg_get_functiondef(t.tgfoid) || pg_get_triggerdef(t.oid, true)"
    " || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' DISABLED' END"
    " FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid"
    " WHERE r.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal"
    " AND t.tgname LIKE '%\\_rollup\\_%'",
}
"""What triggers of figures there are; PostgreSQL's one that was switched off is another."""


def statements(subject: Subject[Any], dialect: str) -> Mapping[str, tuple[str, ...]]:
    """What makes each trigger, by its name."""
    made = _of_sqlite if dialect == "sqlite" else _of_postgresql
    return {_name(subject, verb): made(subject, verb) for verb in VERBS}


def differing(connection: Connection, subjects: tuple[Subject[Any], ...]) -> list[str]:
    """The names of triggers that are missing, stand otherwise or serve no subject; in order."""
    dialect = connection.dialect.name
    declared = {
        name: _plain(" ".join(made))
        for subject in subjects
        for name, made in statements(subject, dialect).items()
    }
    rows = connection.execute(text(STANDING[dialect]).columns())
    standing = {name: _plain(made) for name, made in rows}
    names = declared.keys() | standing.keys()
    return sorted(name for name in names if declared.get(name) != standing.get(name))


def _plain(made: str) -> str:
    """Without what PostgreSQL writes otherwise than it was told, and white space."""
    made = re.sub(r"\$\w*\$", "$$", re.sub(r"(REPLACE FUNCTION )\w+\.", r"\1", made))
    return " ".join(made.split())


def _name(subject: Subject[Any], verb: str) -> str:
    return f"{subject.table.name}_rollup_{verb}"


def _counted(subject: Subject[Any], row: str, dialect: str) -> dict[str, str]:
    """The columns of a change, and what a row counts for in them."""
    found = {subject.at: f"{{0}}.{subject.at}", **subject.key_sql}
    if subject.pending:
        found[subject.pending.at] = subject.pending.sql
    days = {} if subject.days_sql is None else {DAYS: subject.days_sql}
    whole = {**found, **subject.sum_sql, **days}
    return {name: said(sql, row, dialect) for name, sql in whole.items()}


def _watched(subject: Subject[Any]) -> Iterator[str]:
    """The columns on which it depends what a row counts for."""
    found = [*subject.key_sql.values(), f"{{0}}.{subject.pending.at}" if subject.pending else ""]
    found += [f"{{0}}.{subject.lasting.until}" if subject.lasting else "", f"{{0}}.{subject.at}"]
    found += [sql if isinstance(sql, str) else sql["sqlite"] for sql in subject.sum_sql.values()]
    found += [subject.pending.sql if subject.pending else ""]
    return iter(dict.fromkeys(name for sql in found for name in COLUMN.findall(sql)))


def _of_sqlite(subject: Subject[Any], verb: str) -> tuple[str, ...]:
    added, taken = _writing(subject, "new", ""), _writing(subject, "old", "-")
    body = {"insert": added, "delete": taken, "update": taken + added}[verb]
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _watched(subject))
    when = f"WHEN {changed} " if verb == "update" else ""
    on = f"AFTER {verb.upper()} ON {subject.table.name}"
    return (f"CREATE TRIGGER {_name(subject, verb)} {on} {when}BEGIN {body} END",)


def _writing(subject: Subject[Any], row: str, sign: str) -> str:
    values = _counted(subject, row, "sqlite")
    told = (
        f"{sign}({sql})" if sign and name in subject.sums else sql for name, sql in values.items()
    )
    columns = ", ".join([*values, "folding"])
    return f"INSERT INTO {subject.tables.change.name} ({columns}) SELECT {', '.join(told)}, false;"


def _of_postgresql(subject: Subject[Any], verb: str) -> tuple[str, ...]:
    values, name, table = _counted(subject, "a", "postgresql"), _name(subject, verb), subject.table
    counted = ", ".join(f"{sql} AS {column}" for column, sql in values.items())
    changed = CHANGED_ROWS[verb].format(
        added=", ".join(values),
        taken=", ".join(f"-{column}" if column in subject.sums else column for column in values),
        new=f"SELECT {counted} FROM added a",
        old=f"SELECT {counted} FROM taken a",
    )
    columns = ", ".join([*values, "folding"])
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO {subject.tables.change.name} ({columns}) {changed}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {verb.upper()} ON {table.name} REFERENCING "
        f"{TRANSITION[verb]} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    )
