"""A copy of the repository in which one mutant at a time is written down."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT

UNTOUCHED = (1, 1)
"""When a file of the copy was last changed: long ago, so that compiled code of a mutant's file
is never taken for the mutant's, however quickly one follows another."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The copy, compiled once: a run compiles nothing but the mutant."""

    home: Path

    @classmethod
    def copied(cls, home: Path) -> Tree:
        """Copy what git knows; a file that git does not track is nobody's."""
        for name in tracked():
            target = home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
            os.utime(target, UNTOUCHED)
        compileall.compile_dir(str(home), quiet=2, maxlevels=20)
        return cls(home)

    def again(self, home: Path) -> Tree:
        """Another copy of this one."""
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        return Tree(home)

    @contextmanager
    def changed(self, texts: Mapping[Path, str]) -> Iterator[None]:
        """Write these files anew while the caller goes on, then take it back."""
        sound = {path: (self.home / path).read_bytes() for path in texts}
        try:
            for path, text in texts.items():
                (self.home / path).write_text(text, encoding="utf-8")
            yield
        finally:
            for path, code in sound.items():
                (self.home / path).write_bytes(code)
                os.utime(self.home / path, UNTOUCHED)


def tracked() -> list[str]:
    """The names of what git knows and the working tree holds, in order."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
