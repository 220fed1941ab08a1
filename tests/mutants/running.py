"""Running the tests on a mutant: in a process of its own, forked with the libraries loaded."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from tests.mutants.making import Mutant
from tests.mutants.places import LEFT_OUT, asked
from tests.places import ROOT

LIMIT_SECONDS = 240
FAILED = 70
"""The exit code where pytest itself could not be run: no fate of a mutant."""

NO_TESTS = 5
ARGUMENTS = (
    *(
        "-x",
        "-q",
        "--no-header",
        "--tb=no",
        "--assert=plain",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
    ),
    *("-m", "not snapshot"),
    *(f"--ignore={name}" for name in LEFT_OUT),
)


class Fate(StrEnum):
    """What came of a mutant; one that never ends is killed too."""

    KILLED = "killed"
    ENDLESS = "endless"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Tree:
    """A copy of the repository in which one mutant at a time is written down."""

    home: Path

    @classmethod
    def copied(cls, home: Path) -> Tree:
        """Copy what git knows; a file that git does not track is nobody's."""
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        for name in filter(None, listed.stdout.split("\0")):
            target = home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
        return cls(home)

    def judge(self, mutant: Mutant) -> Fate:
        """Whether a test dies of the mutant: the near tests first, then the wide ones."""
        target = self.home / mutant.path
        sound = target.read_text(encoding="utf-8")
        target.write_text(mutant.text, encoding="utf-8")
        try:
            return self.tested(asked(mutant.path))
        finally:
            target.write_text(sound, encoding="utf-8")

    def sound(self, tests: Sequence[str]) -> bool:
        """Whether these tests pass where nothing is mutated: else they judge nothing."""
        return self._pytest(tests) == 0

    def tested(self, stages: Sequence[Sequence[str]]) -> Fate:
        """The fate of what is written down now.

        Raises RuntimeError where a stage has no test to ask.
        """
        for tests in stages:
            code = self._pytest(tests)
            if code in (NO_TESTS, FAILED):
                raise RuntimeError(f"pytest ended with {code} on {tests}")
            if code != 0:
                return Fate.ENDLESS if code < 0 else Fate.KILLED
        return Fate.SURVIVED

    def _pytest(self, tests: Sequence[str]) -> int:
        """The exit code of pytest, negative where it had to be ended."""
        child = os.fork()  # a process a run: nothing imported by one mutant is seen by the next
        if child == 0:
            _run(self.home, tests)
        signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
        signal.alarm(LIMIT_SECONDS)
        try:
            _, status = os.waitpid(child, 0)
        finally:
            signal.alarm(0)
        return os.waitstatus_to_exitcode(status)


def _run(home: Path, tests: Sequence[str]) -> None:
    """Become pytest in the copy; never returns."""
    code = FAILED
    try:
        os.chdir(home)
        sys.path.insert(0, str(home))
        sys.dont_write_bytecode = True  # a file may change twice within a second
        for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
            del sys.modules[name]  # those of the copy are read instead
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        code = int(pytest.main([*ARGUMENTS, *tests]))
    finally:
        os._exit(code)
