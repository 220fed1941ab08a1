"""Categories in files: as the classifier of the day has them; dropped by its row otherwise."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from core.appeals.exchange.exports import export_file
from core.appeals.exchange.imports import import_file
from core.appeals.exchange.rejects import Note
from core.appeals.model import Appeal
from core.kernel.codes import RefusalCode
from core.kernel.region import Region
from tests.fixtures.classifiers import ACT, classify

HEADER = "external_id;channel;text;received;category"
ROWS = (
    "1;social-networks;Яма;20.02.2026;1.1",
    "2;social-networks;Пыль;20.02.2026;1.3",
    "3;social-networks;Яма;20.02.2026;1.9",
    "4;social-networks;Яма;20.02.2026;",
)


async def test_a_category_out_of_season_costs_no_appeal(kursk: Region, tmp_path: Path) -> None:
    await classify(kursk, tmp_path / "annex.csv")
    path = tmp_path / "file.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    noticed: list[Note] = []
    rejects = tmp_path / "rejects.csv"
    figures = await import_file(kursk, path, rejects=rejects, notice=noticed.extend)
    assert (figures.added, figures.rejected, figures.tally.warned) == (4, 0, 2)
    async with kursk.database.reading() as session:
        rows = (await session.scalars(select(Appeal).order_by(Appeal.external_id))).all()
    assert [(row.theme, row.category_id) for row in rows] == [
        ("roads", 1), (None, None), (None, None), (None, None),
    ]  # fmt: skip
    out = tmp_path / "out.csv"
    await export_file(kursk, out)
    with out.open(encoding="utf-8", newline="") as file:
        assert [row["category"] for row in csv.DictReader(file)] == ["1.1", "", "", ""]
    assert rows[0].due_at == datetime(2026, 3, 10, 20, 59, 59, tzinfo=UTC)
    dropped = "значение отброшено, обращение принято без него"
    assert [(note.line, note.column, note.code, note.reason) for note in noticed] == [
        (
            3, "category", RefusalCode.OUT_OF_SEASON,
            "Категория «Дорога — Пыль» принимается с 16.04 по 31.10, а это 20.02.2026"
            f" ({ACT}, приложение 1, строка 1.3); {dropped}",
        ),
        (
            4, "category", RefusalCode.UNKNOWN_CATEGORY,
            "Категории «1.9» на 20.02.2026 в классификаторе нет; похожая: «1.3»; " + dropped,
        ),
    ]  # fmt: skip


async def test_a_reject_names_the_norm_that_it_stands_on(kursk: Region, tmp_path: Path) -> None:
    path, rejects = tmp_path / "file.csv", tmp_path / "rejects.csv"
    row = "1;reception;Яма;02.03.2026"
    path.write_text(f"{HEADER.removesuffix(';category')}\n{row}\n", encoding="utf-8")
    figures = await import_file(kursk, path, rejects=rejects)
    assert figures.rejected == 1
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.reader(file, delimiter=";"))[1]
    assert told[2] == "CARD_REQUIRED"
    assert told[3] == (
        "Обращение с личного приёма принимают с карточкой личного приёма (ст. 13 59-ФЗ)"
    )
