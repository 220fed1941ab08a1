"""Logs for people and for machines: one JSON object a line, without tokens of links or of logins.

What is logged never holds personal data; should a token stand in an address or in the words of an
error, it is cut here, as the line is written.
"""

from __future__ import annotations

import importlib
import logging
import re
from contextvars import ContextVar
from typing import Any

SECRET = re.compile(
    r"(/s/|/c/|/survey#)[\w.%-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+|\b[\w-]{43}\b", re.ASCII
)
"""Tokens of links in their addresses, signed texts, and whatever is as long as a token is."""

PLAIN = "%(asctime)s %(levelname)s %(name)s: %(message)s"
STRUCTURED = "core.kernel.structured"
"""Read where lines are for machines: it brings structlog."""

CHATTY = ("pika",)
"""Clients that write tracebacks at every attempt while their server is away; who asks them tells
of it in one line."""

LOST = "sqlalchemy.pool"
"""Tells of a connection that was cut while it was being closed, with where that was noticed."""

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
"""The id of the request that is being answered."""


def cut(text: str) -> str:
    """The text with dots in place of every token."""
    return SECRET.sub(lambda found: f"{found.group(1) or ''}…", text)


class Plain(logging.Formatter):
    """Lines for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without tokens."""
        return cut(super().format(record))


def in_one_line(record: logging.LogRecord) -> bool:
    """Every record is written, of a lost connection its line alone."""
    if record.name.startswith(LOST):
        record.exc_info = record.exc_text = None
    return True


def write_logs(*, structured: bool) -> None:
    """Send what is logged to stderr: warnings for people, or for machines each request and job."""
    formatter: Any = Plain(PLAIN)
    if structured:
        formatter = importlib.import_module(STRUCTURED).formatter()
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    handler.addFilter(in_one_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    logging.getLogger("tsur").setLevel(logging.INFO if structured else logging.WARNING)
