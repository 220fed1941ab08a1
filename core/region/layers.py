"""The layers of law of a region: found, loaded, and who in them answers which hook."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoints, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pluggy

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings
from core.region import hooks
from core.region.passport import FILE, RegionCard, read_card

FOUNDATION = ("core.federal", "municipal")


def packages_of(code: str, settings: Settings) -> tuple[str, ...]:
    """Where the use cases of a region lie: core, then its layers."""
    return ("core", *(layer.__name__ for layer in _layers(code, settings)))


def hook_answers(code: str, settings: Settings) -> Iterator[tuple[str, str, str, int]]:
    """Who answers what: hook, chapter, kind and number of answers, in the order of the hooks."""
    managers = [_manager(layer) for layer in _layers(code, settings)]
    for hook in sorted(vars(managers[0].hook)):
        for implementation in (i for m in managers for i in getattr(m.hook, hook).get_hookimpls()):
            kinds = Counter(type(answer).__name__ for answer in implementation.function())
            yield from ((hook, implementation.plugin_name, *counted) for counted in kinds.items())


def managers_of(code: str, settings: Settings) -> dict[str, pluggy.PluginManager]:
    """Who answers the hooks, by the name of the layer: federal, municipal, region."""
    layers = _layers(code, settings)
    return {layer.__name__.rpartition(".")[2]: _manager(layer) for layer in layers}


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
    manager.add_hookspecs(hooks)
    for card in _card(layer):
        manager.register(card, name=f"{layer.__name__}/{FILE}")
    for chapter in layer.CHAPTERS:
        manager.register(chapter)
    manager.check_pending()
    return manager


def _card(layer: ModuleType) -> Iterator[RegionCard]:
    """What `passport.toml` in the folder of a layer says, if there is one."""
    yield from (
        read_card(Path(folder) / FILE)
        for folder in getattr(layer, "__path__", ())
        if (Path(folder) / FILE).is_file()
    )


def answers_of(manager: pluggy.PluginManager, hook: str) -> list[Any]:
    """What the chapters answer, in the order of registration: pluggy calls the last first."""
    return [item for answer in reversed(getattr(manager.hook, hook)()) for item in answer]
