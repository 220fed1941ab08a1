"""Filling the directory: from the acts, and from a file of the region's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.directory.model import Body, BodyTheme
from core.directory.seed import Loaded, load_directory
from core.kernel.access import ANONYMOUS, system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region

HEADER = "key,name,kind,parent,municipality,themes,default\n"


def written(folder: Path, rows: str, *, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "bodies.csv"
    path.write_text(header + rows, encoding=encoding)
    return path


async def load(region: Region, path: Path) -> Loaded:
    async with region.work(system()) as work:
        return await load_directory(work, path)


async def count(region: Region, table: type[Body] | type[BodyTheme] | type[JournalEntry]) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def bodies(region: Region) -> dict[str, tuple[str, str | None]]:
    """Name and parent's key of every body, by key."""
    async with region.database.reading() as session:
        rows = {body.id: body for body in await session.scalars(select(Body))}
    above = {None: None} | {body_id: body.key for body_id, body in rows.items()}
    return {body.key: (body.name, above[body.parent_id]) for body in rows.values()}


@pytest.mark.clause("polygon.1/1")
async def test_bodies_of_the_acts_stand_after_migration(polygon: Region) -> None:
    standing = await bodies(polygon)
    assert standing["ministry"] == ("Министерство полигона", None)
    assert standing["office"] == ("Управление", "ministry")
    async with polygon.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.cause == "polygon.1/1")
        entries = (await session.scalars(query.order_by(JournalEntry.id))).all()
    assert [(entry.name, entry.after["key"]) for entry in entries] == [
        ("body.entered", "ministry"),
        ("body.entered", "office"),
    ]


async def test_a_file_is_loaded_once(polygon: Region, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "school,Школа,subordinate,department,,education;health,\n"
        "department,Департамент,executive,,,housing,нет\n",
        encoding="utf-8-sig",
    )
    assert await load(polygon, path) == Loaded(added=2, changed=0)
    assert await load(polygon, path) == Loaded(added=0, changed=0)
    assert (await bodies(polygon))["school"] == ("Школа", "department")
    async with polygon.database.reading() as session:
        themes = await session.execute(
            select(Body.key, BodyTheme.theme, BodyTheme.default)
            .join(Body, Body.id == BodyTheme.body_id)
            .order_by(BodyTheme.id)
        )
        assert [tuple(row) for row in themes] == [
            ("school", "education", True),
            ("school", "health", True),
            ("department", "housing", False),
        ]


async def test_names_and_parents_are_brought_up_to_the_file(
    polygon: Region, tmp_path: Path
) -> None:
    await load(polygon, written(tmp_path, "school,Школа,subordinate,office,,,\n"))
    renamed = written(tmp_path, "school,Школа № 1,subordinate,ministry,,,\n")
    assert await load(polygon, renamed) == Loaded(added=0, changed=1)
    assert (await bodies(polygon))["school"] == ("Школа № 1", "ministry")
    async with polygon.database.reading() as session:
        last = (await session.scalars(select(JournalEntry).order_by(-JournalEntry.id))).first()
    assert last is not None
    assert (last.before["name"], last.after["name"]) == ("Школа", "Школа № 1")


ROW = "school,Школа,subordinate,,,,\n"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (ROW + ROW, RefusalCode.INVALID),
        (ROW + ",Без ключа,executive,,,,\n", RefusalCode.INVALID),
        (ROW + "x,,executive,,,,\n", RefusalCode.INVALID),
        (ROW + "x,Орган,castle,,,,\n", RefusalCode.INVALID),
        (ROW + "x,Орган,executive,,,,иногда\n", RefusalCode.INVALID),
        (ROW + "x,Орган,executive,nobody,,,\n", RefusalCode.UNKNOWN_BODY),
        (ROW + "x,Орган,executive,,atlantis,,\n", RefusalCode.UNKNOWN_MUNICIPALITY),
        (ROW + "x,Орган,executive,,,dragons,\n", RefusalCode.UNKNOWN_THEME),
        (ROW + "x,Орган,executive,y,,,\ny,Другой,executive,x,,,\n", RefusalCode.INVALID),
        (ROW + "x,Орган,executive,x,,,\n", RefusalCode.INVALID),
        (ROW + "x,Орган,executive\n", RefusalCode.BROKEN_FILE),
        (ROW + "x,Орган,executive,,,,,лишнее\n", RefusalCode.BROKEN_FILE),
        (ROW + 'x,"Орган', RefusalCode.BROKEN_FILE),
        (ROW + "x,Ор\0ган,executive,,,,\n", RefusalCode.BROKEN_FILE),
    ],
)
async def test_a_wrong_row_refuses_the_whole_file(
    polygon: Region, tmp_path: Path, rows: str, code: RefusalCode
) -> None:
    before = [await count(polygon, table) for table in (Body, BodyTheme, JournalEntry)]
    with pytest.raises(Refusal) as refused:
        await load(polygon, written(tmp_path, rows))
    assert refused.value.code is code
    assert [await count(polygon, table) for table in (Body, BodyTheme, JournalEntry)] == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"key;name\n", RefusalCode.WRONG_MAPPING),
        (b"", RefusalCode.WRONG_MAPPING),
        ((HEADER + ROW).encode("cp1251"), RefusalCode.BROKEN_FILE),
    ],
)
async def test_a_wrong_file_is_refused(
    polygon: Region, tmp_path: Path, content: bytes, code: RefusalCode
) -> None:
    path = tmp_path / "bodies.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        await load(polygon, path)
    assert refused.value.code is code


async def test_loading_needs_a_permission(polygon: Region, tmp_path: Path) -> None:
    async with polygon.work(ANONYMOUS) as work:
        with pytest.raises(Refusal) as refused:
            await load_directory(work, written(tmp_path, ROW))
    assert refused.value.code is RefusalCode.UNAUTHENTICATED
    assert "school" not in await bodies(polygon)
