"""The colour of a region on its board: of links, buttons and bars, as one small sheet of styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from core.law.russian import hint
from schema.web.pages import STATIC

SHEET = "accent.css"
SCHEMES = ("light", "dark")
COLOUR = re.compile(r"#[0-9a-f]{6}")
ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: the contrast of text with what it stands on."""

RULES = """@media screen {{ :root {{ --accent: {light}; }} }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}
"""
"""A print stays as it is."""


def sheet(accent: Mapping[str, str]) -> str:
    """The styles of a region's colours, one for each scheme of the board."""
    return RULES.format(**accent)


def faults(accent: Mapping[str, Any]) -> Iterator[str]:
    """Why these colours cannot be used, in Russian."""
    for scheme in accent.keys() - {*SCHEMES}:
        yield f"accent: ключа «{scheme}» нет{hint(scheme, SCHEMES)}"
    for scheme, grounds in zip(SCHEMES, _grounds(), strict=True):
        colour = accent.get(scheme)
        if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
            yield f"accent: «{scheme}»: нужен цвет вида #0b57b7"
        elif (told := min(_contrast(colour, ground) for ground in grounds)) < ENOUGH:
            said = f"{told:.1f}".replace(".", ",")
            yield f"accent: «{scheme}»: контраст с фоном {said}, нужно не меньше 4,5"


@cache
def _grounds() -> tuple[tuple[str, ...], ...]:
    """What a colour stands on in the light and in the dark, as the board's own sheet has it."""
    text = (STATIC / "board.css").read_text("utf-8")
    named = (re.findall(rf"--{name}: ({COLOUR.pattern});", text) for name in ("paper", "ground"))
    return tuple(zip(*(found[: len(SCHEMES)] for found in named), strict=True))


def _contrast(one: str, other: str) -> float:
    """The ratio of two colours' relative luminance, as WCAG defines it."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    return sum(weight * x for weight, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
