"""Reading: a page, a page with explanations, one appeal, counts of a month; everybody in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.contestants import LIMIT, NAIVE, POSTGRAPHILE, US, Contestant, contestants
from bench.fill import filled
from bench.ground import Ground
from bench.load import drive
from bench.questions import Subject, requests, require_same, subject_of
from bench.ratios import Round, rotated

CONCURRENCY = 16
WARM_UP = 0.4
"""Of a measured stretch, before the first round."""

CASES = ("page", "explained", "lookup", "content", "counts")
SERVERS = (LIMIT, US, POSTGRAPHILE, NAIVE)
Say = Callable[[str], None]


@dataclass(slots=True)
class Readings:
    """What was measured of one case: answers a second, milliseconds of CPU an answer."""

    rates: list[Round] = field(default_factory=list)
    work: list[Round] = field(default_factory=list)
    busiest: float = 0.0


async def measure(
    ground: Ground,
    size: int,
    rounds: int,
    seconds: float,
    cases: Sequence[str] = CASES,
    names: Sequence[str] = SERVERS,
    say: Say = print,
) -> dict[str, Readings]:
    """Every case of every server; refused with Differs unless all give the same answers."""
    database = await filled(ground, size)
    token = (await ground.tsur(database, "token", ground.code, "--role", "curator")).split()[-1]
    async with ground.connected(database) as connection:
        about = await subject_of(connection)
    found: dict[str, Readings] = {}
    with contestants(ground, database, token, names) as servers:
        for case in cases:
            say(f"{case}: {', '.join(server.name for server in servers)}")
            require_same(servers, case, about)
            found[case] = _rounds(servers, case, about, rounds, seconds)
    return found


def _rounds(
    servers: Sequence[Contestant], case: str, about: Subject, rounds: int, seconds: float
) -> Readings:
    """Rounds in which everybody is driven once, in an order that turns."""
    readings = Readings()
    able = [server for server in servers if server.can(case)]
    asked = {server.name: requests(server, case, about) for server in able}
    for server in able:
        drive(server.port, asked[server.name], CONCURRENCY, seconds * WARM_UP)
    for order in rotated(able, rounds):
        rates: dict[str, float] = {}
        work: dict[str, float] = {}
        for server in order:
            before = server.cpu()
            load = drive(server.port, asked[server.name], CONCURRENCY, seconds)
            rates[server.name] = load.rate
            work[server.name] = 1000 * (server.cpu() - before) / max(load.answers, 1)
            readings.busiest = max(readings.busiest, load.busy)
        readings.rates.append(rates)
        readings.work.append(work)
    return readings
