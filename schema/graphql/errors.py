"""The one place where errors become answers: a refusal keeps its code, the rest is masked."""

from __future__ import annotations

import logging
import traceback
import uuid
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, cast

import strawberry
from graphql import FieldNode, GraphQLError, GraphQLSyntaxError
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.types.field import StrawberryField

from core.db.faults import ended, outage
from core.kernel import errors as core
from core.kernel.codes import RefusalCode
from core.law.act import Clause as Norm
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.misread import complaint

log = logging.getLogger("tsur.schema")

AWAY = core.Refusal(RefusalCode.UNAVAILABLE, "Система сейчас недоступна, повторите запрос позже")
RETRY = MappingProxyType({"Retry-After": "5"})
"""When to come back, in seconds: what was out of reach is tried anew at every request."""

LATE = core.Refusal(RefusalCode.TOO_MUCH, "Запрос прерван: он длился дольше допустимого")


@strawberry.type(description="Отказ: ничего не изменено")
class Refusal:
    """A refusal as a value of a mutation; resolved from `core.kernel.errors.Refusal`."""

    code: RefusalCode = field("Причина для программы")
    text: str = field("Причина для человека, с нормой")
    clause: Clause | None = field("Норма, на которой стоит отказ, если он стоит на норме")


class RefusalHandler(strawberry.ExceptionHandler[core.Refusal, Refusal]):
    """A refusal raised under a field whose type is a union with Refusal becomes its value."""

    def handle(self, exception: core.Refusal, *, field: StrawberryField, info: Info) -> Any:
        """The value of the field."""
        return Refusal(
            code=exception.code, text=exception.sentence, clause=cast(Any, exception.clause)
        )


def shown(error: GraphQLError) -> dict[str, Any]:
    """An error of the answer: message, code, where; nothing of the inside."""
    message, extensions = _message(error)
    answer: dict[str, Any] = {"message": message, "extensions": extensions}
    if error.locations:
        answer["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        answer["path"] = error.path
    return answer


def refused(refusal: core.Refusal) -> dict[str, Any]:
    """The only error of a request that is refused as a whole."""
    return {"message": refusal.sentence, "extensions": _extensions(refusal.code, refusal.clause)}


def masked(error: BaseException, where: str) -> dict[str, Any]:
    """An unexpected error: an id for the client, and for the log everything but its words.

    The words of an exception may quote a person's data; its kind and its lines of code do not.
    """
    number = uuid.uuid4().hex
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("internal error %s at %s: %s\n%s", number, where, type(error).__qualname__, frames)
    extensions = {"code": RefusalCode.INTERNAL, "id": number}
    return {"message": "Внутренняя ошибка", "extensions": extensions}


def away(errors: Iterable[BaseException]) -> str | None:
    """What is out of reach, in Russian for the log, where that is why any of these failed."""
    causes = (getattr(error, "original_error", None) or error for error in errors)
    return next((why for cause in causes if (why := outage(cause)) is not None), None)


def is_request_error(errors: Iterable[GraphQLError] | None) -> bool:
    """Whether nothing was executed: no error stands at a field."""
    return all(error.path is None for error in errors or ())


def _message(error: GraphQLError) -> tuple[str, dict[str, Any]]:
    cause = error.original_error
    if isinstance(cause, core.Refusal):
        return cause.sentence, _extensions(cause.code, cause.clause)
    if "code" in (error.extensions or {}):
        return error.message, dict(error.extensions or {})
    if isinstance(error, GraphQLSyntaxError):
        return complaint(error), _extensions(RefusalCode.MALFORMED, None)
    if error.path is None or _asked_wrongly(cause):
        return complaint(error), _extensions(RefusalCode.INVALID, None)
    if cause is not None and outage(cause) is not None:
        return AWAY.sentence, _extensions(AWAY.code, None)
    if cause is not None and ended(cause):
        return LATE.sentence, _extensions(LATE.code, None)
    answer = masked(cause or error, ".".join(str(key) for key in error.path))
    return answer["message"], answer["extensions"]


def _asked_wrongly(cause: Exception | None) -> bool:
    """Whether an argument was at fault: its error points at the value, not at the field."""
    if isinstance(cause, StrawberryInputCoercionError):
        return True
    nodes = cause.nodes if isinstance(cause, GraphQLError) else None
    return nodes is not None and not any(isinstance(node, FieldNode) for node in nodes)


def _extensions(code: RefusalCode, clause: Norm | None) -> dict[str, Any]:
    if clause is None:
        return {"code": code}
    return {"code": code, "clause": {"ref": clause.ref, "title": clause.title}}
