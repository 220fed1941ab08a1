"""The one way to say no: a typed refusal in Russian, with its clause where law speaks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ParamSpec

from core.kernel.codes import RefusalCode
from core.law.act import Clause

ENDS = (".", "!", "?")
P = ParamSpec("P")


class Refusal(Exception):
    """An expected refusal: nothing was written. `clause` is None where no law speaks."""

    def __init__(self, code: RefusalCode, text: str, clause: Clause | None = None) -> None:
        self.code, self.text, self.clause = code, text, clause
        super().__init__(f"{code}: {text}")

    @property
    def sentence(self) -> str:
        """The refusal as a paper has it: «Такого органа нет. Основание: п. 3 постановления.»."""
        said = self.text if self.text.endswith(ENDS) else f"{self.text}."
        return f"{said} Основание: {self.clause.title}." if self.clause else said


def refusal_of(check: Callable[P, object], *given: P.args, **named: P.kwargs) -> Refusal | None:
    """What a check would refuse, asked before anybody acts; None where it refuses nothing."""
    try:
        check(*given, **named)
    except Refusal as refusal:
        return refusal
    return None


async def awaited_refusal(check: Awaitable[object]) -> Refusal | None:
    """`refusal_of` a check that asks the database."""
    try:
        await check
    except Refusal as refusal:
        return refusal
    return None
