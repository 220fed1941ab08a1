"""Running tests on what is written down now: in a forked process, with the libraries loaded."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from tests.mutants.places import LEFT_OUT
from tests.mutants.reach import Watch

Stage = tuple[str, ...]

LIMIT_SECONDS = 120
"""Processor time of a stage: ten times what the longest takes; whoever needs more never ends."""

IDLE_TIMES = 10
"""By how much the clock may run ahead of the processor before a stage hangs."""

PASSED, FAILED, NOTHING = 0, 1, 2
"""What the child says: all stages passed, one did not, it came to no end of its own."""

ARGUMENTS = (
    *("-x", "-q", "--no-header", "--tb=no", "--assert=plain", "--hypothesis-seed=0"),
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not snapshot"),
    *(f"--ignore={name}" for name in LEFT_OUT),
)


class Fate(StrEnum):
    """What came of a mutant; one that never ends is killed too."""

    KILLED = "killed"
    ENDLESS = "endless"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of it at which stage (from 1), and the processor's seconds that it took."""

    fate: Fate
    stage: int
    seconds: float


def ran(home: Path, stages: Sequence[Stage], watched: Path | None = None) -> Ran:
    """Run the stages one after another on the tree at `home`, up to the first that fails.

    What they call is written to the file `watched`, where one is named (`tests.mutants.reach`).
    A stage that cannot even be collected has noticed what is written. RuntimeError where the
    process went wrong before it could ask.
    """
    scratch = home / ".scratch"
    said, saying = os.pipe()
    child = os.fork()  # a process a run: nothing imported by one mutant is seen by the next
    if child == 0:
        os.close(said)
        _run(home, stages, saying, watched)
    os.close(saying)
    _, status, usage = os.wait4(child, 0)
    with os.fdopen(said, "rb") as pipe:
        begun = pipe.read().count(b".")
    shutil.rmtree(scratch, ignore_errors=True)
    _end_the_rest(child)
    code = os.waitstatus_to_exitcode(status)
    if code not in (PASSED, FAILED) and code > 0:
        raise RuntimeError(f"pytest ended with {code} on {stages[begun - 1]}")
    fate = Fate.ENDLESS if code < 0 else Fate.KILLED if code else Fate.SURVIVED
    return Ran(fate, begun, usage.ru_utime + usage.ru_stime)


def _end_the_rest(child: int) -> None:
    """Whatever the tests started and left behind is in the child's group."""
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return


def _run(home: Path, stages: Sequence[Stage], saying: int, watched: Path | None) -> None:
    """Become pytest in the copy; never returns."""
    code = NOTHING
    try:
        os.setsid()
        os.chdir(home)
        sys.path.insert(0, str(home))
        sys.dont_write_bytecode = True  # what is compiled stays that of the sound tree
        for name in [name for name in sys.modules if name.split(".")[0] == "tests"]:
            del sys.modules[name]  # those of the copy are read instead
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        watch = watched and Watch()
        code = _asked(home, stages, saying)
        if watch and watched:
            watch.write(home, watched)
    finally:
        os._exit(code)


def _asked(home: Path, stages: Sequence[Stage], saying: int) -> int:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    for stage in stages:
        os.write(saying, b".")
        _limit()
        ended = pytest.main([*ARGUMENTS, f"--basetemp={home / '.scratch'}", *stage])
        if ended != pytest.ExitCode.OK:
            return FAILED
    return PASSED


def _limit() -> None:
    """From now on the child may take so much; then the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + LIMIT_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))
    signal.alarm(LIMIT_SECONDS * IDLE_TIMES)
