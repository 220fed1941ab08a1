"""A summary as slides for a meeting: one for each of its parts, the numbers in a table."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from core.documents.kinds import procedure_of
from core.documents.printing.archive import settled
from core.documents.printing.editable import NO_ORIGINAL
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.passport import Passport
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.periods import Period
from core.summaries.marks import STARRED, said, starred
from core.summaries.model import Stretch, Summary
from core.summaries.names import days_of, names_of
from core.summaries.rules import Part

HEADS = ("Показатель", "За период", "Предыдущий период", "Неделю назад")
WHOLE, MOST_ROWS, LONGEST_NAME = "Всего", 10, 90
WIDTHS, ROW, LEFT, TOP = (3_886_200, 1_371_600, 1_752_600, 1_371_600), 426_720, 381_000, 1_371_600
"""Of columns, of a row, and where a table begins, in English Metric Units: a slide is 9144000."""

POINTS = 12_700
TITLED, COVER = 5, 0
LANGUAGE = "ru-RU"


@serves()
async def slides(work: Work, summary: Summary) -> bytes:
    """PPTX: a cover, then a slide a part, more where its rows are many. Needs READ_APPEALS.

    The same summary gives the same bytes. Refuses NOT_PROVIDED where the extra is not installed.
    """
    require(work.actor, Permission.READ_APPEALS)
    kind = (await procedure_of(work, summary.kind, work.today)).kind
    show = _driver().Presentation()
    props, moment = show.core_properties, summary.taken_at.replace(tzinfo=None)
    props.title, props.author, props.language = kind.name, _centre(work), LANGUAGE
    props.created = props.modified = moment
    props.last_modified_by, props.revision = "", 1
    _cover(show, kind.name, [*await _about(work, summary), NO_ORIGINAL])
    for name, rows in _parts(summary):
        for start in range(0, len(rows), MOST_ROWS):
            _slide(show, name, rows[start : start + MOST_ROWS])
    out = io.BytesIO()
    show.save(out)
    return settled(out.getvalue())


def _centre(work: Work) -> str:
    return work.rules.get(Passport, "region", work.today).centre


async def _about(work: Work, summary: Summary) -> list[str]:
    lines = [f"За {days_of(Period(summary.start, summary.end))}"]
    if summary.block:
        lines += await names_of(work, Part.BLOCKS, [summary.block], summary.start)
    lines.append(f"Подсчитано {summary.taken_at.astimezone(work.zone):%d.%m.%Y %H:%M}")
    return [*lines, STARRED] if starred(summary.figures) else lines


def _parts(summary: Summary) -> Iterator[tuple[str, list[list[str]]]]:
    """Each part by its name, a row a figure; what is of no part comes first."""
    for part, found in groupby(summary.figures, key=lambda one: one["part"]):
        name = Part(part).label.capitalize() if part else WHOLE
        yield name, [[one["name"], *(said(one, of) for of in Stretch)] for one in found]


def _cover(show: Any, title: str, lines: Sequence[str]) -> None:
    slide = show.slides.add_slide(show.slide_layouts[COVER])
    slide.shapes.title.text_frame.text = title
    slide.placeholders[1].text_frame.text = "\n".join(lines)
    for frame, size in (
        (slide.shapes.title.text_frame, 32),
        (slide.placeholders[1].text_frame, 18),
    ):
        _speak(frame, size)


def _slide(show: Any, name: str, rows: Sequence[Sequence[str]]) -> None:
    slide = show.slides.add_slide(show.slide_layouts[TITLED])
    slide.shapes.title.text_frame.text = name
    _speak(slide.shapes.title.text_frame, 28)
    size = (sum(WIDTHS), ROW * (len(rows) + 1))
    shape = slide.shapes.add_table(len(rows) + 1, len(HEADS), LEFT, TOP, *size)
    shape.name = name
    for column, width in zip(shape.table.columns, WIDTHS, strict=True):
        column.width = width
    for row, texts in zip(shape.table.rows, [HEADS, *rows], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text_frame.text = text[:LONGEST_NAME]
            _speak(cell.text_frame, 14)


def _speak(frame: Any, size: int) -> None:
    """Letters of this many points, in Russian: a program that reads aloud goes by the language."""
    for line in frame.paragraphs:
        for run in line.runs:
            run.font.size = size * POINTS
            run.font._element.set("lang", LANGUAGE)


def _driver() -> Any:
    try:
        return importlib.import_module("pptx")
    except ModuleNotFoundError as missing:
        text = "Слайды здесь не готовят: дополнение программы не установлено"
        raise Refusal(RefusalCode.NOT_PROVIDED, text) from missing
