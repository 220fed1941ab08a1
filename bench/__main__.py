"""`python -m bench`: measure, print a table of medians, write them down."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bench import (
    counting,
    crowding,
    growing,
    importing,
    pages,
    reading,
    results,
    sealing,
    starting,
    sweeping,
)
from bench.cluster import NoPostgreSQL, cluster
from bench.contestants import why_no_postgraphile
from bench.ground import Ground
from core.kernel.settings import Settings

PICTURE = Path(__file__).with_name("growth.svg")
IMPORTED = 100_000
TAKEN_IN = 2_000
SMALLEST = 10_000


class Bench(StrEnum):
    """What can be measured."""

    READ = "read"
    COUNTS = "counts"
    IMPORT = "import"
    SWEEP = "sweep"
    GROWTH = "growth"
    START = "start"
    JOBS = "jobs"
    SEALING = "sealing"
    FIGURES = "figures"
    BOARD = "board"


@dataclass
class Run:
    """One run: how it measures, and what it has found so far."""

    ground: Ground
    size: int
    rounds: int
    seconds: float
    console: Console
    ratios: dict[str, Any] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Tell what is going on."""
        self.console.log(text)

    async def read(self, cases: tuple[str, ...] = reading.CASES) -> None:
        """Reading, against everybody."""
        if reason := why_no_postgraphile():
            self.say(reason)
        found = await reading.measure(
            self.ground, self.size, self.rounds, self.seconds, cases=cases, say=self.say
        )
        self.ratios |= results.reading(found)
        self.console.print(results.reading_table(found))
        self.console.print(results.busy_note(found))

    async def counts(self) -> None:
        """Counts alone."""
        await self.read(("counts",))

    async def imports(self) -> None:
        """An import against COPY."""
        rows = min(self.size, IMPORTED)
        found = await importing.measure(self.ground, rows, self.rounds, self.say)
        self.ratios["import"] = results.importing(found.rates)
        self.console.print(results.importing_table(found))

    async def sweep(self) -> None:
        """A sweep against smaller ones."""
        found = await sweeping.measure(self.ground, self.size, self.rounds, self.say)
        self.note("sweep", results.sweeping(found))

    async def growth(self) -> None:
        """Answers at sizes ten times each other, up to the size of the run."""
        sizes = [n for n in (SMALLEST * 10**power for power in range(6)) if n <= self.size]
        found = await growing.measure(self.ground, sizes or [self.size], self.rounds, self.say)
        self.note("growth", results.growth(found, sizes or [self.size]))

    async def start(self) -> None:
        """The start of all regions."""
        found = await starting.measure(self.ground.folder, self.rounds, self.say)
        self.note("start", results.starting(found))

    async def sealing(self) -> None:
        """Taking in with seals against without."""
        news = min(self.size, TAKEN_IN)
        found = await sealing.measure(self.ground, news, self.rounds, self.say)
        self.note("sealing", results.sealing(found))

    async def figures(self) -> None:
        """Cuts, the heat map and a rating, against a tenth of the cases and a page of a list."""
        found = await counting.measure(self.ground, self.size, self.rounds, self.say)
        self.note("figures", results.rounded_all(counting.relative(found)))

    async def board(self) -> None:
        """Pages of the board against their own operations by HTTP, and a page of the API."""
        found = await pages.measure(self.ground, self.size, self.rounds, self.say)
        self.note("board", results.rounded_all(pages.relative(found)))

    async def jobs(self) -> None:
        """Intake beside all jobs, against the same without."""
        appeals = min(self.size, crowding.MOST)
        found = await crowding.measure(
            self.ground.code, self.ground.folder, appeals, self.rounds, self.say
        )
        self.note("jobs", results.starting(found))

    def note(self, name: str, figures: dict[str, Any]) -> None:
        """Keep the figures and show them."""
        self.ratios[name] = figures
        self.console.print(results.table_of(name, figures))


MEASURES: dict[Bench, Callable[[Run], Any]] = {
    Bench.READ: Run.read,
    Bench.COUNTS: Run.counts,
    Bench.IMPORT: Run.imports,
    Bench.SWEEP: Run.sweep,
    Bench.GROWTH: Run.growth,
    Bench.START: Run.start,
    Bench.JOBS: Run.jobs,
    Bench.SEALING: Run.sealing,
    Bench.FIGURES: Run.figures,
    Bench.BOARD: Run.board,
}
ALL = (
    Bench.READ, Bench.IMPORT, Bench.SWEEP, Bench.GROWTH, Bench.START, Bench.JOBS, Bench.SEALING,
    Bench.FIGURES, Bench.BOARD,
)  # fmt: skip


def main(
    bench: Annotated[Bench | None, typer.Option(help="One of them; all without it")] = None,
    size: Annotated[int, typer.Option(min=100, help="Appeals in the database")] = 100_000,
    rounds: Annotated[int, typer.Option(min=1, max=99, help="Interleaved rounds")] = 3,
    seconds: Annotated[float, typer.Option(min=0.1, max=600, help="Each stretch of load")] = 5.0,
    region: Annotated[str | None, typer.Option(help="Which region; the first by default")] = None,
    json: Annotated[Path | None, typer.Option(help="Write the ratios there")] = None,
    keep: Annotated[
        Path | None, typer.Option(help="Keep the filled databases there for the next run")
    ] = None,
    picture: Annotated[bool, typer.Option(help="Draw bench/growth.svg anew")] = False,
) -> None:
    """Measure the product against the limit of this machine and against others. Prints ratios."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    console = Console()
    code = (region or Settings().regions[0]).rpartition(".")[2]
    chosen = (bench,) if bench else ALL
    with _ground(code, keep, console) as ground:
        run = Run(ground, size, rounds, seconds, console)
        for what in chosen:
            asyncio.run(MEASURES[what](run))
        used = results.versions(ground.cluster.version)
        if json is not None:
            setting = {"size": size, "rounds": rounds, "region": code, "versions": used}
            results.write_json(json, run.ratios, setting)
        if picture and "growth" in run.ratios:
            results.write_picture(PICTURE, run.ratios["growth"], used)


@contextmanager
def _ground(code: str, keep: Path | None, console: Console) -> Iterator[Ground]:
    """Where to measure: removed at the end whatever happens, unless it is to be kept."""
    with ExitStack() as stack:
        if keep is None:
            scratch = tempfile.TemporaryDirectory(prefix="tsur-bench-", ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(scratch))
            folder.chmod(0o711)  # PostgreSQL may run as somebody else and has to get through
        else:
            folder = keep.absolute()
            folder.mkdir(parents=True, exist_ok=True)
        try:
            server = stack.enter_context(cluster(folder / "postgresql"))
        except NoPostgreSQL as error:
            console.print(f"Nothing can be measured: {error}")
            raise typer.Exit(1) from error
        yield Ground(code, server, folder)


if __name__ == "__main__":
    typer.run(main)
