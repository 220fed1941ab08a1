"""The limit: a bare route a case, one hand-written statement, rows to bytes, nothing checked.

What the machine can do with this database, this driver and this ASGI server. It writes the same
bytes as the product. Run as `uvicorn --factory bench.servers.limit:application`.
"""

from __future__ import annotations

import gc
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench import sql
from bench.servers.database import Connections
from bench.servers.judging import Judge, held_seconds, holder_key
from core.kernel.region import Region
from core.kernel.rules.calendar import whole_seconds
from core.kernel.rules.passport import Municipality
from core.kernel.settings import Settings
from core.region.opening import open_region

PAGE = 50
END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
LARGEST_ID = 2**63 - 1
UTC_WITH_Z = orjson.OPT_UTC_Z
Answer = dict[str, Any]


def application() -> Starlette:
    """The application on the region and the database that the settings name."""
    settings = Settings()
    region = open_region(settings.regions[0], settings)
    url = region.database.url.replace("+asyncpg", "")
    limit = Limit(region, Connections(url, settings.pool_size))
    cases = (limit.page, limit.explained, limit.lookup, limit.content, limit.counts)
    routes = [Route(f"/{case.__name__}", case, methods=["POST"]) for case in cases]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await limit.connections.open()
        gc.collect()
        gc.freeze()
        yield

    return Starlette(routes=routes, lifespan=lifespan)


class Limit:
    """The cases, one method each."""

    def __init__(self, region: Region, connections: Connections) -> None:
        self.connections = connections
        places = region.rules.all(Municipality, region.now().date())
        self.places = {place.key: {"key": place.key, "name": place.name} for place in places}
        self.judge = Judge(region)
        self.counting = sql.COUNTS.format(zone=region.passport.zone.key)

    async def page(self, request: Request) -> Response:
        """Fifty appeals."""
        rows = await self._rows(request)
        return _answer({"appeals": _page([self._card(row) for row in rows[:PAGE]], rows)})

    async def explained(self, request: Request) -> Response:
        """Fifty appeals with their deadlines and holders."""
        rows = await self._rows(request)
        ids = [row["id"] for row in rows[:PAGE]]
        ledgers: dict[int, list[Any]] = {number: [] for number in ids}
        for entry in await self.connections.fetch(sql.LEDGERS, ids):
            ledgers[entry["appeal_id"]].append(SimpleNamespace(**entry))
        bodies = await self._bodies()
        now = whole_seconds(datetime.now(UTC))
        cards = [
            self._card(row) | self._judged(row, ledgers[row["id"]], bodies, now)
            for row in rows[:PAGE]
        ]
        return _answer({"appeals": _page(cards, rows)})

    async def lookup(self, request: Request) -> Response:
        """One appeal with its ledger."""
        _, card, entries = await self._one(request)
        return _answer({"appeal": card | {"ledger": [_entry(row) for row in entries]}})

    async def content(self, request: Request) -> Response:
        """The same with what officials wrote, and a line in the journal that says who read it."""
        number, card, entries = await self._one(request)
        await self.connections.fetch(sql.READ, f"appeal:{number}")
        ledger = [_entry(row) | {"reason": row["reason"]} for row in entries]
        return _answer({"appeal": card | {"ledger": ledger}})

    async def counts(self, request: Request) -> Response:
        """Appeals of a period by their bodies."""
        variables = orjson.loads(await request.body())["variables"]
        since, until = (datetime.fromisoformat(variables[name]) for name in ("since", "until"))
        rows = await self.connections.fetch(self.counting, since, until)
        return _answer(
            {
                "appealCounts": [
                    {"group": [{"key": key, "name": name}], "total": total, "overdue": overdue}
                    for key, name, total, overdue in rows
                ]
            }
        )

    async def _one(self, request: Request) -> tuple[int, Answer, Sequence[Any]]:
        variables = orjson.loads(await request.body())["variables"]
        number = int(b64decode(variables["id"])[len("Appeal:") :])
        rows = await self.connections.fetch(sql.LOOKUP, number)
        return number, self._card(rows[0]), rows

    async def _rows(self, request: Request) -> Sequence[Any]:
        variables = orjson.loads(await request.body())["variables"]
        moment, number = END_OF_TIME, LARGEST_ID
        if variables.get("after"):
            written, number = orjson.loads(b64decode(variables["after"]))
            moment = datetime.fromisoformat(written)
        block, state = variables["block"][0], variables["state"][0].lower()
        return await self.connections.fetch(sql.PAGE, block, state, moment, number)

    async def _bodies(self) -> dict[str, Answer]:
        rows = await self.connections.fetch("SELECT key, name FROM body")
        return {key: {"key": key, "name": name} for key, name in rows}

    def _card(self, row: Any) -> Answer:
        (number, registered, external, topic, regime, state, outcome, received, at, due,
         place, body, name, *_) = row  # fmt: skip
        return {
            "id": b64encode(b"Appeal:%d" % number).decode(),
            "number": registered,
            "externalId": external,
            "topic": topic,
            "regime": regime.upper(),
            "state": state.upper(),
            "outcome": outcome and outcome.upper(),
            "receivedAt": received,
            "registeredAt": at,
            "dueAt": due,
            "body": body and {"key": body, "name": name},
            "municipality": self.places.get(place),
        }

    def _judged(
        self, row: Any, ledger: Sequence[Any], bodies: Mapping[str, Answer], now: datetime
    ) -> Answer:
        judged = self.judge.judge(SimpleNamespace(**row), ledger)
        due = judged.governing
        clause = due and {"ref": due.rule.clause.ref, "title": due.rule.clause.title}
        return {
            "deadline": {
                "dueAt": due and due.due_at,
                "standing": due.standing(now).name if due else "NOT_STARTED",
                "explanation": due
                and {"clause": clause, "start": due.started_at, "steps": due.steps},
            },
            "holders": [
                {
                    "body": bodies.get(holder_key(held) or ""),
                    "since": held.since,
                    "until": held.until,
                    "seconds": held_seconds(held, now),
                }
                for held in judged.holdings
            ],
        }


def _page(cards: Sequence[Answer], rows: Sequence[Any]) -> Answer:
    last = rows[: len(cards)][-1]
    moment = last["received_at"].strftime("%Y-%m-%dT%H:%M:%SZ")
    cursor = b64encode(orjson.dumps([moment, last["id"]])).decode()
    return {"nodes": cards, "pageInfo": {"hasNextPage": len(rows) > PAGE, "endCursor": cursor}}


def _entry(row: Any) -> Answer:
    holder = row["holder_key"]
    return {
        "seq": row["seq"],
        "fact": row["fact"].upper(),
        "at": row["at"],
        "recordedAt": row["recorded_at"],
        "actor": row["actor"],
        "body": holder and {"key": holder, "name": row["holder_name"]},
    }


def _answer(data: Answer) -> Response:
    content = orjson.dumps({"data": data}, option=UTC_WITH_Z)
    return Response(content, media_type="application/json")
