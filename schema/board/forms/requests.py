"""What is chosen in the form of a new request: the sides that the reader's rights name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.kernel.codes import ActKind
from core.requests.rules import Side
from schema.board.forms.controls import Choices
from schema.board.saved import PageContext


async def sides(_context: PageContext, shown: Mapping[str, Any]) -> Mapping[str, Choices]:
    """Who asks and who is asked; what others have asked has come by a letter."""
    asking = {one["asks"] for one in shown["rights"]}
    asked = {side for one in shown["rights"] for side in one["of"]}
    letter = ActKind.LETTER
    return {
        "asker": _named(asking),
        "addressee": _named(asked),
        "groundKind": ((letter.name, letter.label),),
    }


def by_letter(shown: Mapping[str, Any]) -> bool:
    """Whether the reader enters what sides outside the centre have asked."""
    return any(not Side[one["asks"]].own for one in shown["rights"])


def _named(names: set[str]) -> Choices:
    return tuple((one.name, one.label) for one in Side if one.name in names)
