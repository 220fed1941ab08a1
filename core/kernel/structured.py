"""A log line as one JSON object: moment, level, logger, words, request and what was said beside."""

from __future__ import annotations

import structlog
from structlog.typing import EventDict, WrappedLogger

from core.kernel.logs import REQUEST, cut


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """For a handler of the standard library's logging."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            _with_request,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _without_tokens,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _with_request(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if (request := REQUEST.get()) is not None:
        event["request"] = request
    return event


def _without_tokens(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {key: cut(value) if isinstance(value, str) else value for key, value in event.items()}
