"""The job that sends what waits: receivers side by side, so that a dead one delays only itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

from core.kernel.errors import Refusal
from core.kernel.extensions import Units
from core.kernel.posting import Server
from core.kernel.serves import serves
from core.subscriptions import parcels
from core.subscriptions.parcels import Came, Parcel

DEADLINE_SECONDS = 10.0
"""For one sending: the name, the connection, the answer."""

OWN = {"Content-Type": "application/json", "User-Agent": "tsur-webhooks/1"}

LONGEST_SECONDS = 60.0
TICK_SECONDS = 0.5
"""While one receiver is slow, how often it is asked what waits for the others."""


@serves()
async def run_webhooks(units: Units, _payload: Mapping[str, object]) -> None:
    """The job: send until nothing is due, for a minute at most; the next run goes on."""
    until = time.monotonic() + LONGEST_SECONDS
    busy: dict[int, asyncio.Task[bool]] = {}
    left = set[int]()
    try:
        while time.monotonic() < until:
            for webhook_id in await parcels.due(units):
                if webhook_id not in busy and webhook_id not in left:
                    busy[webhook_id] = asyncio.create_task(_deliver(units, webhook_id, until))
            if not busy:
                return
            done, _ = await asyncio.wait(
                busy.values(), timeout=TICK_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            left |= {number for number, task in busy.items() if task in done and not task.result()}
            busy = {number: task for number, task in busy.items() if not task.done()}
        await asyncio.gather(*busy.values())
    finally:
        for task in busy.values():
            task.cancel()
        await asyncio.gather(*busy.values(), return_exceptions=True)
        await parcels.forget(units)


async def _deliver(units: Units, webhook_id: int, until: float) -> bool:
    """Send to one receiver what is due, one after the other, until it does not answer.

    Whether anything was sent: where another runner has it or the doors are closed, it is left.
    """
    lease = await parcels.lease(units, webhook_id)
    if lease is None:
        return False
    answers, sent = True, False
    while answers and time.monotonic() < until:
        batch = await parcels.take(units, lease)
        if not batch:
            break
        for parcel in batch:
            answers, sent = await _send(units, parcel), True
            if not answers or time.monotonic() >= until:
                break
    await parcels.end(units, lease)
    return sent


async def _send(units: Units, parcel: Parcel) -> bool:
    """Send one and write down what came of it; whether the receiver can be sent another."""
    body, began = parcel.payload.encode(), time.monotonic()
    server = Server(parcel.url, networks=units.own.webhook_networks, encrypted=True)
    headers = {**OWN, **parcel.headers(units.now(), body)}
    status, fault = None, None
    try:
        status, _ = await server.post(body, headers, DEADLINE_SECONDS)
    except Refusal as refusal:
        fault = refusal.text
    spent = round((time.monotonic() - began) * 1_000)
    return await parcels.note(units, parcel, Came(status, fault, spent))
