"""A copy with marks: the pages of the original as they are, marks over the first, a sheet behind.

It is derived and says so; the original stays without marks.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from core.documents.printing.typesetting import MARKS, boxed

PLAIN = ["a-2b"]


@dataclass(frozen=True, slots=True)
class Approval:
    """The approval as it stands above the text: the word, then who or by what act, and when."""

    word: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision on the sheet of marks: its head in bold, then what there is to know of it."""

    head: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Marks:
    """All that stands on a copy beside the text."""

    title: str
    registration: Sequence[str]
    source: Sequence[str]
    approval: Approval | None
    decisions: Sequence[Mark]


def marked(original: bytes, marks: Marks, moment: datetime) -> bytes:
    """The copy; `moment` is when the version was frozen."""
    pikepdf: Any = importlib.import_module("pikepdf")
    sheet = boxed(MARKS, {"marks": asdict(marks)}, moment, PLAIN)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(original)) as pdf, pikepdf.open(io.BytesIO(sheet)) as extra:
        over, *behind = extra.pages
        pdf.pages[0].add_overlay(over)
        pdf.pages.extend(behind)
        for claim in ("/Metadata", "/StructTreeRoot", "/MarkInfo"):
            if claim in pdf.Root:
                del pdf.Root[claim]
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
