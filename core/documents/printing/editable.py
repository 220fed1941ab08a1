"""DOCX of a version: for work, never an original, and it says so."""

from __future__ import annotations

import importlib
import io
from datetime import datetime
from typing import Any

from core.documents.printing.archive import settled
from core.documents.printing.sheet import Sheet
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal

LEAST, MOST = 12, 40
"""Signs of a column by which its width is told."""

NO_ORIGINAL = "Не подлинник: рабочая выгрузка. Подлинник — файл PDF этой версии."


def editable(sheet: Sheet, source: str) -> bytes:
    """The file; `source` names the version and its hash. The same sheet gives the same bytes."""
    document = new_docx(sheet.title, sheet.centre, sheet.moment)
    for text in (NO_ORIGINAL, source):
        document.add_paragraph(text).runs[0].italic = True
    document.add_paragraph(sheet.centre)
    document.add_paragraph(sheet.kind.upper())
    document.add_heading(sheet.title, level=1)
    for section in sheet.sections():
        document.add_heading(section["name"], level=2)
        if section["form"] == "table":
            _table(document, section)
        else:
            for line in section["text"].split("\n"):
                document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def new_docx(title: str, author: str, moment: datetime) -> Any:
    """An empty document; NOT_PROVIDED where its extra is not installed."""
    document = _driver().Document()
    properties = document.core_properties
    properties.title, properties.author = title, author
    properties.created = properties.modified = moment.replace(tzinfo=None)
    return document


def _table(document: Any, section: dict[str, Any]) -> None:
    """Columns as wide as those of the original; their heads stand on every page."""
    rows = [section["columns"], *section["rows"]]
    table = document.add_table(rows=len(rows), cols=len(section["columns"]), style="Table Grid")
    longest = [min(max(map(len, texts), default=0), MOST) for texts in zip(*rows, strict=True)]
    parts = [max(one, LEAST) for one in longest]
    page = document.sections[0]
    line = page.page_width - page.left_margin - page.right_margin
    widths = [line * one // sum(parts) for one in parts]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, cell.width = text, width
    above = importlib.import_module("docx.oxml").OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(above)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


def _driver() -> Any:
    try:
        return importlib.import_module("docx")
    except ModuleNotFoundError as missing:
        text = "Файлы для работы здесь не выгружают: дополнение программы не установлено"
        raise Refusal(RefusalCode.NOT_PROVIDED, text) from missing
