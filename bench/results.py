"""What a run has found out: as JSON, as tables, as a picture."""

from __future__ import annotations

import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from rich.table import Table

from bench import growing
from bench.contestants import PEERS, US, why_no_postgraphile
from bench.importing import Imports
from bench.ratios import Round, median_of, median_ratio, ratios_to, rounded
from bench.reading import Readings
from bench.sealing import BARE, SEALED
from bench.svg import picture

PACKAGES = (
    "strawberry-graphql", "graphql-core", "starlette", "SQLAlchemy", "asyncpg", "orjson", "uvicorn",
)  # fmt: skip


def reading(found: Mapping[str, Readings]) -> dict[str, dict[str, float]]:
    """Our answers a second over those of each other server, by case."""
    return {case: rounded_all(ratios_to(readings.rates, US)) for case, readings in found.items()}


def importing(rounds: Sequence[Round]) -> dict[str, float]:
    """Our rows a second over those of COPY."""
    return rounded_all(ratios_to(rounds, US))


def importing_table(found: Imports) -> Table:
    """A row a contestant: our rows a second over its, a processor's microseconds for a row."""
    table = Table("who", "ours over it", "server CPU, us a row", "client CPU", title="Import")
    for name in found.rates[0]:
        ratio = median_ratio(found.rates, US, name)
        work = (f"{median_of(rounds, name):.3g}" for rounds in (found.server, found.client))
        table.add_row(name, f"{ratio:.3g}", *work)
    return table


def sweeping(rounds: Sequence[Round]) -> dict[str, float]:
    """The time over that of a tenth of the open cases, and of a tenth of the due ones."""
    whole, fewer_open, fewer_due = list(rounds[0])
    ratios = {
        "ten_times_the_open": median_ratio(rounds, whole, fewer_open),
        "ten_times_the_due": median_ratio(rounds, whole, fewer_due),
    }
    return rounded_all({name: ratio for name, ratio in ratios.items() if ratio is not None})


def growth(
    rounds: Mapping[str, Sequence[Round]], sizes: Sequence[int]
) -> dict[str, dict[str, float]]:
    """The cost at each size over the cost at the smallest, by case."""
    costs = growing.relative(rounds, sizes)
    return {
        case: rounded_all(dict(zip(map(str, sizes), line, strict=True)))
        for case, line in costs.items()
    }


def starting(rounds: Sequence[Round]) -> dict[str, float]:
    """Seconds and megabytes: the only figures that are not compared with anything."""
    return rounded_all({name: median_of(rounds, name) for name in rounds[0]})


def sealing(rounds: Sequence[Round]) -> dict[str, float]:
    """The time of taking in over the same without seals."""
    ratio = median_ratio(rounds, SEALED, BARE)
    return rounded_all({"take_in": ratio} if ratio is not None else {})


def reading_table(found: Mapping[str, Readings]) -> Table:
    """A row a server and case: answers a second over ours, CPU an answer."""
    table = Table("case", "server", "ours over it", "server CPU, ms an answer", title="Reading")
    for case, readings in found.items():
        for name in readings.rates[0]:
            ratio = median_ratio(readings.rates, US, name)
            work = median(r[name] for r in readings.work)
            table.add_row(case, name, f"{ratio:.3g}", f"{work:.2f}")
    return table


def table_of(title: str, ratios: Mapping[str, Any]) -> Table:
    """Names and figures; a figure may itself be a row of them."""
    table = Table("what", "figure", title=title)
    for name, value in ratios.items():
        inner = value.items() if isinstance(value, dict) else [("", value)]
        table.add_row(name, "  ".join(f"{key} {figure:g}".strip() for key, figure in inner))
    return table


def busy_note(found: Mapping[str, Readings]) -> str:
    """How busy the load generator was at the most: near 100 % it would be what is measured."""
    busiest = max(readings.busiest for readings in found.values())
    note = f"The load generator was busy {busiest:.0%} of the time at the most"
    return f"{note}: ratios to the fastest server are too kind to us." if busiest > 0.8 else note


def versions(server: str) -> dict[str, str]:
    """What was measured with what."""
    found = {"python": platform.python_version(), "postgresql": server}
    found |= {name: version(name) for name in PACKAGES}
    if why_no_postgraphile() is None:
        package = orjson.loads((PEERS / "node_modules/postgraphile/package.json").read_bytes())
        found["postgraphile"] = package["version"]
        node = shutil.which("node") or ""
        said = subprocess.run([node, "--version"], check=True, capture_output=True, text=True)
        found["node"] = said.stdout.strip().removeprefix("v")
    return found


def write_json(path: Path, ratios: Mapping[str, Any], setting: Mapping[str, Any]) -> None:
    """The machine's copy of the run."""
    content = {"ratios": ratios, **setting, "date": today()}
    path.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def write_picture(
    path: Path, lines: Mapping[str, Mapping[str, float]], used: Mapping[str, str]
) -> None:
    """Cost against size, with the date and the versions of the run."""
    sizes = [int(size) for size in next(iter(lines.values()))]
    title = (
        f"Cost of an answer, {today()}, Python {used['python']}, PostgreSQL {used['postgresql']}"
    )
    costs = {case.replace("_", " of a "): [*line.values()] for case, line in lines.items()}
    path.write_text(picture(title, sizes, costs), encoding="utf-8")


def today() -> str:
    """The day of the run."""
    return datetime.now(UTC).date().isoformat()


def rounded_all(figures: Mapping[str, float]) -> dict[str, float]:
    """Figures to as many digits as they are told with."""
    return {name: rounded(figure) for name, figure in figures.items()}
