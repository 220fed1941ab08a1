"""Operations by their hash: registered, learned, wrong, and nothing else where only those run."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from core.kernel.settings import Settings
from schema.build import build_schema
from schema.graphql.documents.requested import Requested
from schema.graphql.documents.trusted import (
    LEARNED_CHARACTERS,
    OWN,
    TrustedDocuments,
    digest_of,
    trusted_documents,
)
from schema.graphql.operation import Operation
from tests.schema.conftest import Api

TEXT = "{ passport { name } }"
COST = {"cost": {"requested": 2, "limit": 100_000}}
ANSWER = {"data": {"passport": {"name": "Полигон"}}, "extensions": COST}


async def sent(api: Api, digest: object, query: str | None = None, version: int = 1) -> Any:
    extensions = {"persistedQuery": {"version": version, "sha256Hash": digest}}
    body = {"extensions": extensions} | ({"query": query} if query else {})
    response = await api.http.post(api.path, json=body)
    return response.json()


async def test_what_takes_long_is_reckoned_once_and_aside(api: Api) -> None:
    threads: list[int] = []
    first = {"name": lambda: threads.append(threading.get_ident())}
    requested = Requested(build_schema(api.region)._schema, api.region.settings, first)
    for text in ("{ passport { centre } }", TEXT, TEXT):
        await requested.ready(Operation(text))
    assert len(threads) == 1
    assert threads[0] != threading.get_ident()


async def test_a_document_is_learned_once(api: Api) -> None:
    digest = digest_of(TEXT)
    (error,) = (await sent(api, digest))["errors"]
    assert error["message"] == "PersistedQueryNotFound"
    assert error["extensions"] == {"code": "PERSISTED_QUERY_NOT_FOUND"}
    assert await sent(api, digest, TEXT) == ANSWER
    assert await sent(api, digest) == ANSWER


async def test_a_hash_of_another_text_is_refused_and_not_learned(api: Api) -> None:
    digest = digest_of("{ me { subject } }")
    (error,) = (await sent(api, digest, TEXT))["errors"]
    assert error["extensions"] == {"code": "INVALID"}
    (error,) = (await sent(api, digest))["errors"]
    assert error["message"] == "PersistedQueryNotFound"


@pytest.mark.parametrize("digest", [None, 5, "", "a" * 63, "A" * 64, "ж" * 64])
async def test_malformed_hashes(api: Api, digest: object) -> None:
    (error,) = (await sent(api, digest))["errors"]
    assert error["extensions"] == {"code": "MALFORMED"}


async def test_another_version_is_refused(api: Api) -> None:
    (error,) = (await sent(api, digest_of(TEXT), TEXT, version=2))["errors"]
    assert error["extensions"] == {"code": "MALFORMED"}


def test_only_registered_operations_run(tmp_path: Path) -> None:
    (tmp_path / "own.graphql").write_text(TEXT, "utf-8")
    settings = Settings(trusted_documents="only", operations_dir=tmp_path)
    trusted = trusted_documents(settings)
    assert trusted.text(Operation("", digest=digest_of(TEXT))) == TEXT
    assert trusted.text(Operation(TEXT)) == TEXT
    for path in OWN.glob("*.graphql"):
        text = path.read_text("utf-8")
        assert trusted.text(Operation("", digest=digest_of(text))) == text
    other = "{ me { subject } }"
    for asked in (
        Operation(other),
        Operation(other, digest=digest_of(other)),
        Operation("", digest=digest_of(other)),
    ):
        with pytest.raises(Exception, match="только известные операции") as refused:
            trusted.text(asked)
        assert refused.value.extensions == {"code": "FORBIDDEN"}  # type: ignore[attr-defined]


def test_what_is_learned_is_bounded() -> None:
    trusted = TrustedDocuments({}, only=False)
    texts = [f"{number} " * 100_000 for number in range(20)]
    for text in texts:
        trusted.text(Operation(text, digest=digest_of(text)))
    assert sum(map(len, trusted._learned.values())) <= LEARNED_CHARACTERS
    assert trusted.text(Operation("", digest=digest_of(texts[-1]))) == texts[-1]
    with pytest.raises(Exception, match="PersistedQueryNotFound"):
        trusted.text(Operation("", digest=digest_of(texts[0])))
