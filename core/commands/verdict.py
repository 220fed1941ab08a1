"""Asking a person what is to become of all that would leave a restored database."""

from __future__ import annotations

import select
import sys

import typer

from core.kernel.codes import RefusalCode
from core.kernel.doors.model import Verdict
from core.kernel.errors import Refusal

WORDS = {
    "send": Verdict.SEND,
    "отправить": Verdict.SEND,
    "gone": Verdict.GONE,
    "ушло": Verdict.GONE,
}
QUESTION = "send — отправить сейчас, gone — уже ушло из прежней базы"
TIMEOUT_SECONDS = 3.0
"""How long words are waited for where no person looks on: they stand in the pipe, or never come."""


def asked() -> Verdict:
    """The verdict by the terminal, or by the words of a pipe; Refusal(INVALID) for none."""
    said = typer.prompt(QUESTION) if sys.stdin.isatty() else _piped()
    verdict = WORDS.get(str(said).strip().casefold())
    if verdict is None:
        text = "Двери остались закрыты: скажите --send (отправить) или --gone (уже ушло)"
        raise Refusal(RefusalCode.INVALID, text)
    return verdict


def _piped() -> str:
    try:
        ready, _, _ = select.select([sys.stdin], [], [], TIMEOUT_SECONDS)
    except (OSError, ValueError):  # closed, or no file at all
        return ""
    return sys.stdin.readline() if ready else ""
