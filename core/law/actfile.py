"""Reading the data file of an act: whatever is wrong with it is said with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from core.law.fault import LawError
from core.law.russian import hint
from core.law.values import misfits

T = TypeVar("T")
TABLE = "[[clause]]"
PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
SAID = {"FileNotFoundError": "файла нет", "UnicodeDecodeError": "файл не в UTF-8"}


@dataclass(frozen=True, slots=True)
class ActFile:
    """The data of an act: `head` its own, `entries` its clauses, `lines` where each begins."""

    path: Path
    head: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]
    lines: tuple[int, ...]

    @classmethod
    def read(cls, path: Path) -> ActFile:
        """Parse the file; LawError where it is not there or no TOML."""
        try:
            text = path.read_text(encoding="utf-8")
            head = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _broken(path, error) from error
        except (OSError, UnicodeDecodeError) as error:
            said = SAID.get(type(error).__name__, f"файл не читается: {type(error).__name__}")
            raise LawError(said, str(path)) from error
        lines = (
            number for number, line in enumerate(text.splitlines(), 1) if line.strip() == TABLE
        )
        entries = head.pop("clause", ())
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise LawError(f"нужны нормы: таблицы {TABLE}", str(path))
        return cls(path, head, tuple(entries), tuple(lines))

    def line(self, number: int) -> int:
        """The line of the clause with this number from nought; the first where it is unknown."""
        return self.lines[number] if number < len(self.lines) else 1

    def refuse(self, text: str, line: int = 1) -> LawError:
        """What is wrong, in this line."""
        return LawError(text, f"{self.path}:{line}")

    def make(self, kind: type[T], values: Mapping[str, Any], line: int = 1) -> T:
        """The dataclass out of these values; LawError: a key too many or few, a wrong type."""
        known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
        for name in values:
            if name not in known:
                raise self.refuse(f"лишний ключ «{name}»{hint(name, known, 'похожий')}", line)
        for name, f in known.items():
            if name not in values and f.default is MISSING and f.default_factory is MISSING:
                raise self.refuse(f"нет ключа «{name}»", line)
        made = kind(**values)
        for text in misfits(made):
            raise self.refuse(text, line)
        return made


def _broken(path: Path, error: tomllib.TOMLDecodeError) -> LawError:
    found = PLACE.search(str(error))
    if found is None:
        return LawError(f"TOML обрывается: {error}", str(path))
    said = PLACE.sub("", str(error)).strip()
    return LawError(f"это не TOML, столбец {found[2]}: {said}", f"{path}:{found[1]}")
