"""PDF/A-2a with PDF/UA-1 by typst: this folder's fonts, and its wheel's for what these lack."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.metadata import version
from importlib.util import find_spec
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
UNSHOWN = re.compile(r'`"(.+?)"`')
"""How typst names the sign that a file of these standards cannot have."""


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
    made = typeset(TEMPLATE, _said(sheet, derived=derived), sheet.moment, ARCHIVE)
    return with_row_headers(made)


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
    """The PDF of a template of this folder; what it is given goes in as JSON.

    Refuses INVALID for a sign that no font shows where the standards forbid an empty box.
    """
    typst = _driver("typst")
    try:
        made: bytes = typst.compile(
            template.read_bytes(),
            root=str(HERE),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            sys_inputs={
                name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()
            },
            pdf_standards=standards,
            timestamp=moment,
        )
    except typst.TypstError as error:
        found = UNSHOWN.search(str(error))
        if found is None:
            raise
        sign = re.sub(r"\\u\{(.+)\}", lambda code: f"U+{code[1].upper()}", found[1])
        text = f"Знак «{sign}» в подлиннике не напечатать: замените его"
        raise Refusal(RefusalCode.INVALID, text) from None
    return made


def require_printable(name: str) -> None:
    """Refuse INVALID for a name that no original could show; nothing where none is printed."""
    if find_spec("typst") is not None:
        typesetter().print(Sheet(name, "", name, (), {}, datetime(2000, 1, 1, tzinfo=UTC)))


def boxed(
    template: Path, inputs: Mapping[str, Any], moment: datetime, standards: list[str]
) -> bytes:
    """The same; a sign that no font shows is a box, and then the file claims no standard."""
    try:
        return typeset(template, inputs, moment, standards)
    except Refusal as refusal:
        if refusal.code is not RefusalCode.INVALID:
            raise
        return typeset(template, inputs, moment, [])


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
