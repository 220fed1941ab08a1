"""The courses of the vectors as a file of another system, brought in by the importer."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from core.appeals.exchange.imports import import_file
from core.appeals.model import Appeal
from tests.regions.lives import WRITER, Stage, addressee
from tests.regions.vectors import Course

HISTORY = frozenset({"imported", "received", "registered", "sent", "offence", "highest"})
"""What a file can say of an appeal."""

LATER = datetime.fromisoformat("2027-12-01 12:00:00")
MOMENTS = {"received": "received", "registered": "registered", "sent": "answered"}
"""The column for each fact."""


async def brought(stage: Stage, courses: Iterable[Course], folder: Path) -> list[int]:
    """Import them all, long after; gives the ids of the appeals in the order of the courses."""
    stage.set(LATER)
    path, rejects = folder / "vectors.csv", folder / "rejects.csv"
    rows = [_row(str(number), course) for number, course in enumerate(courses, start=1)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    figures = await import_file(stage.region, path, rejects=rejects)
    assert (figures.added, figures.rejected) == (len(rows), 0), rejects.read_text("utf-8-sig")
    async with stage.region.database.reading() as session:
        query = select(Appeal.external_id, Appeal.id)
        ids = {row.external_id: row.id for row in await session.execute(query)}
    return [ids[row["external_id"]] for row in rows]


def _row(number: str, course: Course) -> dict[str, str]:
    moments = {column: course.when(fact) for fact, column in MOMENTS.items()}
    return {
        "external_id": number,
        "channel": course.channel,
        "theme": course.theme,
        "text": "Пробный текст.",
        "addressee": addressee(course),
        "offence": "да" if "offence" in course.named else "",
        "name": WRITER.name or "",
        "postal_address": WRITER.address or "",
        "outcome": "explained" if moments["answered"] else "",
        **{column: f"{when:%Y-%m-%d %H:%M:%S}" if when else "" for column, when in moments.items()},
    }
