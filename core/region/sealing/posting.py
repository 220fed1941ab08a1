"""Asking a server of somebody else's: one deadline, a bound of the answer, no redirects.

A name is resolved once and asked at the address that was looked at: a private one only where the
settings allow it.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DEADLINE_SECONDS = 20.0
OVER_HTTP = "core.region.sealing.over_http"


@dataclass(frozen=True, slots=True)
class Server:
    """Where somebody is asked; `private` allows addresses that are not of the open network."""

    url: str
    private: bool = False

    async def post(
        self, content: bytes, headers: Mapping[str, str], deadline: float = DEADLINE_SECONDS
    ) -> tuple[int, bytes]:
        """Status and body; Refusal(UNAVAILABLE) without an answer, FORBIDDEN for the address."""
        client: Any = importlib.import_module(OVER_HTTP)
        given: tuple[int, bytes] = await client.post(
            self.url, content, headers, deadline, private=self.private
        )
        return given
