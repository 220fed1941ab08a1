"""What a copy holds, told once its whole seal has been checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.backup.entries import entries
from core.region.backup.seal import head_of, opened
from core.region.keyring.at_rest import require_as_set
from core.region.revisions import folders, revisions

DIALECTS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Part:
    """One region of a copy: revisions of its tables, what tables and files come to.

    `sealed`: its database is one file, and sealed by a key of its own.
    """

    dialect: str
    heads: tuple[str, ...]
    tables: Mapping[str, list[object]]
    files: Mapping[str, list[object]]
    sealed: bool = False

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(int(str(told[0])) for told in self.tables.values())


@dataclass(frozen=True, slots=True)
class Contents:
    """A copy that was read to its end; regions by their codes."""

    path: Path
    id: str
    made_at: datetime
    settings: Mapping[str, str]
    operations: Mapping[str, str]
    parts: Mapping[str, Part]


def contents(path: Path, secret: str) -> Contents:
    """Read a copy from beginning to end; Refusal(INVALID) for any but a whole, unchanged one."""
    head = head_of(path)
    settings: dict[str, str] = {}
    operations: dict[str, str] = {}
    said: dict[str, Any] = {}
    for entry in entries(opened(path, secret)):
        if entry.kind == "settings":
            settings = orjson.loads(entry.content())
        elif entry.kind == "operations":
            operations = orjson.loads(entry.content())
        elif entry.kind == "end":
            said = orjson.loads(entry.content())
    parts = {
        code: Part(
            one["dialect"],
            tuple(one["heads"]),
            one["tables"],
            one["files"],
            one.get("sealed", False),
        )
        for code, one in said.items()
    }
    made_at = datetime.fromisoformat(head["made_at"])
    return Contents(path, head["id"], made_at, settings, operations, parts)


def require_fitting(copy: Contents, regions: Iterable[Region]) -> None:
    """Refuse INVALID a copy of other regions, another kind of database, or of a newer program."""
    by_code = {region.code: region for region in regions}
    if unknown := sorted(copy.parts.keys() - by_code.keys()):
        text = f"В копии есть регионы, которых нет в TSUR_REGIONS: {', '.join(unknown)}"
        raise Refusal(RefusalCode.INVALID, text)
    for code, part in copy.parts.items():
        region = by_code[code]
        if (part.dialect == "sqlite") is not region.database.is_sqlite:
            kind = DIALECTS[part.dialect]
            text = (
                f"Копия региона «{code}» снята с {kind} и восстанавливается только туда: "
                f"исправьте TSUR_{code.upper()}_DATABASE_URL"
            )
            raise Refusal(RefusalCode.INVALID, text)
        if part.dialect == "sqlite":
            require_as_set(code, copy_sealed=part.sealed, sealed=region.settings.seal_texts)
        known = {name for folder in folders(region).values() for name in revisions(folder)}
        if newer := sorted(set(part.heads) - known):
            text = (
                f"Копия региона «{code}» снята более новой программой (ревизии "
                f"{', '.join(newer)}): обновите программу"
            )
            raise Refusal(RefusalCode.INVALID, text)
