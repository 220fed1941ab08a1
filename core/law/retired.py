"""How a public name goes: for one release it still works and says what stands in its place.

    RETIRED = (Retired("find_organ", "core.api.find_body", drops="0.3"),)
    core.law.retired.keep(__name__, RETIRED)

A public module lists its names so; when the version reaches `drops`, a test asks for the row to go.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Retired:
    """A name that is going, the dotted name in its place, and the release without it."""

    name: str
    instead: str
    drops: str

    def words(self, module: str) -> str:
        """What the author of a layer is told."""
        return f"{module}.{self.name} goes with release {self.drops}: use {self.instead}"


def keep(module: str, names: Iterable[Retired]) -> None:
    """Let the module still answer to these names, each time with a DeprecationWarning."""
    going = {retired.name: retired for retired in names}

    def look(name: str) -> object:
        retired = going.get(name)
        if retired is None:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        warnings.warn(retired.words(module), DeprecationWarning, stacklevel=2)
        home, _, new = retired.instead.rpartition(".")
        return getattr(import_module(home), new)

    # Set, not defined in the module: type checkers take a module that defines `__getattr__` to
    # have every name, and would let any misspelt import of a layer pass.
    vars(sys.modules[module])["__getattr__"] = look
