"""Whether the marks are true: each clause chosen is broken, and a test marked with it must die."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.judging import Case, fates
from tests.mutants.record import Record
from tests.mutants.running import Fate, Stage
from tests.places import ROOT


@dataclass(frozen=True, slots=True)
class Claim:
    """A clause that counts as served, the tests that say so, and the ways to break it."""

    ref: str
    stage: Stage
    cases: tuple[Case, ...]


def claims(number: int, seed: int) -> list[Claim]:
    """So many clauses at random, the same for the same seed and tree."""
    command = [sys.executable, "-m", "tests.mutants.planning", str(number), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [_claim(**row) for row in json.loads(done.stdout)]


def _claim(ref: str, tests: list[str], mutants: list[tuple[str, str, str]]) -> Claim:
    stage = ("-p", "tests.marks", f"--only-clause={ref}", *tests)
    cases = tuple(
        Case(f"{ref} {said}", ((Path(path), text),), (stage,)) for said, path, text in mutants
    )
    return Claim(ref, stage, cases)


def prove(pool: Executor, number: int, seed: int, record: Record) -> int:
    """Print a line a mutant and the account; 1 where a clause is not proven.

    Of each clause the next mutant is tried while those before it live.
    """
    began = time.monotonic()
    chosen = claims(number, seed)
    print(f"seed {seed}: {len(chosen)} clauses served", flush=True)
    passing = _alive(pool, [Case(f"{one.ref} whole", (), (one.stage,)) for one in chosen], record)
    sound = [one for one in chosen if one.ref in passing]
    left = sound
    for turn in range(max((len(one.cases) for one in chosen), default=0)):
        asked = [one.cases[turn] for one in left if turn < len(one.cases)]
        alive = _alive(pool, asked, record)
        left = [one for one in left if one.ref in alive or turn >= len(one.cases)]
    failing = [one.ref for one in chosen if one not in sound]
    for said, refs in (("Fail though nothing is broken", failing), ("Not proven", _refs(left))):
        print("\n".join([f"\n{said}: {len(refs)}", *refs]))
    proven = len(sound) - len(left)
    seconds = time.monotonic() - began
    print(f"\nseed {seed}: {len(chosen)} judged, {proven} proven, {seconds:.0f} s elapsed")
    return 0 if proven == len(chosen) else 1


def _refs(found: list[Claim]) -> list[str]:
    return [one.ref for one in found]


def _alive(pool: Executor, cases: list[Case], record: Record) -> set[str]:
    """The clauses whose tests pass all the same; each line is printed as it is known."""
    unknown = [case for case in cases if case.name not in record.known]
    for case, ran in fates(pool, unknown):
        record.keep(case.name, ran)
        print(f"{ran.fate:8} {ran.seconds:5.1f} s of CPU {case.name}", flush=True)
    return {
        case.name.split(" ", 1)[0]
        for case in cases
        if record.known[case.name].fate is Fate.SURVIVED
    }
