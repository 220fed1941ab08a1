"""What an upgrade would do to the tables: whom it keeps waiting, and whether a stop is needed.

The statements are taken from the migrations themselves, as PostgreSQL would get them; nothing of
the database is changed or locked. A migration that reads rows first cannot be told beforehand.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from core.kernel.region import Region
from core.region.migrate import ahead, configured
from core.region.revisions import folders, revisions

ALL = "ACCESS EXCLUSIVE"
"""The lock that keeps readers waiting too."""

LOCKS = (
    (r"DROP TABLE (?:IF EXISTS )?(\w+)", ALL, True),
    (r"ALTER TABLE (\w+) (?:DROP|RENAME)", ALL, True),
    (r"ALTER TABLE (\w+) ALTER COLUMN \w+ (?:TYPE|SET NOT NULL)", ALL, True),
    (r"ALTER TABLE (\w+) ADD CONSTRAINT", "SHARE ROW EXCLUSIVE", False),
    (r"ALTER TABLE (\w+)", ALL, False),
    (r"CREATE (?:UNIQUE )?INDEX \w+ ON (\w+)", "SHARE", False),
    (r"(?:CREATE|DROP) (?:CONSTRAINT )?TRIGGER .*? ON (\w+)", "SHARE ROW EXCLUSIVE", False),
    (r"(?:UPDATE|DELETE FROM|INSERT INTO) (\w+)", "ROW EXCLUSIVE", False),
)
"""Of each kind of statement: its table, the lock that it takes there, whether old code breaks."""

OWN = "alembic_version"


@dataclass(frozen=True, slots=True)
class Planned:
    """One lock of one revision; `rows` of the table as it is now. Without a table it is unknown."""

    revision: str
    table: str | None
    lock: str
    rows: int
    stop: bool


def planned(connection: Connection, region: Region) -> list[Planned]:
    """What the revisions that are ahead would take, in their order, each table once a revision."""
    found: list[Planned] = []
    new: set[str] = set()
    for revision in ahead(connection, region):
        breaks = _breaks(region, revision)
        statements = _statements(connection, region, revision)
        if statements is None:
            found.append(Planned(revision, None, ALL, 0, stop=True))
            continue
        new |= set(re.findall(r"CREATE TABLE (\w+)", statements))
        for (table, lock), stop in _locks(statements).items():
            if table != OWN and table not in new:
                rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0
                found.append(Planned(revision, table, lock, rows, stop=stop or breaks))
        if not any(one.revision == revision for one in found):
            found.append(Planned(revision, "", "", 0, stop=breaks))
    return found


def _locks(statements: str) -> dict[tuple[str, str], bool]:
    """Tables with the locks on them, and whether a program of before would miss something."""
    found: dict[tuple[str, str], bool] = {}
    for statement in statements.split(";\n"):
        for table, lock, stop in _matches(" ".join(statement.split())):
            found[table, lock] = found.get((table, lock), False) or stop
    return found


def _matches(statement: str) -> Iterator[tuple[str, str, bool]]:
    if statement.startswith(("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")):
        return
    for pattern, lock, stop in LOCKS:
        found = re.match(pattern, statement, re.IGNORECASE)
        if found:
            yield found.group(1), lock, stop
            return


def _statements(connection: Connection, region: Region, revision: str) -> str | None:
    """What the revision would run; None where it asks the database first."""
    script = io.StringIO()
    config: Config = configured(connection, region, script)
    follows = _follows(region, revision)
    try:
        command.upgrade(config, f"{follows}:{revision}" if follows else revision, sql=True)
    except Exception:  # noqa: BLE001 - of each migration its own, and all mean the same
        return None
    return script.getvalue()


def _follows(region: Region, revision: str) -> str | None:
    branch = next(one for one in map(revisions, folders(region).values()) if revision in one)
    return next(iter(branch[revision].follows), None)


def _breaks(region: Region, revision: str) -> bool:
    branch = next(one for one in map(revisions, folders(region).values()) if revision in one)
    return branch[revision].breaks
