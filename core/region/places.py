"""Where a layer of law lies, and where in it an exception arose: file and line as people say it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from core.law.fault import LawError
from core.law.russian import hint

IMPORTED = re.compile(r"cannot import name '(\w+)'")
MISSING = re.compile(r"(\w+)\.__init__\(\) missing \d+ required [\w-]+ arguments?: (.+)")
FOREIGN = re.compile(r"(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'")
NAMED = re.compile(r"'(\w+)'")


@dataclass(frozen=True, slots=True)
class Place:
    """A package or module: `files` is its folder or its one file, `root` what names start from."""

    files: Path
    root: Path

    @classmethod
    def of(cls, name: str) -> Place | None:
        """The place of a module by its dotted name; None where there is no such module."""
        spec = find_spec(name)
        if spec is None or spec.origin is None or not spec.has_location:
            return None
        origin = Path(spec.origin)
        files = origin.parent if spec.submodule_search_locations is not None else origin
        return cls(files, files.parents[name.count(".")])

    def shown(self, file: str | Path) -> str:
        """The file as `plugins/<region>/structure.py`."""
        path = Path(file)
        return path.relative_to(self.root).as_posix() if self._has(path) else path.as_posix()

    def line(self, function: Callable[..., Any]) -> str:
        """Where the function is written."""
        code = function.__code__
        return f"{self.shown(code.co_filename)}:{code.co_firstlineno}"

    def fault(self, error: BaseException) -> LawError:
        """What was raised in the layer as one line: the deepest line of its own, and why."""
        own = error if isinstance(error, LawError) else LawError(_why(error))
        if own.where:
            file, colon, line = own.where.rpartition(":")
            own.where = self.shown(file) + colon + line if colon else self.shown(own.where)
        return own.at(self._raised(error))

    def _raised(self, error: BaseException) -> str:
        if isinstance(error, SyntaxError) and error.filename and self._has(Path(error.filename)):
            return f"{self.shown(error.filename)}:{error.lineno}"
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if self._has(Path(frame.filename))]
        return f"{self.shown(own[-1].filename)}:{own[-1].lineno}" if own else self.shown(self.files)

    def _has(self, path: Path) -> bool:
        return path == self.files or self.files in path.parents


def _why(error: BaseException) -> str:
    """The reason in Russian, with Python's own words where they say more."""
    words = " ".join(str(error).split())
    if isinstance(error, ModuleNotFoundError):
        return f"нет модуля «{error.name}»"
    if isinstance(error, ImportError) and (wanted := IMPORTED.match(words)):
        return f"в модуле {error.name} нет имени «{wanted[1]}»"
    if isinstance(error, NameError) and error.name:
        return f"имя «{error.name}» не определено"
    if isinstance(error, AttributeError) and error.name:
        return f"нет имени «{error.name}»{hint(error.name, dir(error.obj))}"
    if isinstance(error, TypeError) and (missing := MISSING.match(words)):
        return (
            f"{missing[1]}: не дано {', '.join(f'«{name}»' for name in NAMED.findall(missing[2]))}"
        )
    if isinstance(error, TypeError) and (foreign := FOREIGN.match(words)):
        return f"{foreign[1]}: нет поля «{foreign[2]}»"
    said = {SyntaxError: "ошибка в записи", TypeError: "вызвано не так"}
    return f"{said.get(type(error), 'не выполняется')}: {type(error).__name__}: {words}"
