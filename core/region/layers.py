"""The layers of law of a region: found, loaded, and what their chapters answer.

Whatever goes wrong in a layer is a LawError of one line, with its file.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import EntryPoints, entry_points
from inspect import iscoroutine
from itertools import chain
from types import ModuleType
from typing import Any

import pluggy

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import EventKind
from core.kernel.settings import DEMO_REGIONS, Settings
from core.law.fault import LawError
from core.law.merge import Layer
from core.law.russian import nearest
from core.law.values import blanks, fits_hint, misfits, said, shown
from core.region.chapters import HOOKS, registered
from core.region.passport import FILE, RegionCard, read_card
from core.region.places import Place

FOUNDATION = ("core.federal", "municipal")


@dataclass(frozen=True, eq=False)
class LoadedLayer:
    """A layer of law with who answers in it; loaded once, shared by the regions that have it."""

    module: ModuleType
    place: Place
    manager: pluggy.PluginManager

    @property
    def name(self) -> str:
        """Its own name: federal, municipal, or the region's."""
        return self.module.__name__.rpartition(".")[2]

    @property
    def file(self) -> str:
        """Its first file."""
        return self.place.shown(str(self.module.__file__))

    @cached_property
    def events(self) -> tuple[EventKind, ...]:
        """What happens in the layer and nowhere else, as its package declares it."""
        declared: tuple[EventKind, ...] = getattr(self.module, "EVENTS", ())
        if not fits_hint(tuple[EventKind, ...], declared):
            raise LawError(f"EVENTS: нужен кортеж EventKind, дано {shown(declared)}", self.file)
        return declared

    def answers(self, hook: str) -> list[Any]:
        """What the chapters answer, in their order."""
        return [item for _, item in self.told(hook)]

    def told(self, hook: str) -> Iterator[tuple[str, Any]]:
        """The same, each with the file of its chapter."""
        for implementation in getattr(self.manager.hook, hook).get_hookimpls():
            plugin = implementation.plugin
            written = plugin.file if isinstance(plugin, RegionCard) else plugin.__file__
            file = self.place.shown(str(written))
            for item in self._asked(hook, implementation.function):
                yield file, item

    def _asked(self, hook: str, function: Any) -> tuple[Any, ...]:
        try:
            answer: tuple[Any, ...] = function()
        except (Exception, SystemExit) as error:
            raise self.place.fault(error) from error
        if not fits_hint(HOOKS[hook], answer):
            if iscoroutine(answer):
                answer.close()  # else Python would warn that nobody awaits it
            text = f"ответ «{hook}»: нужно {said(HOOKS[hook])}, дано {shown(answer)}"
            raise LawError(text, self.place.line(function))
        return answer

    @cached_property
    def law(self) -> Layer:
        """Its rules in the order of its acts, every field of the type that it says."""
        handed = [*self.told("rules")]
        for file, rule in handed:
            for text in chain(misfits(rule), blanks(rule, rule.free)):
                raise LawError(f"{rule}: {text}", file)
        files, rules = tuple(file for file, _ in handed), tuple(rule for _, rule in handed)
        return Layer(self.name, rules, tuple(self.answers("acts")), files)


def layers_of(code: str, settings: Settings) -> tuple[LoadedLayer, ...]:
    """Federal law, the municipal layer, the region's own; Refusal(UNKNOWN_REGION), LawError."""
    for setting in settings.regions:
        if code in (setting, setting.rpartition(".")[2]):
            return (*map(_loaded, map(_imported, FOUNDATION)), _loaded(_region(setting)))
    connected = [setting.rpartition(".")[2] for setting in settings.regions]
    like = nearest(code, connected)
    hint = f"; похожий: {like}" if like else f"; подключены: {', '.join(connected)}"
    raise Refusal(RefusalCode.UNKNOWN_REGION, f"Регион «{code}» не подключён{hint}")


def packages_of(code: str, settings: Settings) -> tuple[str, ...]:
    """Where the use cases of a region lie: core, then its layers."""
    return ("core", *(layer.module.__name__ for layer in layers_of(code, settings)))


def answered(layers: Iterable[LoadedLayer], hook: str) -> tuple[Any, ...]:
    """What all chapters of the layers answer, in their order."""
    return tuple(item for layer in layers for item in layer.answers(hook))


def hook_answers(code: str, settings: Settings) -> Iterator[tuple[str, str, str, int]]:
    """Who answers what: hook, chapter, kind and number of answers, in the order of the hooks."""
    for hook in sorted(HOOKS):
        for layer in layers_of(code, settings):
            for one in getattr(layer.manager.hook, hook).get_hookimpls():
                kinds = Counter(type(answer).__name__ for answer in one.function())
                yield from ((hook, one.plugin_name, *counted) for counted in kinds.items())


def _region(code: str) -> ModuleType:
    """A region is `plugins.<code>`, an entry point of `tsur.regions`, or a dotted module."""
    installed = [entry.module for entry in _installed().select(name=code)]
    return _imported(next(iter(installed), code if "." in code else f"plugins.{code}"))


def _imported(name: str) -> ModuleType:
    place = _place(name)
    if place is None:
        code = name.rpartition(".")[2]
        like = nearest(code, (*DEMO_REGIONS, *_installed().names))
        hint = f"; похожий: {like}" if like else ""
        text = f"Региона «{code}» нет{hint}. Регионы перечисляет TSUR_REGIONS"
        raise Refusal(RefusalCode.UNKNOWN_REGION, text)
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:
        raise place.fault(error) from error


def _place(name: str) -> Place | None:
    try:
        return Place.of(name)
    except (ImportError, ValueError):
        return None


@cache
def _installed() -> EntryPoints:
    """The regions that other distributions bring: asked of every distribution there is, once."""
    return entry_points(group="tsur.regions")


@cache
def _loaded(module: ModuleType) -> LoadedLayer:
    place = Place.of(module.__name__)
    if place is None:
        raise LawError(f"у слоя {module.__name__} нет файла")
    chapters = getattr(module, "CHAPTERS", None)
    if not isinstance(chapters, tuple):
        raise LawError("нет кортежа CHAPTERS", place.shown(str(module.__file__)))
    passport = place.files / FILE
    try:
        card = read_card(passport) if passport.is_file() else None
    except LawError as error:
        raise place.fault(error) from error
    return LoadedLayer(module, place, registered(chapters, card, place))
