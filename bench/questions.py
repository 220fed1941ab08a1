"""What is asked: the same things of every server, each in the words that it understands."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import orjson

from bench.contestants import POSTGRAPHILE, Contestant
from bench.load import BadAnswer, ask

PAGES, LOOKUPS = 8, 64
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*")
OWN_WORDS = frozenset({"id", "endCursor"})
"""Numbers and cursors are each server's own business."""

PERIODS = {
    "counts": timedelta(days=30),
    "counts_year": timedelta(days=365),
}
COMMONEST = """
SELECT block, state FROM appeal WHERE block IS NOT NULL AND state = 'closed'
GROUP BY block, state ORDER BY count(*) DESC LIMIT 1
"""


class Differs(Exception):
    """Two servers answer the same question differently: nothing may be measured."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the questions are about, out of the data: its largest block, some ids, its last day."""

    block: str
    state: str
    ids: Sequence[int]
    until: datetime


async def subject_of(connection: asyncpg.Connection) -> Subject:
    """The subject that this database offers; the same for the same data."""
    common = await connection.fetchrow(COMMONEST)
    last = await connection.fetchval("SELECT max(received_at) FROM appeal")
    step = "greatest(count(*) / $1, 1)"
    ids = await connection.fetch(
        f"SELECT id FROM appeal WHERE id % (SELECT {step} FROM appeal) = 0 ORDER BY id LIMIT $1",
        LOOKUPS,
    )
    until = datetime(last.year, last.month, last.day, tzinfo=UTC)
    numbers = [row["id"] for row in ids]
    return Subject(common["block"], common["state"], numbers, until)


def requests(server: Contestant, case: str, about: Subject) -> list[bytes]:
    """The requests of a case, to be sent in turn."""
    return [server.request(case, variables) for variables in _variables(server, case, about)]


def require_same(servers: Sequence[Contestant], case: str, about: Subject) -> None:
    """Differs unless every server that can gives the first one's answers to all questions."""
    able = [server for server in servers if server.can(case)]
    answers = {s.name: [leaves(_data(s, r)) for r in requests(s, case, about)] for s in able}
    expected = answers[able[0].name]
    for name, given in answers.items():
        for number, (one, other) in enumerate(zip(expected, given, strict=True)):
            if one != other:
                pair = next((a, b) for a, b in zip(one, other, strict=False) if a != b)
                raise Differs(f"{case} {number}: {able[0].name} {pair[0]}, {name} {pair[1]}")
            if not one:
                raise Differs(f"{case} {number}: nothing is answered, so nothing is measured")


def leaves(content: Any, name: str = "") -> list[tuple[str, object]]:
    """The values with the names of their fields, in order, whatever they are wrapped in.

    Moments are made comparable, and codes, which one writes in capitals and another does not.
    """
    if isinstance(content, dict):
        return [leaf for key, value in content.items() for leaf in leaves(value, key)]
    if isinstance(content, list):
        return [leaf for value in content for leaf in leaves(value, name)]
    return [] if name in OWN_WORDS else [(name, _plain(content))]


def _plain(value: object) -> object:
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    return value.lower() if isinstance(value, str) else value


def _variables(server: Contestant, case: str, about: Subject) -> Sequence[Mapping[str, object]]:
    if case in PERIODS:
        since = about.until - PERIODS[case]
        moments = {"since": since, "until": about.until}
        return [{name: f"{at:%Y-%m-%dT%H:%M:%SZ}" for name, at in moments.items()}]
    if case == "overdue":
        return [{}]
    if case in ("lookup", "content"):
        own = server.name == POSTGRAPHILE
        return [{"id": str(number) if own else _global(number)} for number in about.ids]
    return list(_pages(server, case, about))


def _pages(server: Contestant, case: str, about: Subject) -> Iterator[dict[str, object]]:
    """The first pages of the block's closed appeals, walked by the server's own cursors."""
    plain = server.name == POSTGRAPHILE
    chosen: dict[str, object] = {
        "block": about.block if plain else [about.block],
        "state": about.state if plain else [about.state.upper()],
    }
    after: object = None
    for _ in range(PAGES):
        variables = {**chosen, "after": after}
        yield variables
        page = _data(server, server.request(case, variables))["appeals"]["pageInfo"]
        if not page["hasNextPage"]:
            return
        after = page["endCursor"]


def _data(server: Contestant, request: bytes) -> Any:
    answer = orjson.loads(ask(server.port, request))
    if answer.get("errors"):
        raise BadAnswer(f"{server.name}: {answer['errors'][:3]}")
    return answer["data"]


def _global(number: int) -> str:
    return b64encode(f"Appeal:{number}".encode()).decode()
