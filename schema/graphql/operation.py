"""An operation to run, and the refusal of a request as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal


class HttpRefusal(Exception):
    """A request that is refused as a whole: the status, the refusal, headers of the answer."""

    def __init__(
        self,
        status: int,
        text: str,
        code: RefusalCode = RefusalCode.MALFORMED,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.headers = status, dict(headers or {})
        self.refusal = Refusal(code, text)
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Operation:
    """What the client wants run. `read_only` for GET, which may not change anything.

    `digest` is the SHA-256 of the text, by which it may stand alone; `query` is then empty.
    """

    query: str
    name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    read_only: bool = False
    digest: str | None = None
