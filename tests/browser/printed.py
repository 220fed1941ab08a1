"""What stands on the pages of a printed file, as somebody reads it there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf

CHARS = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(r"beginbfrange(.*?)endbfrange", re.DOTALL)
HEX = re.compile(r"<([0-9A-Fa-f]+)>")


def pages(path: Path) -> list[str]:
    """The text of each page, in the order in which it was drawn."""
    with pikepdf.open(path) as file:
        return [" ".join("".join(_drawn(page)).split()) for page in file.pages]


def _drawn(page: Any) -> Iterator[str]:
    fonts = page.resources.get("/Font", {})
    known = {name: _letters(font) for name, font in fonts.items() if "/ToUnicode" in font}
    letters: Mapping[int, str] = {}
    drawn: Any = pikepdf.parse_content_stream(page)
    for operands, operator in drawn:
        match str(operator):
            case "Tf":
                letters = known.get(str(operands[0]), {})
            case "Tj":
                yield _told(bytes(operands[0]), letters)
            case "TJ":
                strings = (one for one in operands[0] if isinstance(one, pikepdf.String))
                yield "".join(_told(bytes(one), letters) for one in strings)
            case "ET":
                yield " "


def _told(raw: bytes, letters: Mapping[int, str]) -> str:
    codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
    return "".join(letters.get(code, "") for code in codes)


def _letters(font: Any) -> dict[int, str]:
    said = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for part in CHARS.findall(said):
        codes = HEX.findall(part)
        found |= {int(code, 16): _utf(to) for code, to in zip(codes[::2], codes[1::2], strict=True)}
    for part in RANGES.findall(said):
        codes = HEX.findall(part)
        for first, last, to in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start = int(to, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(start + step)
    return found


def _utf(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")
