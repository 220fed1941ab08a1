"""Opening a region: layers are loaded, their hooks called once, their law compiled."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.metadata import EntryPoints, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy
from sqlalchemy.ext.asyncio import AsyncSession

from core import hookspecs, structurespecs
from core.access import Actor
from core.calendars import working_days
from core.database import Database
from core.errors import Refusal, RefusalCode
from core.extensions import GraphQLPart, Job, Listener
from core.keys import Keys, open_keys
from core.rules.calendar import Calendar, WorkingDays, whole_seconds
from core.rules.coverage import Citations
from core.rules.duty import Duty
from core.rules.merge import Layer
from core.rules.passport import Passport
from core.rules.rulebook import Rulebook, compile_rulebook
from core.serves import UnknownService, citations, services
from core.settings import RegionSettings, Settings
from core.work import Handlers, Work

Clock = Callable[[], datetime]
FOUNDATION = ("core.federal", "municipal")


@dataclass(frozen=True, repr=False)
class Region:
    """Everything one region runs on; opened once at start, read by every request."""

    code: str
    settings: Settings
    rules: Rulebook
    jobs: Mapping[str, Job]
    handlers: Handlers
    versions: Mapping[str, Path]
    directories: tuple[Path, ...]
    database: Database
    keys: Keys
    is_working_day: WorkingDays
    clock: Clock
    graphql: tuple[GraphQLPart, ...] = ()

    def __repr__(self) -> str:
        return f"Region({self.code!r})"

    @property
    def passport(self) -> Passport:
        """The region's card as it stands."""
        return self.rules.get(Passport, "region", self.clock().date())

    @cached_property
    def citations(self) -> Citations:
        """What serves each clause of the region's acts."""
        return citations([self.rules], packages_of(self.code, self.settings))

    def now(self) -> datetime:
        """This moment, aware UTC, to the second."""
        return whole_seconds(self.clock())

    @asynccontextmanager
    async def work(self, actor: Actor) -> AsyncIterator[Work]:
        """A unit of work for the actor: commits when the block ends, undone when it raises."""
        async with self.database.writing() as session:
            yield self._work(session, actor)

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[Work]:
        """The same for reading alone: short, never shared, and what it changed is dropped."""
        async with self.database.reading() as session:
            yield self._work(session, actor)

    def _work(self, session: AsyncSession, actor: Actor) -> Work:
        return Work(
            region=self.code,
            session=session,
            actor=actor,
            now=self.now(),
            rules=self.rules,
            keys=self.keys,
            is_working_day=self.is_working_day,
            public_url=self.settings.public_url,
            handlers=self.handlers,
        )


def open_region(code: str, settings: Settings, *, clock: Clock | None = None) -> Region:
    """Compile the law of the region and open its database; a conflict of law stops here.

    Raises Refusal(UNKNOWN_REGION), RuleConflict, or pluggy's error for an unknown hook.
    """
    name = code.rpartition(".")[2]
    managers = _managers(code, settings)
    rules = _compile(managers, packages_of(code, settings))
    listeners = [item for m in managers.values() for item in _answers(m, "listeners")]
    jobs = [item for m in managers.values() for item in _answers(m, "jobs")]
    directories = [item for m in managers.values() for item in _answers(m, "directories")]
    parts = [item for m in managers.values() for item in _answers(m, "graphql_parts")]
    own = RegionSettings.of(name)
    folder = settings.data_dir / name
    url = own.database_url or f"sqlite+aiosqlite:///{folder / 'tsur.db'}"
    calendar = rules.get(Calendar, "production", datetime.now(UTC).date())
    return Region(
        code=name,
        settings=settings,
        rules=rules,
        jobs={job.name: job for job in jobs},
        handlers=_by_event(listeners),
        versions=_versions(managers),
        directories=tuple(directories),
        database=Database(url, pool_size=settings.pool_size),
        keys=open_keys(own, folder),
        is_working_day=working_days(calendar),
        clock=clock or (lambda: datetime.now(UTC)),
        graphql=tuple(parts),
    )


def rulebook_of(code: str, settings: Settings) -> Rulebook:
    """The law of the region alone, compiled; a conflict, an unknown clause or service raises."""
    return _compile(_managers(code, settings), packages_of(code, settings))


def packages_of(code: str, settings: Settings) -> tuple[str, ...]:
    """Where the use cases of a region lie: core, then its layers."""
    return ("core", *(layer.__name__ for layer in _layers(code, settings)))


def hook_answers(code: str, settings: Settings) -> Iterator[tuple[str, str, int]]:
    """Who answers what: hook, chapter and number of answers, in the order of the hooks."""
    managers = [_manager(layer) for layer in _layers(code, settings)]
    for hook in sorted(vars(managers[0].hook)):
        for implementation in (i for m in managers for i in getattr(m.hook, hook).get_hookimpls()):
            yield hook, implementation.plugin_name, len(implementation.function())


def _managers(code: str, settings: Settings) -> dict[str, pluggy.PluginManager]:
    layers = _layers(code, settings)
    return {layer.__name__.rpartition(".")[2]: _manager(layer) for layer in layers}


def _compile(managers: Mapping[str, pluggy.PluginManager], packages: Iterable[str]) -> Rulebook:
    rules = compile_rulebook([_layer(name, manager) for name, manager in managers.items()])
    known = services(packages)
    for duty in rules.history(Duty):
        for name in duty.served_by:
            if name not in known:
                raise UnknownService(f"{duty.clause.ref} ({duty.clause.title}): нет {name!r}")
    return rules


def _layers(code: str, settings: Settings) -> list[ModuleType]:
    for setting in settings.regions:
        if code in (setting, setting.rpartition(".")[2]):
            return [*map(importlib.import_module, FOUNDATION), _load(setting)]
    raise Refusal(RefusalCode.UNKNOWN_REGION, f"Регион «{code}» не подключён")


def _load(code: str) -> ModuleType:
    """A region is `plugins.<code>`, an entry point of `tsur.regions`, or a dotted module."""
    for entry in _installed().select(name=code):
        loaded: ModuleType = entry.load()
        return loaded
    module = code if "." in code else f"plugins.{code}"
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        raise Refusal(RefusalCode.UNKNOWN_REGION, f"Региона «{code}» нет") from error


@cache
def _installed() -> EntryPoints:
    """The regions that other distributions bring: asked of every distribution there is, once."""
    return entry_points(group="tsur.regions")


@cache
def _manager(layer: ModuleType) -> pluggy.PluginManager:
    """Who answers the hooks for a layer; regions that share the layer share them."""
    manager = pluggy.PluginManager("tsur")
    manager.add_hookspecs(hookspecs)
    manager.add_hookspecs(structurespecs)
    for chapter in layer.CHAPTERS:
        manager.register(chapter)
    manager.check_pending()
    return manager


def _answers(manager: pluggy.PluginManager, hook: str) -> list[Any]:
    """What the chapters answer, in the order of registration: pluggy calls the last first."""
    return [item for answer in reversed(getattr(manager.hook, hook)()) for item in answer]


def _layer(name: str, manager: pluggy.PluginManager) -> Layer:
    rules = (rule for hook in hookspecs.RULE_HOOKS for rule in _answers(manager, hook))
    return Layer(name, tuple(rules), tuple(_answers(manager, "acts")))


def _by_event(listeners: Iterable[Listener]) -> Handlers:
    handlers: dict[str, tuple[Any, ...]] = {}
    for listener in listeners:
        handlers[listener.event] = (*handlers.get(listener.event, ()), listener.run)
    return handlers


def _versions(managers: Mapping[str, pluggy.PluginManager]) -> dict[str, Path]:
    return {name: folder for name, m in managers.items() for folder in _answers(m, "migrations")}
