"""Bringing a region's database to the newest tables: Alembic, configured in code.

One branch a layer that owns tables. Every folder of versions that exists is always listed, so
that a database remains readable when a layer is switched off; only the branches of the region's
own layers are upgraded.
"""

from __future__ import annotations

import asyncio
import importlib
import io
import itertools
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import SchemaItem, Table

from core.appeals.notices.links.former import hash_tokens
from core.appeals.refresh.columns import fill_batch
from core.appeals.refresh.service import Progress, refresh_batch
from core.db.database import Base
from core.db.files import own_folder
from core.db.server import engine as server_engine
from core.db.visits import Driver
from core.directory.seed import seed_bodies
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.figures import SUBJECTS, fold_all
from core.region.keyring.service import key_place
from core.region.revisions import ROOT, folders, is_new, note_compatibility, owners
from core.shapes.figures.triggers import differing, script, statements

OF_ONE_DIALECT = (
    "appeal_fts",
    "ix_appeal_terms",
    "ix_appeal_state",
    "ix_appeal_late_received_at",
    "fk_ledger_appeal_id",
)
"""Full text search, indexes that SQLite would misuse or not use, a reference that a trigger of
PostgreSQL checks: where the other dialect has none, model and tables differ rightly in what begins
so."""

ADVISORY_LOCK = 0x74737572
PAUSES = (1.0, 2.0, 4.0, 8.0, *[15.0] * 12)
"""Seconds between attempts to get a lock: what the others hold is not waited for in one go, since
everybody who comes after the one that waits would wait too."""

TAKEN = "55P03"
TAKE_TURNS = (
    "SET LOCAL statement_timeout = '10min'",
    f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})",
    "SET LOCAL lock_timeout = '3s'",
)


async def migrate(region: Region, *, progress: Progress = lambda done, total: None) -> None:
    """Create or upgrade the region's tables, enter the bodies that its acts name, count anew.

    Cases are judged by the law as this release tells it, in batches; `progress` is told how many.
    """
    new = await is_new(region)
    if new:
        key_place(region).make()  # the first rows of a database are sealed by its keys
    if region.database.is_sqlite or new:
        async with connecting(region) as connection:
            await connection.run_sync(upgrade, region)
    else:
        async with connecting(region) as connection:
            waiting = await connection.run_sync(ahead, region)
        for revision in waiting:
            await _step(region, revision)
    async with region.work(system()) as work:
        await seed_bodies(work)
    left = True
    while left:
        async with region.work(system()) as work:
            left = await hash_tokens(work)
    left = True
    while left:
        async with region.work(system()) as work:
            left = await fill_batch(work)
    await refresh(region, progress=progress)
    async with region.work(system()) as work:
        await fold_all(work)


async def _step(region: Region, revision: str) -> None:
    """One revision in a transaction of its own, tried again where others hold its tables."""
    for pause in (*PAUSES, None):
        try:
            async with connecting(region) as connection:
                await connection.run_sync(stand_at, region, [revision])
            return
        except DBAPIError as error:
            if pause is None or getattr(error.orig, "sqlstate", None) != TAKEN:
                raise
            await asyncio.sleep(pause)


async def refresh(region: Region, *, progress: Progress = lambda done, total: None) -> None:
    """Judge the cases that an earlier release left, if some still wait for it."""
    left = True
    while left:
        async with region.work(system()) as work:
            left = await refresh_batch(work, progress=progress)


async def check(region: Region) -> None:
    """Refuse when the migrations do not give the tables of the models, the triggers of figures."""
    async with connecting(region) as connection:
        await connection.run_sync(_compare, region)


async def draft(region: Region, branch: str, message: str) -> None:
    """Write a new revision of the branch from what differs, to be finished by hand.

    Below it stand the triggers of figures, where some are not as declared.
    """
    async with connecting(region) as connection:
        await connection.run_sync(_draft, region, branch, message)


def options(config: Config) -> dict[str, Any]:
    """How `migrations/env.py` sets Alembic up for the connection that was handed to it."""
    return {
        "connection": config.attributes["connection"],
        "target_metadata": Base.metadata,
        "include_object": _of_layers(config.attributes["owners"]),
        "render_as_batch": True,
        "transaction_per_migration": False,
    }


@asynccontextmanager
async def connecting(region: Region) -> AsyncIterator[AsyncConnection]:
    """A connection in one transaction that nobody else migrates in."""
    database = region.database
    if not database.is_sqlite:
        engine = server_engine(database.url, pooled=database.pooled, poolclass=NullPool)
    else:
        driver = Driver(database.embedded)
        engine = create_async_engine(database.url, module=driver, poolclass=NullPool)
        file = Path(make_url(database.url).database or "")
        own_folder(file.parent)
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_immediate)
    try:
        async with engine.begin() as connection:
            if not region.database.is_sqlite:
                for statement in TAKE_TURNS:
                    await connection.exec_driver_sql(statement)
            yield connection
    finally:
        await engine.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by the listener
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=60000")
    cursor.execute("PRAGMA foreign_keys=OFF")  # batch mode replaces tables that others refer to
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def upgrade(connection: Connection, region: Region) -> None:
    """Bring the tables of all the region's layers to their newest revisions."""
    config = configured(connection, region)
    for branch in config.attributes["owners"]:
        command.upgrade(config, f"{branch}@head")
    note_compatibility(connection, region)


def ahead(connection: Connection, region: Region) -> list[str]:
    """The revisions of the region's layers that the database has yet to take, in their order."""
    config = configured(connection, region)
    script = ScriptDirectory.from_config(config)
    context = MigrationContext.configure(connection)
    heads = tuple(f"{branch}@head" for branch in config.attributes["owners"])
    standing = context.get_current_heads()
    wanted = script.iterate_revisions(heads, standing, implicit_base=True, inclusive=False)
    return [one.revision for one in reversed([*wanted])]


def stand_at(connection: Connection, region: Region, revisions: Iterable[str]) -> None:
    """Make the tables as they were at these revisions; LookupError where one is not known here."""
    config = configured(connection, region)
    try:
        for revision in revisions:
            command.upgrade(config, revision)
        note_compatibility(connection, region)
    except CommandError as error:
        raise LookupError(str(error)) from error


def _compare(connection: Connection, region: Region) -> None:
    try:
        command.check(configured(connection, region))
    except CommandError as error:
        raise Refusal(RefusalCode.INVALID, f"Миграции отстали от моделей: {error}") from error
    if found := differing(connection, SUBJECTS):
        text = f"Триггеры показателей не те, что объявлены: {', '.join(found)}"
        raise Refusal(RefusalCode.INVALID, text)


def _draft(connection: Connection, region: Region, branch: str, message: str) -> None:
    config = configured(connection, region)
    folder = folders(region)[branch]
    made = command.revision(
        config, message, autogenerate=True, head=f"{branch}@head", version_path=str(folder)
    )
    assert isinstance(made, Script)
    found = differing(connection, SUBJECTS)
    written = [one for one in SUBJECTS if not statements(one, "sqlite").keys().isdisjoint(found)]
    with Path(made.path).open("a", encoding="utf-8") as file:
        file.writelines("\n\n" + script(subject) for subject in written)


def configured(connection: Connection, region: Region, script: io.StringIO | None = None) -> Config:
    """Alembic for the region over this connection; statements go to `script` where one is given."""
    load_models(region)
    config = Config(stdout=io.StringIO(), output_buffer=script)
    listed = "\n".join(str(folder) for folder in folders(region).values())
    for option, value in {
        "script_location": str(ROOT / "migrations"),
        "version_locations": listed,
        "path_separator": "newline",
    }.items():
        config.set_main_option(option, value.replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["owners"] = owners(region)
    return config


def load_models(region: Region) -> None:
    """Make every table of core and of the region's layers known: `model.py` by `migrations/`."""
    layers = (folder.parent / "model.py" for folder in region.versions.values())
    for model in [*sorted(ROOT.glob("core/**/model.py")), *layers]:
        importlib.import_module(_module(model))


def _module(path: Path) -> str:
    """The dotted name of a module: the packages it lies in, and its own name."""
    packages = itertools.takewhile(lambda folder: (folder / "__init__.py").exists(), path.parents)
    return ".".join([*(folder.name for folder in reversed([*packages])), path.stem])


def _of_layers(owners: tuple[str, ...]) -> Callable[..., bool]:
    """Leaves out what belongs to layers that this region does not have, and full text search."""
    modules = {mapper.local_table: mapper.class_.__module__ for mapper in Base.registry.mappers}

    def include(
        item: SchemaItem, name: str | None, _kind: str, _reflected: bool, twin: SchemaItem | None
    ) -> bool:
        if twin is None and (name or "").startswith(OF_ONE_DIALECT):
            return False
        if isinstance(item, Table) and item in modules:
            return not set(owners).isdisjoint(modules[item].split("."))
        return True

    return include
