"""PDF/A-2a with PDF/UA-1 by typst, with this folder's own fonts and no others."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from core.documents.printing.headers import with_row_headers
from core.documents.printing.sheet import Sheet
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE, PAPER, MARKS = HERE / "original.typ", HERE / "paper.typ", HERE / "marks.typ"
STANDARDS = ["a-2a", "ua-1"]
"""For archives, and for whoever listens to it."""
ARCHIVE = ["a-1a"]


class Typesetter:
    """`Printer` by typst; pikepdf sets what its wheel cannot."""

    @cached_property
    def renderer(self) -> str:
        """The programs and their versions."""
        return f"typst {version('typst')}, pikepdf {version('pikepdf')}"

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """Template and fonts by name, each with its SHA-256."""
        paths = (TEMPLATE, PAPER, *sorted(FONTS.glob("*.ttf")))
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def print(self, sheet: Sheet) -> bytes:
        """The original of a version."""
        return with_row_headers(typeset(TEMPLATE, _said(sheet), sheet.moment, STANDARDS))


def archived(sheet: Sheet, derived: str) -> bytes:
    """A copy for an archive that takes nothing newer; what it is `derived` of stands above it."""
    return typeset(TEMPLATE, _said(sheet, derived=derived), sheet.moment, ARCHIVE)


def _said(sheet: Sheet, **more: str) -> dict[str, Any]:
    said = {
        "centre": sheet.centre,
        "kind": sheet.kind,
        "title": sheet.title,
        "sections": sheet.sections(),
        "attachments": [{"name": a.name, "digest": a.digest} for a in sheet.attachments],
    }
    return {"sheet": {**said, **more}}


def typeset(
    template: Path, inputs: Mapping[str, Any], moment: datetime, standards: list[str]
) -> bytes:
    """The PDF of a template of this folder; what it is given goes in as JSON."""
    typst = _driver("typst")
    made: bytes = typst.compile(
        template.read_bytes(),
        root=str(HERE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()},
        pdf_standards=standards,
        timestamp=moment,
    )
    return made


@cache
def typesetter() -> Typesetter:
    """The product's own printer; NOT_PROVIDED where its extra is not installed."""
    _driver("typst")
    _driver("pikepdf")
    return Typesetter()


def _driver(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        text = "Подлинники документов здесь не печатают: дополнение программы не установлено"
        raise Refusal(RefusalCode.NOT_PROVIDED, text) from missing
