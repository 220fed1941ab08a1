"""GraphQL over HTTP, and everything malformed that a client can send."""

from __future__ import annotations

from collections.abc import AsyncIterator, MutableMapping
from typing import Any
from urllib.parse import quote

import httpx
import orjson
import pytest
from starlette.applications import Starlette

from schema.web.negotiation import GRAPHQL_JSON, JSON, response_type
from tests.schema.conftest import Api

PASSPORT = "{ passport { name } }"
COST = {"cost": {"requested": 2, "limit": 100_000}}
ANSWER = {"data": {"passport": {"name": "Полигон"}}, "extensions": COST}


async def sent(api: Api, body: bytes, **headers: str) -> httpx.Response:
    return await api.http.post(
        api.path, content=body, headers={"Content-Type": "application/json", **headers}
    )


def only_error(response: httpx.Response) -> dict[str, Any]:
    body = response.json()
    assert set(body) == {"errors"}
    (error,) = body["errors"]
    assert isinstance(error, dict)
    return error


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, {JSON};q=0.9", GRAPHQL_JSON),
        (f"{JSON}, {GRAPHQL_JSON};q=0.9", JSON),
        (f"{GRAPHQL_JSON};charset=utf-8, */*;q=0.1", GRAPHQL_JSON),
        (f"{JSON};q=0, */*", GRAPHQL_JSON),
        ("text/plain", None),
        (f"{JSON};q=0", None),
        (f"{JSON};q=word", None),
    ],
)
def test_media_type_of_the_answer(accept: str | None, expected: str | None) -> None:
    assert response_type(accept) == expected


@pytest.mark.parametrize("media", [JSON, GRAPHQL_JSON])
async def test_post(api: Api, media: str) -> None:
    response = await api.post(PASSPORT, accept=media)
    assert (response.status_code, response.json()) == (200, ANSWER)
    assert response.headers["content-type"] == f"{media}; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("media", [JSON, GRAPHQL_JSON])
async def test_get(api: Api, media: str) -> None:
    query = "query Q($ref: String!) { clause(ref: $ref) { ref } }"
    parameters = {"query": query, "variables": '{"ref": "ru.1844/1"}', "operationName": "Q"}
    response = await api.http.get(api.path, params=parameters, headers={"Accept": media})
    assert response.status_code == 200
    assert response.json() == {
        "data": {"clause": {"ref": "ru.1844/1"}},
        "extensions": COST,
    }


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "MALFORMED"),
        ("{ nothing }", "INVALID"),
        ("query A { me { subject } } query B { me { subject } }", "INVALID"),
        ("query($n: Int!) { bodies(first: $n) { totalCount } }", "INVALID"),
        ("fragment F on Query { me { subject } }", "INVALID"),
        ("subscription { me { subject } }", "INVALID"),
    ],
)
async def test_request_errors_have_a_code_and_no_data(api: Api, query: str, code: str) -> None:
    strict, plain = await api.post(query), await api.post(query, accept=JSON)
    assert (strict.status_code, plain.status_code) == (400, 200)
    for response in (strict, plain):
        assert only_error(response)["extensions"] == {"code": code}


async def test_nothing_is_suggested(api: Api) -> None:
    error = only_error(await api.post("{ pasport { name } }"))
    assert error["message"] == "У «Query» нет поля «pasport»."
    assert error["locations"] == [{"line": 1, "column": 3}]
    wrong = await api.error("{ bodies(kind: EXECUTIV) { totalCount } }", "curator")
    assert "Did you mean" not in wrong["message"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", "не читается как JSON"),
        (b"{", "не читается как JSON"),
        (b"null", "должно быть объектом"),
        (b"5", "должно быть объектом"),
        (b'"{ me }"', "должно быть объектом"),
        (b"[]", "Пакеты операций отключены"),
        (b"[null]", "Пакеты операций отключены"),
        (b'[{"query": "{ me { subject } }"}]', "Пакеты операций отключены"),
        (b"[" * 100_000, "не читается как JSON"),
        (b'{"a":' * 100_000, "не читается как JSON"),
        (b'{"query": "{me}", "variables": {"n": ' + b"9" * 5_000 + b"}}", "не читается как JSON"),
        (b'{"query": "\xff"}', "не читается как JSON"),
        (b'{"query": "{me}", "operationName": "\\ud800"}', "не читается как JSON"),
        (b'{"query": "{me}", "variables": {"a": "\\udc00"}}', "не читается как JSON"),
        (b"{}", "В поле query"),
        (b'{"query": null}', "В поле query"),
        (b'{"query": 5}', "В поле query"),
        (b'{"query": " "}', "В поле query"),
        (b'{"query": "{me}", "variables": []}', "variables должно быть объектом"),
        (b'{"query": "{me}", "variables": "{}"}', "variables должно быть объектом"),
        (b'{"query": "{me}", "operationName": 5}', "operationName должно быть строкой"),
        (b'{"query": "{me}", "extensions": []}', "extensions должно быть объектом"),
    ],
)
@pytest.mark.parametrize("accept", [JSON, GRAPHQL_JSON])
async def test_malformed_bodies(api: Api, body: bytes, text: str, accept: str) -> None:
    response = await sent(api, body, Accept=accept)
    assert response.status_code == 400
    error = only_error(response)
    assert error["extensions"] == {"code": "MALFORMED"}
    assert text in error["message"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"query": "{ me { subject } } # \\u0000"}',
        b'{"query": "{me}", "operationName": "\\u0000"}',
        b'{"query": "{me}", "variables": {"a": [{"b": "x\\u0000"}]}}',
        b'{"query": "{me}", "variables": {"\\u0000": 1}}',
        b'{"query": "{ clause(ref: \\"\\\\u0000\\") { ref } }"}',
        b'{"query": "{ clause(ref: \\"\\\\u{0}\\") { ref } }"}',
    ],
)
async def test_nul_is_refused_wherever_it_hides(api: Api, body: bytes) -> None:
    response = await sent(api, body, Accept=GRAPHQL_JSON)
    assert response.status_code == 400
    assert only_error(response)["extensions"] == {"code": "TEXT_UNREADABLE"}


@pytest.mark.parametrize(
    ("media", "encoding"),
    [
        ("", ""),
        ("text/plain", ""),
        ("application/x-www-form-urlencoded", ""),
        ("multipart/form-data; boundary=x", ""),
        ("application/graphql", ""),
        ("application/json; charset=windows-1251", ""),
        ("application/json", "gzip"),
        ("application/json", "br"),
    ],
)
async def test_only_plain_json_is_taken(api: Api, media: str, encoding: str) -> None:
    headers = {"Content-Type": media, "Content-Encoding": encoding or "identity"}
    response = await api.http.post(api.path, content=b'{"query": "{me}"}', headers=headers)
    assert response.status_code == 415
    assert only_error(response)["extensions"] == {"code": "MALFORMED"}


async def test_utf8_may_be_said_aloud(api: Api) -> None:
    body = b'{"query": "{ passport { name } }"}'
    for media in ('application/json; charset="UTF-8"', "Application/JSON;charset=utf-8"):
        response = await api.http.post(api.path, content=body, headers={"Content-Type": media})
        assert response.json() == ANSWER


async def test_a_long_body_is_not_read_to_its_end(api: Api) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 65_536
            yield b" " * 65_536

    response = await api.http.post(
        api.path, content=endless(), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 413
    assert only_error(response)["extensions"] == {"code": "TOO_MUCH"}
    assert read < api.region.settings.max_body_bytes + 3 * 65_536


async def test_other_methods(api: Api) -> None:
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        response = await api.http.request(method, api.path)
        assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


async def test_get_changes_nothing(api: Api) -> None:
    query = 'mutation { answerSurvey(input: {token: "x", mark: 1}) { __typename } }'
    response = await api.http.get(api.path, params={"query": query})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert only_error(response)["message"] == "По GET только читают: изменения присылайте по POST."


@pytest.mark.parametrize(
    "address",
    [
        "query=%FF",
        "query={me}&query={me}",
        "query={me}&variables=[]",
        "query={me}&variables={",
        "query={me}&variables=%22%5Cud800%22",
        "query=",
        "variables={}",
        "",
        "&".join(["a=1"] * 21),
    ],
)
async def test_malformed_addresses(api: Api, address: str) -> None:
    response = await api.http.get(f"{api.path}?{address}")
    assert response.status_code == 400
    assert only_error(response)["extensions"] == {"code": "MALFORMED"}


async def test_get_with_nul(api: Api) -> None:
    response = await api.http.get(f"{api.path}?query={quote('{me}')}%00")
    assert response.status_code == 400
    assert only_error(response)["extensions"] == {"code": "TEXT_UNREADABLE"}


async def test_what_nobody_accepts(api: Api) -> None:
    response = await api.post(PASSPORT, accept="text/csv")
    assert response.status_code == 406
    assert only_error(response)["extensions"] == {"code": "MALFORMED"}


async def test_unknown_region(http: httpx.AsyncClient) -> None:
    response = await http.post("/atlantis/graphql", json={"query": PASSPORT})
    assert response.status_code == 404
    assert only_error(response)["extensions"] == {"code": "UNKNOWN_REGION"}


async def test_no_page_of_another_origin_reads_answers(api: Api) -> None:
    response = await api.http.get(
        api.path, params={"query": PASSPORT}, headers={"Origin": "https://elsewhere.example"}
    )
    assert "access-control-allow-origin" not in response.headers


async def test_a_body_that_breaks_off(app: Starlette, api: Api) -> None:
    sent: list[MutableMapping[str, Any]] = []
    first = {"type": "http.request", "body": b'{"query"', "more_body": True}
    parts: list[MutableMapping[str, Any]] = [first, {"type": "http.disconnect"}]

    async def receive() -> MutableMapping[str, Any]:
        return parts.pop(0)

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": api.path, "query_string": b""}
    await app({**scope, "headers": headers}, receive, send)
    assert (sent[0]["status"], len(sent)) == (400, 2)
    (error,) = orjson.loads(sent[1]["body"])["errors"]
    assert error == {"message": "Тело запроса оборвалось.", "extensions": {"code": "MALFORMED"}}


async def test_behind_a_prefix(app: Starlette, api: Api) -> None:
    transport = httpx.ASGITransport(app, root_path="/tsur")
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/tsur") as client:
        response = await client.post(api.path, json={"query": PASSPORT})
    assert response.json() == ANSWER


async def test_a_slash_too_many_is_sent_back(api: Api) -> None:
    response = await api.http.post(f"{api.path}/", json={"query": PASSPORT})
    assert (response.status_code, response.headers["location"]) == (307, api.path)
