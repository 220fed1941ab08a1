"""How long the body of a request may be on its way: whoever sends nothing holds nobody's place.

What a request asks for has its own limit, which begins when all of it is here.
"""

from __future__ import annotations

from functools import cached_property
from time import monotonic

from starlette.types import Message, Receive

from core.kernel.codes import RefusalCode
from schema.graphql.operation import HttpRefusal
from schema.web.timeout import TimeLimit

SILENCE_SECONDS = 20.0
LEAST_RATE = 4_000
"""Bytes a second, of the whole body, once it has taken so long."""


class BodyTimeout:
    """How long is waited for bodies; belongs to the loop in which the first is waited for."""

    def __init__(self, silence: float = SILENCE_SECONDS) -> None:
        self.silence = silence

    @cached_property
    def limit(self) -> TimeLimit:
        """Between two parts of a body."""
        return TimeLimit(self.silence)


class Arriving:
    """`receive` of one request: HttpRefusal(408) while its body does not come.

    `over` once it is here, or is answered without it: then nothing is late any more.
    """

    __slots__ = ("_began", "_receive", "_size", "_timeout", "over")

    def __init__(self, receive: Receive, timeout: BodyTimeout) -> None:
        self._receive, self._timeout = receive, timeout
        self._began, self._size, self.over = monotonic(), 0, False

    async def __call__(self) -> Message:
        """See ASGI."""
        if self.over:
            return await self._receive()
        try:
            message = await self._timeout.limit.wait(self._receive())
        except TimeoutError:
            raise _late() from None
        self.over = not message.get("more_body", False)
        self._size += len(message.get("body", b""))
        allowed = self._timeout.silence + self._size / LEAST_RATE
        if not self.over and monotonic() - self._began > allowed:
            raise _late()
        return message


def _late() -> HttpRefusal:
    text = "Тело запроса шлют слишком долго: отправьте его ещё раз"
    return HttpRefusal(408, text, RefusalCode.TOO_SLOW, {"Connection": "close"})
