"""Which revisions of its tables a database has, and which there are: told without Alembic.

Alembic takes long to load and reads every revision anew; whether a region is ready is asked often.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, column, inspect, make_url, select, table

from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Arrival
from core.kernel.environment import PREFIX
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.kernel.settings import prefix_of
from core.region.compatibility.numbers import note_numbers, serves

ROOT = Path(__file__).parents[2]
STANDING = table("alembic_version", column("version_num"))


@dataclass(frozen=True, slots=True)
class Revision:
    """A step of one branch: which step of the branch it follows, and what else it needs.

    `breaks` says that programs which do not know it cannot serve the tables any more.
    """

    follows: frozenset[str]
    needs: frozenset[str]
    breaks: bool = False


async def is_current(region: Region) -> bool:
    """Whether the database has the newest tables of all the region's layers; writes nothing.

    So it has where a newer program has only expanded them.
    """
    rows, newer = await _read(region)
    return has_newest(region, rows, newer=newer)


def has_newest(region: Region, rows: Sequence[str], *, newer: bool = False) -> bool:
    """Whether these revisions are the newest of all the region's layers.

    `newer` says that those unknown here only expand what is known.
    """
    branches = {name: revisions(folder) for name, folder in folders(region).items()}
    standing = _with_all_before(rows, branches.values())

    def newest(owner: str) -> bool:
        beyond = newer and branches[owner].keys().isdisjoint(rows)
        return beyond or _newest(branches[owner]) <= standing

    return all(newest(owner) for owner in owners(region))


async def require_not_newer(region: Region) -> None:
    """Refuse a database whose tables a newer program has changed so that this one cannot serve."""
    rows, expanded = await _read(region)
    unknown = _unknown(region, rows)
    if unknown and not expanded:
        text = (
            f"База региона «{region.code}» новее программы: ревизии {', '.join(unknown)} она не "
            f"знает; обновите программу"
        )
        raise Refusal(RefusalCode.INVALID, text)


def require_there(region: Region) -> None:
    """Refuse INVALID a region whose database file is not where the settings say."""
    database, code = region.database, region.code
    if database.is_there:
        return
    file = Path(make_url(database.url).database or "").absolute()
    name = (
        f"{PREFIX}DATA_DIR" if region.own.database_url is None else f"{prefix_of(code)}DATABASE_URL"
    )
    text = (
        f"Базы региона «{code}» нет, искали {file}: если она в другом месте, исправьте {name}; "
        f"новую создаёт tsur migrate {code}"
    )
    raise Refusal(RefusalCode.INVALID, text)


async def is_new(region: Region) -> bool:
    """Whether no revision was ever made here."""
    rows, _ = await _read(region)
    return not rows


async def require_tables(region: Region) -> None:
    """Refuse a database in which there is nothing yet."""
    if await is_new(region):
        text = f"Базы региона «{region.code}» ещё нет: выполните tsur migrate {region.code}"
        raise Refusal(RefusalCode.INVALID, text)


async def require_current(region: Region) -> None:
    """Refuse a database that was not migrated, or by a newer program, or that is not whole."""
    await require_migrated(region)
    await require_whole(region)


async def require_migrated(region: Region) -> None:
    """Refuse a database that was not migrated, or by a newer program."""
    await require_not_newer(region)
    if not await is_current(region):
        text = f"База региона «{region.code}» не подготовлена: выполните tsur migrate"
        raise Refusal(RefusalCode.INVALID, text)


async def require_whole(region: Region) -> None:
    """Refuse a current database that is being moved, on either side, or has been moved away."""
    query = select(Arrival.source).where(Arrival.completed_at.is_(None)).limit(1)
    async with region.database.reading() as session:
        to = await session.scalar(query)
    if to is None:
        return
    code = region.code
    if region.database.is_sqlite:
        text = (
            f"База региона «{code}» перенесена или переносится в {to}: повторите tsur move или "
            f"задайте {prefix_of(code)}DATABASE_URL; отказаться: tsur move --cancel {code}"
        )
    else:
        text = f"В базу региона «{code}» перенесено не всё: повторите tsur move, он продолжит"
    raise Refusal(RefusalCode.INVALID, text)


async def standing_revisions(region: Region) -> list[str]:
    """The revisions of the tables, of each branch the newest."""
    rows, _ = await _read(region)
    return sorted(rows)


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
            _ids(values.get("down_revision")),
            _ids(values.get("depends_on")),
            bool(values.get("breaks", False)),
        )
        for values in declared
    }


def note_compatibility(connection: Connection, region: Region) -> None:
    """Write with what stands which programs can serve it."""
    known = [revisions(folder) for folder in folders(region).values()]
    standing = _with_all_before(_rows(connection), known)
    note_numbers(connection, _numbers(region, standing))


def _expanded(connection: Connection, region: Region) -> bool:
    """Whether all that is not known here only adds to what is."""
    return serves(connection, _numbers(region), owners(region))


def _numbers(region: Region, standing: frozenset[str] | None = None) -> dict[str, int]:
    """How many breaking revisions of each branch there are, or stand."""
    branches = {owner: revisions(folders(region)[owner]) for owner in owners(region)}
    return {
        owner: sum(
            one.breaks for name, one in branch.items() if standing is None or name in standing
        )
        for owner, branch in branches.items()
    }


def _unknown(region: Region, rows: Iterable[str]) -> list[str]:
    known = {name for folder in folders(region).values() for name in revisions(folder)}
    return sorted(set(rows) - known)


async def _read(region: Region) -> tuple[list[str], bool]:
    """What stands, and whether unknown revisions among it only add to what is known here.

    Nothing stands in a database that is not there: to ask SQLite would make its file.
    """
    if not region.database.is_there:
        return [], False
    async with region.database.connecting() as connection:
        rows = await connection.run_sync(_rows)
        return rows, bool(_unknown(region, rows)) and await connection.run_sync(_expanded, region)


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
