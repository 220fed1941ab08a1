"""Opening a region: layers are loaded, their hooks called once, their law compiled."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from core import hookspecs
from core.access import Actor
from core.calendars import working_days
from core.database import Database
from core.errors import Refusal, RefusalCode
from core.extensions import Job, Listener
from core.keys import Keys, open_keys
from core.rules.calendar import Calendar, WorkingDays, whole_seconds
from core.rules.passport import Passport
from core.rules.rulebook import Layer, Rulebook, compile_rulebook
from core.settings import RegionSettings, Settings
from core.work import Handlers, Work

Clock = Callable[[], datetime]
FOUNDATION = ("core.federal", "municipal")


@dataclass(frozen=True)
class Region:
    """Everything one region runs on; opened once at start, read by every request."""

    code: str
    settings: Settings
    rules: Rulebook
    jobs: Mapping[str, Job]
    handlers: Handlers
    versions: Mapping[str, Path]
    database: Database
    keys: Keys
    is_working_day: WorkingDays
    clock: Clock

    @property
    def passport(self) -> Passport:
        """The region's card as it stands."""
        return self.rules.get(Passport, "region", self.clock().date())

    def now(self) -> datetime:
        """This moment, aware UTC, to the second."""
        return whole_seconds(self.clock())

    @asynccontextmanager
    async def work(self, actor: Actor) -> AsyncIterator[Work]:
        """A unit of work for the actor: commits when the block ends, undone when it raises."""
        async with self.database.writing() as session:
            yield Work(
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
    managers = {
        layer.__name__.rpartition(".")[2]: _manager(layer) for layer in _layers(code, settings)
    }
    rules = compile_rulebook([_layer(name, manager) for name, manager in managers.items()])
    listeners = [item for m in managers.values() for item in _answers(m, "listeners")]
    jobs = [item for m in managers.values() for item in _answers(m, "jobs")]
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
        database=Database(url, pool_size=settings.pool_size),
        keys=open_keys(own, folder),
        is_working_day=working_days(calendar),
        clock=clock or (lambda: datetime.now(UTC)),
    )


def _layers(code: str, settings: Settings) -> list[ModuleType]:
    if code not in settings.regions:
        raise Refusal(RefusalCode.UNKNOWN_REGION, f"Регион «{code}» не подключён")
    return [*map(importlib.import_module, FOUNDATION), _load(code)]


def _load(code: str) -> ModuleType:
    """A region is `plugins.<code>`, an entry point of `tsur.regions`, or a dotted module."""
    for entry in entry_points(group="tsur.regions", name=code):
        loaded: ModuleType = entry.load()
        return loaded
    module = code if "." in code else f"plugins.{code}"
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        raise Refusal(RefusalCode.UNKNOWN_REGION, f"Региона «{code}» нет") from error


def _manager(layer: ModuleType) -> pluggy.PluginManager:
    manager = pluggy.PluginManager("tsur")
    manager.add_hookspecs(hookspecs)
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
