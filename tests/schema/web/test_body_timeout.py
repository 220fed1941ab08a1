"""Whoever sends a body too slowly is told so, wherever it goes, and holds no place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from starlette.types import Message, Receive

from core.kernel.region import Region
from schema.web import requests
from schema.web.app import create_app
from schema.web.body_timeout import Arriving, BodyTimeout

JSON, FORM = b"application/json", b"application/x-www-form-urlencoded"
TEXT = "Тело запроса шлют слишком долго: отправьте его ещё раз"
PLACES = {
    "/polygon/graphql": JSON,
    "/polygon/survey": FORM,
    "/polygon/s/abc": FORM,
    "/witness/add-checkpoint": b"text/plain",
}


def silent() -> Receive:
    """A body that begins, and does not go on."""
    parts = iter([b'{"query"'])

    async def receive() -> Message:
        for part in parts:
            return {"type": "http.request", "body": part, "more_body": True}
        await asyncio.Event().wait()
        raise AssertionError

    return receive


def dripping() -> Receive:
    """A body that never ends, a byte at a time."""

    async def receive() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    return receive


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("body", [silent, dripping])
async def test_a_body_that_does_not_come_is_refused_as_such(
    polygon: Region, monkeypatch: pytest.MonkeyPatch, path: str, body: Callable[[], Receive]
) -> None:
    monkeypatch.setattr(requests, "BodyTimeout", partial(BodyTimeout, 0.05))
    settings = polygon.settings.model_copy(update={"witness_name": "witness.example/w"})
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    app = create_app(settings, [polygon], jobs=False)
    async with app.router.lifespan_context(app):
        headers = [(b"content-type", PLACES[path])]
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": path}
        scope |= {"query_string": b"", "headers": headers, "client": ("127.0.0.1", 1)}
        await asyncio.wait_for(app(scope, body(), send), 60)
    said = b"".join(message.get("body", b"") for message in sent).decode()
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
    assert TEXT in said
    assert ('"code":"TOO_SLOW"' in said) is path.endswith("graphql")


async def test_whoever_has_his_answer_is_waited_for_as_long_as_he_stays() -> None:
    gone = asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    arriving = Arriving(receive, BodyTimeout(0.01))
    arriving.over = True
    waiting = asyncio.create_task(arriving())
    await asyncio.sleep(0.05)
    gone.set()
    assert (await waiting)["type"] == "http.disconnect"
