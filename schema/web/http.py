"""What arrives over HTTP becomes an operation to run, or a typed refusal with its status.

Everything malformed stops here: nothing that a client can send reaches the executor unread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive

from core.kernel.codes import RefusalCode
from schema.graphql.operation import HttpRefusal, Operation
from schema.web.negotiation import JSON, KEPT_HEADERS
from schema.web.wire import Incoming

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
PARAMETERS = ("query", "variables", "operationName", "extensions")


async def read_operation(request: Incoming, max_body_bytes: int) -> Operation:
    """The operation in a GET or POST request; HttpRefusal for whatever is wrong with it."""
    if request.method == "GET":
        return _operation(_address_parameters(request.address), read_only=True)
    if request.method != "POST":
        raise HttpRefusal(405, "Здесь отвечают на GET и POST", headers={"Allow": "GET, POST"})
    _require_json(request)
    body = await _body(request.receive, max_body_bytes)
    content = _parsed(body)
    if isinstance(content, list):
        raise HttpRefusal(400, "Пакеты операций отключены: шлите операции по одной")
    if not isinstance(content, dict):
        raise HttpRefusal(400, "Тело запроса должно быть объектом JSON")
    # JSON can only hold NUL escaped, and hardly ever does: then nothing has to be searched.
    return _operation(content, read_only=False, plain=b"\\u0000" not in body)


def bearer_token(request: Incoming) -> str | None:
    """The token of the Authorization header, None without one; any other form is refused."""
    given = request.header(b"authorization")
    if given is None:
        return None
    scheme, _, token = given.strip().partition(" ")
    token = token.strip()
    if request.repeats(b"authorization") or scheme.lower() != "bearer" or not token:
        raise unauthenticated("Укажите заголовок Authorization: Bearer <токен>")
    return token


def unauthenticated(text: str) -> HttpRefusal:
    """A 401 that says by which scheme to come back."""
    return HttpRefusal(401, text, RefusalCode.UNAUTHENTICATED, {"WWW-Authenticate": "Bearer"})


def _require_json(request: Incoming) -> None:
    """A browser form cannot send this type, so no foreign page can post for its visitor."""
    if not _is_json(request.header(b"content-type") or ""):
        raise HttpRefusal(415, "Тело запроса принимается только как application/json в UTF-8")
    encoding = request.header(b"content-encoding")
    if encoding is not None and encoding.strip().lower() != "identity":
        raise HttpRefusal(415, "Сжатые тела запросов не принимаются")


@lru_cache(KEPT_HEADERS)
def _is_json(content_type: str) -> bool:
    media, _, parameters = content_type.partition(";")
    charset = parameters.strip().lower().replace('"', "")
    return media.strip().lower() == JSON and charset in ("", "charset=utf-8", "charset=utf8")


async def _body(receive: Receive, limit: int) -> bytearray:
    """The body, read no further than the limit whatever its headers promise."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HttpRefusal(400, "Тело запроса оборвалось")
        body += message.get("body", b"")
        if len(body) > limit:
            text = f"Тело запроса больше {limit} байт"
            raise HttpRefusal(413, text, RefusalCode.TOO_MUCH, {"Connection": "close"})
        if not message.get("more_body", False):
            return body


def _parsed(body: bytearray | str) -> object:
    try:
        content: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HttpRefusal(400, "Тело запроса не читается как JSON в UTF-8") from error
    return content


def _address_parameters(address: bytes) -> dict[str, object]:
    raw = address.decode("ascii", errors="replace")
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError as error:
        raise HttpRefusal(400, "Параметры адреса не читаются как UTF-8") from error
    parameters: dict[str, object] = {k: v for k, v in pairs if k in PARAMETERS}
    if len(parameters) < sum(name in PARAMETERS for name, _ in pairs):
        raise HttpRefusal(400, "Параметр адреса указан дважды")
    for name in ("variables", "extensions"):
        if isinstance(text := parameters.get(name), str):
            parameters[name] = _parsed(text) if text else None
    parameters["operationName"] = parameters.get("operationName") or None
    return parameters


def _operation(content: Mapping[str, object], *, read_only: bool, plain: bool = False) -> Operation:
    query, name = content.get("query"), content.get("operationName")
    variables, extensions = content.get("variables"), content.get("extensions")
    digest = _digest(extensions)
    if query is None and digest is not None:
        query = ""
    elif not isinstance(query, str) or not query.strip():
        raise HttpRefusal(400, "В поле query нужен текст операции GraphQL")
    if name is not None and not isinstance(name, str):
        raise HttpRefusal(400, "Поле operationName должно быть строкой")
    if variables is not None and not isinstance(variables, dict):
        raise HttpRefusal(400, "Поле variables должно быть объектом")
    if extensions is not None and not isinstance(extensions, dict):
        raise HttpRefusal(400, "Поле extensions должно быть объектом")
    if not plain:
        _refuse_unreadable(query, name, variables)
    return Operation(query, name, variables or {}, read_only, digest)


def _digest(extensions: object) -> str | None:
    """The hash of `extensions.persistedQuery`, version 1; None for any other extensions."""
    asked = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    if asked is None:
        return None
    found = asked.get("sha256Hash") if isinstance(asked, dict) else None
    if not isinstance(found, str) or not DIGEST.fullmatch(found) or asked.get("version") != 1:
        raise HttpRefusal(400, "В persistedQuery нужны version 1 и sha256Hash")
    return found


def _refuse_unreadable(*values: object) -> None:
    """No string may hold NUL, which PostgreSQL cannot store. The walk is bounded by the body."""
    remaining: list[object] = list(values)
    while remaining:
        value = remaining.pop()
        if isinstance(value, str) and "\0" in value:
            text = "В тексте есть нулевой символ, его нельзя сохранить"
            raise HttpRefusal(400, text, RefusalCode.TEXT_UNREADABLE)
        if isinstance(value, dict):
            remaining.extend(value.keys())
            remaining.extend(value.values())
        elif isinstance(value, list):
            remaining.extend(value)
