"""Opening a region: layers are loaded, their hooks called once, their law compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pluggy

from core.db.database import Database
from core.kernel.calendars import OfficialCalendar
from core.kernel.extensions import Listener
from core.kernel.keys import open_keys
from core.kernel.region import Clock, Region
from core.kernel.settings import RegionSettings, Settings
from core.kernel.work import Handlers
from core.law.merge import Layer
from core.law.rulebook import Rulebook, compile_rulebook
from core.region.layers import answers_of, managers_of, packages_of


def open_region(code: str, settings: Settings, *, clock: Clock | None = None) -> Region:
    """Compile the law of the region and open its database; a conflict of law stops here.

    Raises Refusal(UNKNOWN_REGION), RuleConflict, or pluggy's error for an unknown hook.
    """
    name = code.rpartition(".")[2]
    managers = managers_of(code, settings)
    rules = _compile(managers)
    listeners = [item for m in managers.values() for item in answers_of(m, "listeners")]
    jobs = [item for m in managers.values() for item in answers_of(m, "jobs")]
    directories = [item for m in managers.values() for item in answers_of(m, "directories")]
    parts = [item for m in managers.values() for item in answers_of(m, "graphql_parts")]
    own = RegionSettings.of(name)
    folder = settings.data_dir / name
    url = own.database_url or f"sqlite+aiosqlite:///{folder / 'tsur.db'}"
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
        calendar=OfficialCalendar(rules),
        clock=clock or (lambda: datetime.now(UTC)),
        packages=packages_of(code, settings),
        graphql=tuple(parts),
    )


def rulebook_of(code: str, settings: Settings) -> Rulebook:
    """The law of the region alone, compiled; a conflict or an unknown clause raises."""
    return _compile(managers_of(code, settings))


def _compile(managers: Mapping[str, pluggy.PluginManager]) -> Rulebook:
    return compile_rulebook([_layer(name, manager) for name, manager in managers.items()])


def _layer(name: str, manager: pluggy.PluginManager) -> Layer:
    return Layer(name, tuple(answers_of(manager, "rules")), tuple(answers_of(manager, "acts")))


def _by_event(listeners: Iterable[Listener]) -> Handlers:
    handlers: dict[str, tuple[Any, ...]] = {}
    for listener in listeners:
        handlers[listener.event] = (*handlers.get(listener.event, ()), listener.run)
    return handlers


def _versions(managers: Mapping[str, pluggy.PluginManager]) -> dict[str, Path]:
    return {name: folder for name, m in managers.items() for folder in answers_of(m, "migrations")}
