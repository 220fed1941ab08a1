"""What is chosen in the form of a dealing: partners and ways that acts of the region name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schema.board.forms.controls import Choices
from schema.board.saved import PageContext


async def ways(context: PageContext, shown: Mapping[str, Any]) -> Mapping[str, Choices]:
    """The partners, how the centre deals with them, and what the two have drafted together."""
    rows = shown["ways"]
    words = {one["form"]: one["label"] for one in rows}
    kinds = {one["document"] for one in rows if one["document"]}
    papers = [await context.ask("ChooseDocument", kind=kind) for kind in sorted(kinds)]
    return {
        "partner": tuple({one["partner"]: one["name"] for one in rows}.items()),
        "form": tuple(words.items()),
        "document": tuple(
            (one["id"], one["title"]) for found in papers for one in found["documents"]["nodes"]
        ),
    }
