"""What every answer has, and what the log says of a request: nothing of who asked for what."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import orjson
import pytest
from pydantic import SecretStr

from core.kernel.logs import REQUEST, Plain, cut
from core.kernel.region import Region
from core.kernel.structured import formatter
from schema.web.app import create_app
from schema.web.requests import ENCRYPTED, SAFE
from tests.schema.web.test_app import BROWSER, serving

TOKEN = "A-_9" * 10 + "abc"
ADDRESSES = (
    "/", "/livez", "/healthz", "/static/citizen.css", "/polygon/graphql", "/nowhere/graphql",
    f"/polygon/s/{TOKEN}", "/polygon/survey", "/nothing/here",
)  # fmt: skip
PRODUCTION: dict[str, Any] = {
    "production": True, "oidc_issuer": "http://127.0.0.1:1", "public_url": "https://tsur.example.ru"
}  # fmt: skip


def beside(record: logging.LogRecord) -> Mapping[str, object]:
    names = ("method", "place", "region", "status")
    return {name: getattr(record, name) for name in names}


async def test_every_answer_is_safe_and_every_line_says_little(
    polygon: Region, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tsur.requests")
    given = {"X-Request-Id": "proxy-00000001", **BROWSER}
    async with serving(polygon, graphiql=True, **PRODUCTION) as http:
        for address in ADDRESSES:
            answer = await http.get(address, headers=given)
            assert answer.headers["x-request-id"] == "proxy-00000001", address
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
            for name, _ in SAFE:
                assert name.decode() in answer.headers, (address, name)
                assert len(answer.headers.get_list(name.decode())) == 1
        wrong = await http.get("/livez", headers={"X-Request-Id": "x y"})
        assert len(wrong.headers["x-request-id"]) == 32
    lines = [beside(record) for record in caplog.records if record.name == "tsur.requests"]
    said = [(line["place"], line["region"], line["status"]) for line in lines]
    assert said == [
        ("index", None, 200), ("livez", None, 200), ("healthz", None, 200), ("static", None, 200),
        ("graphql", "polygon", 200), ("graphql", "nowhere", 404), ("citizen", "polygon", 404),
        ("citizen", "polygon", 200), ("other", None, 404), ("livez", None, 200),
    ]  # fmt: skip
    assert TOKEN not in repr([vars(r) for r in caplog.records if r.name == "tsur.requests"])


async def test_neither_a_socket_nor_one_too_many_is_answered_less_safely(
    polygon: Region,
) -> None:
    settings = polygon.settings.model_copy(update=PRODUCTION)
    app = create_app(settings, [replace(polygon, settings=settings)], jobs=False)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async with app.router.lifespan_context(app):
        asked = {"type": "websocket", "path": "/nothing", "headers": [], "root_path": ""}
        await app({**asked, "app": app}, never, send)
    assert [one["type"] for one in sent] == [
        f"websocket.http.response.{n}" for n in ("start", "body")
    ]
    assert (sent[0]["status"], {*SAFE, ENCRYPTED} <= {*sent[0]["headers"]}) == (404, True)
    transport = httpx.ASGITransport(app.crowded)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        told = await http.get("/livez")
    assert (told.status_code, told.headers["retry-after"]) == (503, "5")
    assert told.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
    assert {name.decode() for name, _ in (*SAFE, ENCRYPTED)} <= {*told.headers}


async def never() -> Any:
    raise AssertionError


async def test_life_is_told_without_a_database(polygon: Region) -> None:
    async with serving(polygon) as http:
        await polygon.database.close()
        answer = await http.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


async def test_metrics_are_for_who_has_their_token(polygon: Region) -> None:
    async with serving(polygon, **PRODUCTION) as http:
        assert (await http.get("/metrics")).status_code == 404
    async with serving(polygon, metrics_token=SecretStr("m" * 20), **PRODUCTION) as http:
        assert (await http.get("/metrics")).status_code == 401
        for said, status in (("m" * 20, 200), ("n" * 20, 401), ("ю", 401)):
            headers = {b"Authorization": f"Bearer {said}".encode()}
            assert (await http.get("/metrics", headers=headers)).status_code == status


def test_a_line_is_one_object_and_has_no_token() -> None:
    record = logging.LogRecord("tsur.x", logging.INFO, "f.py", 1, "GET /kursk/s/%s", (TOKEN,), None)
    record.ms = 1.5
    try:
        raise ValueError(f"https://tsur.example.ru/kursk/s/{TOKEN}?said=mark")
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    known = REQUEST.set("r-1")
    try:
        line = formatter().format(record)
    finally:
        REQUEST.reset(known)
    told = orjson.loads(line)
    assert (told["event"], told["request"], told["level"], told["logger"], told["ms"]) == (
        "GET /kursk/s/…", "r-1", "info", "tsur.x", 1.5
    )  # fmt: skip
    assert "ValueError" in told["exception"]
    assert "\n" not in line
    assert TOKEN not in line
    assert TOKEN not in Plain("%(message)s").format(record)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("https://a.ru/kursk/s/short", "https://a.ru/kursk/s/…"),
        ("/kursk/survey#eyJh.eyJz.c2ln", "/kursk/survey#…"),
        ("Bearer eyJhbGciOiJFZDI1NTE5In0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl", "Bearer …"),
        (f"token {TOKEN}.", "token …."),
        ("core.appeals.satisfaction.service в строке 12", None),
    ],
)
def test_tokens_are_cut(text: str, left: str | None) -> None:
    assert cut(text) == (text if left is None else left)
