"""`python -m tests.faults --json FILE`: every fault under load, its figures, and its seed."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from random import Random
from typing import Annotated, Any

import orjson
import typer

from bench.cluster import NoPostgreSQL
from bench.ground import CommandFailed
from tests.faults.ground import Ground
from tests.faults.judge import CannotBeMade, Verdict
from tests.faults.kills import COMMANDS, PARTS, kill_command, kill_part
from tests.faults.outages import OUTAGES

Fault = Callable[[Ground, Random, int], Awaitable[Verdict]]
POINTS = 200
OF_OUTAGES = 20


def faults() -> dict[str, Fault]:
    """Every fault by its name."""
    parts = {name: partial(_part, name) for name in PARTS}
    commands = {name: partial(_command, name) for name in COMMANDS}
    return {**parts, **commands, **OUTAGES}


async def _part(name: str, ground: Ground, random: Random, points: int) -> Verdict:
    return await kill_part(ground, PARTS[name], random, points)


async def _command(name: str, ground: Ground, random: Random, points: int) -> Verdict:
    return await kill_command(ground, COMMANDS[name], random, points)


def main(
    json: Annotated[Path | None, typer.Option(help="Write the figures there")] = None,
    seed: Annotated[int | None, typer.Option(help="Repeat a run; any without it")] = None,
    only: Annotated[list[str] | None, typer.Option(help="These faults alone")] = None,
    points: Annotated[int, typer.Option(min=1, max=1_000, help="Kills of each target")] = POINTS,
    outages: Annotated[int, typer.Option(min=1, max=200, help="Times of each outage")] = OF_OUTAGES,
    region: Annotated[str, typer.Option(help="Of which region")] = "kursk",
) -> None:
    """Make every fault on an installation of its own; ends with 1 where anything fell short."""
    chosen = seed if seed is not None else time.time_ns() % 1_000_000
    typer.echo(f"seed {chosen}")
    wanted = only or [*faults()]
    if unknown := set(wanted) - set(faults()):
        raise typer.BadParameter(f"{sorted(unknown)}: there are {', '.join(faults())}")
    times = {name: outages if name in OUTAGES else points for name in wanted}
    with tempfile.TemporaryDirectory(prefix="tsur-faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL may run as somebody else and has to get through
        found = asyncio.run(run(Path(folder), region, chosen, times))
    if json is not None:
        json.write_bytes(
            orjson.dumps({"seed": chosen, "faults": found}, option=orjson.OPT_INDENT_2)
        )
    if not all(one.get("well", True) for one in found.values()):
        raise typer.Exit(1)


async def run(
    folder: Path,
    region: str,
    seed: int,
    times: dict[str, int],
    make: Callable[[str, Path], Ground] = Ground,
) -> dict[str, dict[str, Any]]:
    """The figures of each fault; one that cannot be made here says why."""
    template = make(region, folder / "template")
    await template.fill()
    found: dict[str, dict[str, Any]] = {}
    for name, count in times.items():
        own = folder / name / "data"
        shutil.copytree(template.folder, own)
        try:
            verdict = await faults()[name](make(region, own), Random(f"{seed}/{name}"), count)
        except (CannotBeMade, NoPostgreSQL) as error:
            found[name] = {"skipped": str(error)}
        except (TimeoutError, CommandFailed, OSError) as error:
            found[name] = {"well": False, "failed": f"{type(error).__name__}: {error}"[:2_000]}
        else:
            found[name] = {"points": count, **asdict(verdict), "well": verdict.well}
        typer.echo(f"{name}: {orjson.dumps(found[name]).decode()}")
        shutil.rmtree(folder / name, ignore_errors=True)
    return found


if __name__ == "__main__":
    typer.run(main)
