"""Registering the chapters of a layer: each must answer, and under the names that are asked."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, get_type_hints

import pluggy

from core.law.fault import LawError
from core.law.russian import hint
from core.region import hooks
from core.region.passport import RegionCard
from core.region.places import Place

PROJECT = "tsur"
ASKED = f"{PROJECT}_spec"
ANSWERS = f"{PROJECT}_impl"

HOOKS: Mapping[str, Any] = {
    name: get_type_hints(function)["return"]
    for name, function in vars(hooks).items()
    if hasattr(function, ASKED)
}
"""What is asked of the chapters, and of what type the answer is."""


def registered(
    chapters: Iterable[ModuleType], card: RegionCard | None, place: Place
) -> pluggy.PluginManager:
    """Who answers the hooks, the region's card first where it has one.

    LawError at a chapter that is silent or answers what nobody asks.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hooks)
    if card is not None:
        manager.register(card, name=place.shown(card.file))
    for chapter in chapters:
        _refuse_what_nobody_hears(chapter, place)
        manager.register(chapter)
    return manager


def _refuse_what_nobody_hears(chapter: ModuleType, place: Place) -> None:
    if not inspect.ismodule(chapter):
        raise LawError(f"в CHAPTERS стоит не глава: {chapter!r}", place.shown(place.files))
    own = {name: value for name, value in vars(chapter).items() if inspect.isfunction(value)}
    answering = {name for name, function in own.items() if hasattr(function, ANSWERS)}
    for name in answering - HOOKS.keys():
        text = f"такого вопроса нет: «{name}»{hint(name, HOOKS, 'похожий')}"
        raise LawError(text, place.line(own[name]))
    for name in (own.keys() & HOOKS.keys()) - answering:
        if own[name].__module__ == chapter.__name__:
            raise LawError(f"функция «{name}» без @hookimpl не отвечает", place.line(own[name]))
    if not answering:
        raise LawError("глава ни на что не отвечает", place.shown(str(chapter.__file__)))
    for name in answering:
        if inspect.signature(own[name]).parameters:
            raise LawError(f"«{name}» отвечает без параметров", place.line(own[name]))
