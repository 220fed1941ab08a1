"""One place maps errors: refusals keep their code and clause, everything else is masked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from core.db.database import Database
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from core.region.tokens import demo_token
from schema.web import endpoint
from schema.web.app import create_app
from tests.fixtures.clock import FrozenClock
from tests.schema.conftest import Api

SECRET = "Пробная Анна Ивановна, anna@example.org"


def breaking(error: Exception) -> Any:
    def broken(self: object) -> Any:
        raise error

    return property(broken)


async def test_an_unexpected_error_is_masked_and_logged_without_its_words(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Region, "passport", breaking(ValueError(SECRET)))
    with caplog.at_level(logging.ERROR):
        response = await api.post("{ passport { name } }")
    assert response.status_code == 200
    body = response.json()
    assert body["data"] is None
    (error,) = body["errors"]
    number = error["extensions"].pop("id")
    assert error == {
        "message": "Внутренняя ошибка",
        "extensions": {"code": "INTERNAL"},
        "locations": [{"line": 1, "column": 3}],
        "path": ["passport"],
    }
    (record,) = caplog.records
    assert number in record.getMessage()
    assert "ValueError" in record.getMessage()
    assert SECRET not in caplog.text


async def test_a_broken_door_is_masked_too(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise ValueError(SECRET)

    monkeypatch.setattr(endpoint, "read_operation", fail)
    response = await api.post("{ passport { name } }")
    assert response.status_code == 500
    (error,) = response.json()["errors"]
    assert error["message"] == "Внутренняя ошибка"
    assert error["extensions"]["code"] == "INTERNAL"
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": SECRET}, "Переменная «i»: у «TakeInInput» не заполнено поле «externalId»."),
        ({"text": "Яма", SECRET[:4]: SECRET}, "Переменная «i»: поля «Проб» у «TakeInInput» нет."),
        ({"text": [SECRET]}, "Переменная «i.text»: здесь нужна строка."),
        ({"anonymous": SECRET}, "Переменная «i.anonymous»: здесь нужно true или false."),
        ({"applicantKind": SECRET}, "Переменная «i.applicantKind»: такого значения у"
         " «ApplicantKind» нет."),
        ({"latitude": SECRET}, "Переменная «i.latitude»: здесь нужно число."),
    ],
)  # fmt: skip
async def test_what_was_given_wrongly_is_not_quoted(
    api: Api, given: dict[str, object], said: str
) -> None:
    query = "mutation($i: TakeInInput!) { takeIn(input: $i) { __typename } }"
    response = await api.post(query, {"i": {"channel": "letter", **given}}, role="operator")
    assert said in [one["message"] for one in response.json()["errors"]]
    assert SECRET not in response.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("state: NOPE", "Такого значения у «State» нет."),
        ('state: "NOPE"', "Здесь нужно одно из значений «State», без кавычек."),
        ("state: [null]", "Здесь нужно значение «State!», пустого не бывает."),
        ("overdue: maybe", "Здесь нужно true или false."),
        ("theme: 5", "Здесь нужна строка."),
        ("nope: 1", "Поля «nope» у «AppealFilter» нет."),
    ],
)
async def test_a_value_in_a_query_is_refused_in_russian(api: Api, given: str, said: str) -> None:
    error = await api.error(f"{{ appeals(filter: {{ {given} }}) {{ totalCount }} }}")
    assert error["message"] == said
    assert error["extensions"]["code"] == "INVALID"


async def test_a_refusal_keeps_its_clause(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    clause = api.region.rules.clause("ru.1844/2")
    assert clause is not None
    refusal = Refusal(RefusalCode.WRONG_STATE, "Сейчас нельзя", clause)
    monkeypatch.setattr(Region, "passport", breaking(refusal))
    error = await api.error("{ passport { name } }")
    assert error["message"] == f"Сейчас нельзя. Основание: {clause.title}."
    assert error["extensions"] == {
        "code": "WRONG_STATE",
        "clause": {"ref": "ru.1844/2", "title": clause.title},
    }


async def test_a_slow_request_is_interrupted(
    polygon: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = replace(polygon, settings=polygon.settings.model_copy(update={"max_seconds": 0.05}))
    cancelled = asyncio.Event()

    async def slow(*_: object) -> None:
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()

    monkeypatch.setattr(endpoint.Endpoint, "actor", slow)
    app = create_app(hasty.settings, [hasty], jobs=False)
    async with app.router.lifespan_context(app), client_of(app) as http:
        response = await http.post("/polygon/graphql", json={"query": "{ passport { name } }"})
    assert response.status_code == 503
    assert response.json() == {
        "errors": [
            {
                "message": "Запрос прерван: он длился дольше 0.05 секунд.",
                "extensions": {"code": "TOO_MUCH"},
            }
        ]
    }
    assert cancelled.is_set()


async def test_a_slow_resolver_is_interrupted(
    polygon: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = replace(polygon, settings=polygon.settings.model_copy(update={"max_seconds": 0.05}))
    released = asyncio.Event()

    @asynccontextmanager
    async def slow(_: Database) -> AsyncIterator[None]:
        try:
            await asyncio.sleep(60)
            yield
        finally:
            released.set()

    app = create_app(hasty.settings, [hasty], jobs=False)
    async with app.router.lifespan_context(app), client_of(app) as http:
        query = '{ survey(token: "x") { mark } }'
        with monkeypatch.context() as patched:
            patched.setattr(Database, "reading", slow)
            response = await http.post("/polygon/graphql", json={"query": query})
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"] == {"code": "TOO_MUCH"}
    assert released.is_set()


def client_of(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Basic YTpi", "Token x", "мимо", "Bearer a b", "Bearer a.b.c", ""],
)
async def test_a_malformed_authorization_is_401(api: Api, header: str) -> None:
    response = await api.http.post(
        api.path,
        json={"query": "{ me { subject } }"},
        headers=[(b"authorization", header.encode())],
    )
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_two_authorizations_are_401(api: Api) -> None:
    token = demo_token(api.region, "curator").encode()
    pair = (b"authorization", b"Bearer " + token)
    response = await api.http.post(
        api.path, json={"query": "{ me { subject } }"}, headers=[pair, pair]
    )
    assert response.status_code == 401


async def test_tokens_of_nobody_and_of_others(api: Api, kursk: Region, clock: FrozenClock) -> None:
    nobody = demo_token(api.region, "visitor")
    other = demo_token(kursk, "curator")
    old = demo_token(api.region, "curator")
    clock.moment += timedelta(hours=13)
    for token in (nobody, other, old):
        response = await api.http.post(
            api.path,
            json={"query": "{ me { subject } }"},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert response.status_code == 401
        (error,) = response.json()["errors"]
        assert error["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_the_scheme_may_be_in_any_case(api: Api) -> None:
    response = await api.http.post(
        api.path,
        json={"query": "{ me { subject } }"},
        headers={"Authorization": f"bEARER {demo_token(api.region, 'curator')}"},
    )
    assert response.json()["data"] == {"me": {"subject": "demo-curator"}}
