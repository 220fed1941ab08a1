"""The board: what a page costs beside its own operations, each of them asked by HTTP.

A page tells its operations with the variables it gave them; these are asked one after the other,
in the same round. Compared is the work of the processors, of the server and of the database: what
a page waits for between its statements belongs to whoever else has the machine. `case` is the
newest case; `page_p95` the 95th of 100 answers of a page over the middle one of fifty cases by the
API, on the clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from statistics import median, quantiles
from urllib.parse import parse_qs, urlsplit

from bench.contestants import US, Contestant, contestants
from bench.fill import filled
from bench.ground import Ground
from bench.load import ask, median_seconds, seconds_of
from bench.questions import requests, subject_of
from bench.ratios import Round, rotated
from core.kernel.access import system
from core.region.figures import fold_all
from schema.board.saved import saved
from schema.board.sitemap import PAGES

ROLE, ASKED, MANY = "curator", 40, 100
"""Who looks; how often at least in a round each page and operation is asked, and the page that is
timed."""

LEAST_SECONDS = 0.4
"""For so long the processors work at least: they are told in hundredths of a second."""

PAGE, LIST, SPREAD, CASE = "page", "appeals", "p95", "case"
OPERATION = re.compile(r'href="[^"]*/graphql\?(board=[^"]+)"')
NUMBER = re.compile(r'<tr id="([^"]+)">')
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a request, and its operations as requests of the API."""

    page: bytes
    operations: Sequence[bytes]


async def measure(ground: Ground, size: int, rounds: int, say: Say = print) -> list[Round]:
    """Work of each page and of its operations by its name; seconds of a page of the API, p95."""
    database = await filled(ground, size)
    async with ground.region(database) as region, region.work(system()) as work:
        await fold_all(work)
    token = (await ground.tsur(database, "token", ground.code, "--role", ROLE)).split()[-1]
    async with ground.connected(database) as connection:
        about = await subject_of(connection)
    found = list[Round]()
    with contestants(ground, database, token, [US]) as (server,):
        shown = dict(_pages(server, ground.code))
        page = requests(server, PAGE, about)
        for number, order in enumerate(rotated([*shown], rounds)):
            say(f"board: round {number + 1}")
            times = {PAGE: median_seconds(server.port, page, ASKED)}
            for name in order:
                one = shown[name]
                times[name] = await _work(ground, database, server, [one.page])
                own = [await _work(ground, database, server, [each]) for each in one.operations]
                times[f"{name}.operations"] = sum(own)
            spread = seconds_of(server.port, [shown[LIST].page], MANY)
            times[SPREAD] = quantiles(spread, n=20)[-1]
            found.append(times)
    return found


async def _work(ground: Ground, database: str, server: Contestant, asked: Sequence[bytes]) -> float:
    """CPU seconds that both work for one answer."""

    async def worked() -> float:
        return server.cpu() + await ground.server_seconds(database)

    ask(server.port, asked[0])
    before, spent, times = await worked(), 0.0, 0
    while spent < LEAST_SECONDS:
        seconds_of(server.port, asked, ASKED)
        spent, times = await worked() - before, times + ASKED
    return spent / times


def relative(found: Sequence[Round]) -> dict[str, float]:
    """Each page over its operations, the dearest of these ratios, and the p95 over a page."""
    names = [name for name in found[0] if f"{name}.operations" in found[0]]
    ratios = {
        f"{name}.over_its_operations": median(
            one[name] / one[f"{name}.operations"] for one in found
        )
        for name in names
    }
    spread = median(one[SPREAD] / one[PAGE] for one in found)
    return {**ratios, "most": max(ratios.values()), "page_p95.in_pages": spread}


def _pages(server: Contestant, code: str) -> Iterator[tuple[str, Shown]]:
    """The pages of the role without an example of one thing, and the newest case."""
    client = HTTPConnection("127.0.0.1", server.port, timeout=60)
    cookie = _entered(client, code)
    for one in PAGES:
        if "{" not in one.path and one.role == ROLE:
            yield one.path or "morning", _shown(server, client, cookie, f"/{code}/{one.path}")
    (newest, *_) = NUMBER.findall(_read(client, cookie, f"/{code}/{LIST}"))
    yield CASE, _shown(server, client, cookie, f"/{code}/{LIST}/{newest}")


def _shown(server: Contestant, client: HTTPConnection, cookie: str, path: str) -> Shown:
    told = _read(client, cookie, f"{path}?show=queries")
    asked = (parse_qs(unescape(one)) for one in OPERATION.findall(told))
    operations = [
        server.asked(saved(one["board"][0]), json.loads(one["variables"][0])) for one in asked
    ]
    if not operations:
        raise ValueError(f"{path} tells no operation of its own")
    lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", f"Cookie: {cookie}", "", "")
    return Shown("\r\n".join(lines).encode(), operations)


def _entered(client: HTTPConnection, code: str) -> str:
    """The cookie of a session of the role, as the demo gives one."""
    client.request("GET", f"/{code}/login/demo/{ROLE}")
    answer = client.getresponse()
    answer.read()
    cookie = answer.getheader("set-cookie", "").partition(";")[0]
    if not cookie:
        raise ValueError("the demo lets nobody in")
    return cookie


def _read(client: HTTPConnection, cookie: str, path: str) -> str:
    client.request("GET", path, headers={"Cookie": cookie})
    answer = client.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        raise ValueError(f"{urlsplit(path).path} answers {answer.status}")
    return text
