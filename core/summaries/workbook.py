"""A summary as a spreadsheet: its figures, and the cases behind them as they were counted."""

from __future__ import annotations

import importlib
import io
from datetime import timedelta
from itertools import chain
from typing import Any

from sqlalchemy import select

from core.appeals.charges import Charge
from core.appeals.model import Appeal
from core.appeals.queries import visible
from core.appeals.rules.lifecycle import State
from core.kernel.access import require
from core.kernel.codes import Permission
from core.kernel.serves import serves
from core.kernel.work import Work
from core.summaries.marks import mark_of
from core.summaries.model import Stretch, Summary, SummaryCase
from core.summaries.names import names_of
from core.summaries.rules import Part

WRITER = "xlsxwriter"
"""Read where a book is written: forty modules that no service needs before."""

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDEST = 500
"""Of a column, in pixels: what is longer goes on over the next."""

FIGURE_HEADS = (
    "Раздел",
    "Показатель",
    *("За период", "Как читать"),
    *("Предыдущий период", "Как читать"),
    *("Неделю назад", "Как читать"),
)
CASE_HEADS = ("Обращение", "Канал", "Тематика", "Ответственность", "Состояние", "С опозданием")


@serves()
async def workbook(work: Work, summary: Summary) -> bytes:
    """XLSX: figures, then the cases of the period that the actor may see. Needs READ_APPEALS.

    The same summary gives the same bytes.
    """
    require(work.actor, Permission.READ_APPEALS)
    out = io.BytesIO()
    book = importlib.import_module(WRITER).Workbook(out, SAFE)
    book.set_properties({"created": summary.taken_at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    figures, cases = book.add_worksheet("Показатели"), book.add_worksheet("Обращения")
    figures.write_row(0, 0, FIGURE_HEADS, bold)
    for place, one in enumerate(summary.figures, start=1):
        part = Part(one["part"]).label if one["part"] else ""
        told = [(one[of.value], mark_of(one, of).label) for of in Stretch]
        figures.write_row(place, 0, [part, one["name"], *chain.from_iterable(told)])
    cases.write_row(0, 0, CASE_HEADS, bold)
    for place, row in enumerate(await _cases(work, summary), start=1):
        cases.write_row(place, 0, row)
    for sheet in (figures, cases):
        sheet.autofit(WIDEST)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


async def _cases(work: Work, summary: Summary) -> list[list[Any]]:
    query = (
        select(Appeal.number, SummaryCase)
        .join(SummaryCase, SummaryCase.appeal_id == Appeal.id)
        .where(
            SummaryCase.summary_id == summary.id,
            SummaryCase.stretch == Stretch.PERIOD,
            visible(work.actor),
        )
        .order_by(SummaryCase.id)
    )
    found = [(number, row) for number, row in await work.session.execute(query)]
    last = summary.end - timedelta(days=1)
    channels = await names_of(work, Part.SOURCES, [row.channel for _, row in found], last)
    themes = await names_of(work, Part.THEMES, [row.theme for _, row in found], last)
    return [
        [
            number,
            channel,
            theme,
            Charge(row.charge).label,
            State(row.state).label,
            "да" if row.late else "нет",
        ]
        for (number, row), channel, theme in zip(found, channels, themes, strict=True)
    ]
