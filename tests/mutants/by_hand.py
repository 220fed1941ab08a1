"""Mutants by hand: each a patch that undoes one thing, and the test files that must die of it."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("named.toml")
PATCHES = Path(__file__).parent / "named"


@dataclass(frozen=True, slots=True)
class Named:
    """What is undone, in a line, and who must notice: each of these files by itself."""

    name: str
    undoes: str
    dies: tuple[str, ...]

    @property
    def patch(self) -> Path:
        """Where it is written, as `git diff` writes it."""
        return PATCHES / f"{self.name}.patch"


def table() -> list[Named]:
    """All that are named, in the order of the table."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [Named(name, row["undoes"], tuple(row["dies"])) for name, row in rows.items()]


def applies(named: Named, home: Path) -> bool:
    """Whether the patch still fits the tree at `home`."""
    return _apply(named, home, "--check") == 0


@contextmanager
def applied(named: Named, home: Path) -> Iterator[None]:
    """Write the mutant down at `home` while the caller goes on, then take it back.

    RuntimeError where it does not apply.
    """
    if _apply(named, home) != 0:
        raise RuntimeError(f"{named.patch.name} does not apply")
    try:
        yield
    finally:
        _apply(named, home, "--reverse")


def _apply(named: Named, home: Path, *how: str) -> int:
    command = ["git", "apply", *how, str(named.patch)]
    return subprocess.run(command, cwd=home, check=False, capture_output=True).returncode
