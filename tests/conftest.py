"""What every test may ask for: settings, a clock that stands still, and fresh regions."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings as hypothesis_settings

from core.commands.cli import COLLECT
from core.kernel.region import Region
from core.kernel.settings import DEMO_REGIONS, Settings
from core.region.opening import open_region
from tests.fixtures.clock import FrozenClock
from tests.fixtures.connections import Connections
from tests.fixtures.databases import Databases, databases_of, drop_templates, put_vault
from tests.fixtures.locks import alone
from tests.fixtures.plain_words import watch
from tests.fixtures.rollups import require_proof
from tests.marks import marks

Prepare = Callable[[Region], Awaitable[object]]
SERVER = os.environ.get("TSUR_TEST_DATABASE_URL")
MARKS = pytest.StashKey[Mapping[str, Sequence[str]]]()
PROVEN = pytest.StashKey[set[tuple[str, str]]]()


class OpenRegion(Protocol):
    """Opens a region on a fresh database; see `open_test_region`."""

    async def __call__(self, code: str, prepare: Prepare | None = None) -> Region:
        """`prepare` makes what the test begins with: once, then its database is copied."""


watch()
gc.disable()  # until all tests are read: see below
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Mark what has a database: where it asks for none, another server changes nothing.

    The marks of clauses are kept where these are all the tests there are.
    """
    if config.args == config.getini("testpaths"):
        session.stash[MARKS] = marks(items)
    for item in items:
        if "test_server" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """What has been read stays to the end: looking among it for garbage costs more than tests."""
    gc.freeze()
    gc.set_threshold(*COLLECT)
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Templates on a server go when no worker needs them any more."""
    if SERVER is not None and "PYTEST_XDIST_WORKER" not in os.environ:
        factory: pytest.TempPathFactory = session.config._tmp_path_factory  # type: ignore[attr-defined]
        asyncio.run(drop_templates(SERVER, factory.getbasetemp() / "templates"))


@pytest.fixture(scope="session")
def test_server() -> str | None:
    """The PostgreSQL server to test against, if one is named."""
    return SERVER


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where databases are copied from, and the keys that wrote their first rows: of all workers."""
    own = tmp_path_factory.getbasetemp()
    made = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "templates"
    made.mkdir(exist_ok=True)
    return made


@pytest.fixture(scope="session")
def databases(
    test_server: str | None, templates: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    made = databases_of(test_server, templates, tmp_path_factory.mktemp("databases"))
    yield made
    asyncio.run(made.drop())


@pytest.fixture(scope="session")
def connections() -> Connections:
    return Connections()


@pytest.fixture(scope="session")
def compiled(templates: Path) -> Callable[[str], Region]:
    """Regions as they are opened once a session: their law and keys never change."""

    def opened(code: str) -> Region:
        with alone(templates):
            return open_region(code, Settings(regions=(code,), data_dir=templates))

    return cache(opened)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The defaults, whatever the environment says; all state under the test's own folder."""
    for variable in os.environ:
        if variable.startswith("TSUR_") and not variable.startswith("TSUR_TEST_"):
            monkeypatch.delenv(variable)
    return defaults().model_copy(update={"data_dir": tmp_path / "tsur"})


@cache
def defaults() -> Settings:
    """Read once: what an environment without our variables says is always the same."""
    return Settings()


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """A verb run here sends the logs of the process to a stream that is closed with its test."""
    known = {one: one.level for one in (logging.getLogger(), logging.getLogger("tsur"))}
    handlers = logging.getLogger().handlers[:]
    yield
    logging.getLogger().handlers[:] = handlers
    for logger, level in known.items():
        logger.setLevel(level)


@pytest.fixture
def clock() -> FrozenClock:
    """Monday 2 March 2026, noon UTC, until a test says otherwise."""
    return FrozenClock(datetime(2026, 3, 2, 12, tzinfo=UTC))


async def proven(node: pytest.Item, region: Region) -> None:
    """Prove the figures once a region for each test, for every row of its table if asked to."""
    key, whole = (node.nodeid.partition("[")[0], region.code), "TSUR_TEST_PROOFS" in os.environ
    known = node.session.stash.setdefault(PROVEN, set())
    if whole or key not in known:
        known.add(key)
        ledgers = node.get_closest_marker("bare_rows") is None
        await require_proof(region, ledgers=ledgers, folded=whole)


@pytest.fixture
async def open_test_region(
    request: pytest.FixtureRequest,
    settings: Settings,
    clock: FrozenClock,
    databases: Databases,
    connections: Connections,
    compiled: Callable[[str], Region],
    templates: Path,
) -> AsyncIterator[OpenRegion]:
    """Opens a region on a fresh database: `await open_test_region("kursk")`.

    A dotted name opens a region of the tests; opened twice, it stands on the same database. What
    a test leaves must be in the rollups as in the ledgers: asked of the first row of a table, once
    a region, and of all where TSUR_TEST_PROOFS says so; what was prepared, before it is copied.
    """
    urls, opened = dict[str, str](), list[Region]()

    def connected(code: str, url: str) -> Region:
        own = settings.model_copy(update={"regions": (*dict.fromkeys((*DEMO_REGIONS, code)),)})
        database = connections.open(url)
        return replace(compiled(code), settings=own, database=database, clock=clock)

    async def keep(name: str, code: str, prepare: Prepare) -> None:
        region = connected(code, await databases.fresh(code))
        await prepare(region)
        await require_proof(region, ledgers=True, folded=False)
        await connections.close(region.database)
        await databases.keep(name, region.database.url)
        await databases.discard(code, region.database.url)

    async def open_one(code: str, prepare: Prepare | None = None) -> Region:
        if code not in urls:
            name = prepare and f"{code}-{prepare.__module__}-{clock():%Y%m%d%H%M}"
            if name and prepare and not databases.has(name):
                await keep(name, code, prepare)
            urls[code] = await databases.fresh(code, name)
        opened.append(connected(code, urls[code]))
        put_vault(templates, opened[-1].folder)
        return opened[-1]

    yield open_one
    try:
        for url, region in {region.database.url: region for region in opened}.items():
            if not databases.untouched(url):
                await proven(request.node, region)
    finally:
        for region in opened:
            await connections.close(region.database)
    for code, url in urls.items():
        await databases.discard(code, url)


@pytest.fixture
async def polygon(open_test_region: OpenRegion) -> Region:
    """The testing ground: a region with little law and jobs that tests can watch."""
    return await open_test_region("tests.grounds.polygon")


@pytest.fixture
async def kursk(open_test_region: OpenRegion) -> Region:
    return await open_test_region("kursk")
