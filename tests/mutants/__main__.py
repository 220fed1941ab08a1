"""`make mutate`: so many mutants of a seed, how many are killed, and who survives."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor

from tests.mutants.by_hand import table
from tests.mutants.judging import Case, fates, judges, unnoticed, watched
from tests.mutants.making import Mutant, named, sample
from tests.mutants.marked import prove
from tests.mutants.places import asked, files
from tests.mutants.reach import Reach, chosen
from tests.mutants.record import Record
from tests.mutants.running import Fate, Stage
from tests.mutants.survivors import reason


def main() -> int:
    """Print a line a mutant as it ends, then the account; 1 where too few are killed."""
    given = _arguments()
    if given.marked:
        with judges(given.workers) as pool:
            return prove(pool, given.marked, given.seed, Record())
    mutants = [*map(named, given.only)] or sample(files(), given.number, given.seed)
    began = time.monotonic()
    with judges(given.workers) as pool:
        reaches = _reaches(pool, dict.fromkeys(file for one in mutants for file in asked(one.path)))
        if reaches is None:
            return 2
        survivors = _survivors(pool, mutants, reaches, given.seed)
        by_hand = [] if given.only else table()
        missed = unnoticed(pool, by_hand)
    print("\n".join([f"{len(by_hand)} named mutants, unnoticed: {len(missed)}", *missed]))
    killed = _account(mutants, survivors, given.seed, time.monotonic() - began)
    return 0 if killed >= given.wanted and not missed else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("only", nargs="*", help="names of mutants, core/law/merge.py:12")
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--marked", type=int, default=0, help="so many clauses instead of mutants")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--wanted", type=float, default=85, help="percent to be killed")
    return parser.parse_args()


def _reaches(pool: Executor, files: Iterable[str]) -> dict[str, Reach] | None:
    """What each of these reaches; None, and a line each, where some fail on the sound tree."""
    found = dict(watched(pool, [*files]))
    failing = sorted(name for name, reach in found.items() if reach is None)
    if failing:
        print("These fail where nothing is mutated:", *failing, sep="\n")
        return None
    seconds = sum(reach.seconds for reach in found.values() if reach)
    print(f"{len(found)} test files watched, {seconds:.0f} s of CPU", flush=True)
    return {name: reach for name, reach in found.items() if reach}


def _survivors(
    pool: Executor, mutants: Sequence[Mutant], reaches: Mapping[str, Reach], seed: int
) -> list[Mutant]:
    """Judge those whose fate is not known yet; who lives of all of them."""
    record = Record()
    cases = [
        Case(one.name, ((one.path, one.text),), stages(one, reaches))
        for one in mutants
        if one.name not in record.known
    ]
    known = len(mutants) - len(cases)
    print(f"seed {seed}: {len(mutants)} mutants, {known} judged before", flush=True)
    for number, (case, ran) in enumerate(fates(pool, cases), start=known + 1):
        record.keep(case.name, ran)
        said = f"{number}/{len(mutants)} {ran.fate:8} {ran.seconds:5.1f} s of CPU {case.name}"
        print(said, flush=True)
    return [one for one in mutants if record.known[one.name].fate is Fate.SURVIVED]


def stages(mutant: Mutant, reaches: Mapping[str, Reach]) -> tuple[Stage, ...]:
    """The one stage of those who reach it; none where nobody does."""
    files = chosen(mutant, asked(mutant.path), reaches)
    return (files,) if files else ()


def _account(
    mutants: Sequence[Mutant], survivors: Sequence[Mutant], seed: int, seconds: float
) -> float:
    """Print each survivor with its reason, if one is written down; how many are killed, of 100."""
    for mutant in sorted(survivors, key=lambda one: one.name):
        why = reason(mutant) or "no reason is written down"
        print(f"\n{mutant.name}: {why}\n{mutant.difference}")
    dead = len(mutants) - len(survivors)
    killed = 100 * dead / len(mutants)
    counted = f"seed {seed}: {len(mutants)} judged, {dead} killed, {len(survivors)} survived"
    print(f"\n{counted}, {killed:.1f} % killed, {seconds:.0f} s elapsed")
    return killed


if __name__ == "__main__":
    sys.exit(main())
