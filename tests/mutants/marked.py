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
    """Print a line a clause and the account; 1 where a clause is not proven."""
    began = time.monotonic()
    chosen = claims(number, seed)
    print(f"seed {seed}: {len(chosen)} clauses served", flush=True)
    open_claims = dict.fromkeys((one.ref for one in chosen), 0)
    sound = {case.name: ran for case, ran in fates(pool, [_whole(one) for one in chosen])}
    sick = [one.ref for one in chosen if sound[one.ref].fate is not Fate.SURVIVED]
    for turn in range(max((len(one.cases) for one in chosen), default=0)):
        asked = [
            one.cases[turn] for one in chosen if one.ref in open_claims and turn < len(one.cases)
        ]
        unknown = [case for case in asked if case.name not in record.known]
        for case, ran in fates(pool, unknown):
            record.keep(case.name, ran)
        for case in asked:
            ran = record.known[case.name]
            print(f"{ran.fate:8} {ran.seconds:5.1f} s of CPU {case.name}", flush=True)
            if ran.fate is not Fate.SURVIVED:
                open_claims.pop(case.name.split(" ", 1)[0], None)
    print("\n".join(["", "Fail though nothing is broken:", *sick]) if sick else "")
    print("\n".join(["Not proven:", *open_claims]) if open_claims else "All are proven")
    proven = len(chosen) - len({*open_claims, *sick})
    seconds = time.monotonic() - began
    print(f"seed {seed}: {len(chosen)} judged, {proven} proven, {seconds:.0f} s elapsed")
    return 0 if proven == len(chosen) else 1


def _whole(claim: Claim) -> Case:
    return Case(claim.ref, (), (claim.stage,))
