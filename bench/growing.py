"""Growth: what the same question costs as the region's appeals become many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from statistics import median

from bench.contestants import US, Contestant, contestants
from bench.fill import filled
from bench.ground import Ground
from bench.load import median_seconds
from bench.questions import requests, subject_of
from bench.ratios import Round, rotated
from core.kernel.access import system
from core.region.figures import fold_all

CASES = ("page", "lookup", "counts_year", "overdue")
ASKED = 30
Say = Callable[[str], None]


async def measure(
    ground: Ground, sizes: Sequence[int], rounds: int, say: Say = print
) -> dict[str, list[Round]]:
    """Milliseconds of an answer with nobody else asking, for each case by the size."""
    found: dict[str, list[Round]] = {case: [] for case in CASES}
    with ExitStack() as stack:
        servers: dict[int, Contestant] = {}
        asked: dict[tuple[int, str], Sequence[bytes]] = {}
        for size in sizes:
            database = await filled(ground, size)
            said = await ground.tsur(database, "token", ground.code, "--role", "curator")
            token = said.split()[-1]
            async with ground.connected(database) as connection:
                about = await subject_of(connection)
            (servers[size],) = stack.enter_context(contestants(ground, database, token, [US]))
            asked |= {(size, case): requests(servers[size], case, about) for case in CASES}
        for number, order in enumerate(rotated(sizes, rounds)):
            say(f"growth: round {number + 1}")
            await _fold(ground, sizes)
            for case in CASES:
                times = {str(n): _milliseconds(servers[n], asked[n, case]) for n in order}
                found[case].append(times)
    return found


async def _fold(ground: Ground, sizes: Sequence[int]) -> None:
    """What a running product does every minute: here no jobs run beside what is measured."""
    for size in sizes:
        async with (
            ground.region(await filled(ground, size)) as region,
            region.work(system()) as work,
        ):
            await fold_all(work)


def relative(rounds: Mapping[str, Sequence[Round]], sizes: Sequence[int]) -> dict[str, list[float]]:
    """Each case's cost at each size, the smallest being 1: medians of ratios within a round."""
    first = str(sizes[0])
    return {
        case: [median(r[str(size)] / r[first] for r in found) for size in sizes]
        for case, found in rounds.items()
    }


def _milliseconds(server: Contestant, asked: Sequence[bytes]) -> float:
    return 1000 * median_seconds(server.port, asked, ASKED)
