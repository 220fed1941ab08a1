"""Which revisions of its tables a database has, and which there are: told without Alembic.

Alembic takes long to load and reads every revision anew; whether a region is ready is asked often.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Arrival
from core.kernel.errors import Refusal
from core.kernel.region import Region

ROOT = Path(__file__).parents[2]
STANDING = table("alembic_version", column("version_num"))


@dataclass(frozen=True, slots=True)
class Revision:
    """A step of one branch: which step of the branch it follows, and what else it needs."""

    follows: frozenset[str]
    needs: frozenset[str]


async def is_current(region: Region) -> bool:
    """Whether the database has the newest tables of all the region's layers; writes nothing."""
    async with region.database.connecting() as connection:
        rows = await connection.run_sync(_rows)
    branches = {name: revisions(folder) for name, folder in folders(region).items()}
    standing = _with_all_before(rows, branches.values())
    return all(_newest(branches[owner]) <= standing for owner in owners(region))


async def require_not_newer(region: Region) -> None:
    """Refuse a database that a newer program has migrated: its tables are not known here."""
    async with region.database.connecting() as connection:
        rows = await connection.run_sync(_rows)
    known = {name for folder in folders(region).values() for name in revisions(folder)}
    if unknown := sorted(set(rows) - known):
        text = (
            f"База региона «{region.code}» новее программы: ревизии {', '.join(unknown)} она не "
            f"знает; обновите программу"
        )
        raise Refusal(RefusalCode.INVALID, text)


async def is_new(region: Region) -> bool:
    """Whether no revision was ever made here."""
    async with region.database.connecting() as connection:
        return not await connection.run_sync(_rows)


async def require_tables(region: Region) -> None:
    """Refuse a database in which there is nothing yet."""
    if await is_new(region):
        text = f"Базы региона «{region.code}» ещё нет: выполните tsur migrate {region.code}"
        raise Refusal(RefusalCode.INVALID, text)


async def require_current(region: Region) -> None:
    """Refuse a database that was not migrated, or by a newer program, or that is not whole."""
    await require_not_newer(region)
    if not await is_current(region):
        text = f"База региона «{region.code}» не подготовлена: выполните tsur migrate"
        raise Refusal(RefusalCode.INVALID, text)
    await require_whole(region)


async def require_whole(region: Region) -> None:
    """Refuse a current database into which not everything has been brought yet."""
    query = select(Arrival.source).where(Arrival.completed_at.is_(None)).limit(1)
    async with region.database.reading() as session:
        source = await session.scalar(query)
    if source is not None:
        text = (
            f"В базу региона «{region.code}» перенесено не всё: повторите tsur move, он продолжит"
        )
        raise Refusal(RefusalCode.INVALID, text)


def owners(region: Region) -> tuple[str, ...]:
    """The branches of revisions that the region's layers own."""
    return ("core", *region.versions)


def folders(region: Region) -> dict[str, Path]:
    """Every folder of versions by its branch: the product's own, and the region's wherever."""
    found = [ROOT / "municipal" / "migrations", *sorted(ROOT.glob("plugins/*/migrations"))]
    own = {folder.parent.name: folder for folder in found if folder.is_dir()}
    return {"core": ROOT / "migrations" / "versions", **own, **region.versions}


@cache
def revisions(folder: Path) -> Mapping[str, Revision]:
    """The revisions of a folder by their ids, as its files declare them."""
    declared = (_declared(path) for path in sorted(folder.glob("[!_]*.py")))
    return {
        str(values["revision"]): Revision(
            _ids(values.get("down_revision")), _ids(values.get("depends_on"))
        )
        for values in declared
    }


def _rows(connection: Connection) -> list[str]:
    if not inspect(connection).has_table(STANDING.name):
        return []
    return list(connection.scalars(select(STANDING.c.version_num)))


def _with_all_before(
    rows: Iterable[str], branches: Iterable[Mapping[str, Revision]]
) -> frozenset[str]:
    """What stands where these revisions do: they and everything that came before them."""
    known = {name: revision for branch in branches for name, revision in branch.items()}
    standing: set[str] = set()
    waiting = [*rows]
    while waiting:
        name = waiting.pop()
        if name in known and name not in standing:
            standing.add(name)
            waiting += known[name].follows | known[name].needs
    return frozenset(standing)


def _newest(branch: Mapping[str, Revision]) -> frozenset[str]:
    followed = {name for revision in branch.values() for name in revision.follows}
    return frozenset(branch) - followed


def _declared(path: Path) -> dict[str, object]:
    """The constants that the file sets by plain assignments."""
    return {
        node.targets[0].id: node.value.value
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }


def _ids(declared: object) -> frozenset[str]:
    return frozenset() if declared is None else frozenset([str(declared)])
