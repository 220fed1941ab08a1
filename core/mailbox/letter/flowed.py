"""Text that flows (RFC 3676): lines a program has broken are put together as they were written."""

from __future__ import annotations

import re

_QUOTED = re.compile(">*")
SIGNATURE = "-- "
"""A line that ends with a space and yet ends: what follows is a signature."""


def unflowed(text: str, *, spaces_go: bool) -> str:
    """The paragraphs of the text, each on a line of its own, quoted as deep as it was.

    A line that ends with a space goes on in the next, if that says anything and is quoted as deep:
    who leaves a line empty means it. With `spaces_go` (DelSp=yes) the space is the program's alone.
    """
    lines: list[list[str]] = []
    goes_on, before = False, 0
    for line in text.split("\n"):
        depth, said = _unquoted(line)
        breaks = said.endswith(" ") and said != SIGNATURE
        own = said[:-1] if breaks and spaces_go else said
        if goes_on and depth == before and said not in ("", SIGNATURE):
            lines[-1].append(own)
        else:
            lines.append([f"{'>' * depth} ", own] if depth else [own])
        goes_on, before = breaks, depth
    return "\n".join(map("".join, lines))


def _unquoted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and what it says, without the space that guarded its beginning."""
    marks = _QUOTED.match(line)
    depth = len(marks[0]) if marks else 0
    said = line[depth:]
    return depth, said.removeprefix(" ")
