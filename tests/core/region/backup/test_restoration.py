"""A copy comes back whole, into an empty place alone, and behind closed doors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from core.appeals.applicants.model import Applicant
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.db.database import Database
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.keys import open_keys
from core.kernel.region import Region
from core.kernel.settings import RegionSettings
from core.region.backup.archive import Saved, newest, save
from core.region.backup.contents import Contents, contents
from core.region.backup.drill import _place, drill
from core.region.backup.record import last_backup, last_drill, note_restoration, require_finished
from core.region.backup.restoration import restore
from core.region.doors.release import closed
from core.region.keyring.service import settle
from core.region.migrate import check
from core.region.revisions import require_current
from tests.core.region.backup.places import CANARY, ROWS, SECRET, empty, filled
from tests.nets.schemas import schema


@pytest.fixture
async def source(polygon: Region, tmp_path: Path) -> Region:
    return await filled(polygon, tmp_path / "source")


@pytest.fixture
async def place(polygon: Region, tmp_path: Path) -> AsyncIterator[Region]:
    async with empty(polygon, tmp_path / "place") as region:
        yield region


async def saved(region: Region, folder: Path, **how: bool) -> tuple[Saved, Contents]:
    done = await save([region], folder, SECRET, **how)
    return done, contents(done.path, SECRET)


async def rows(region: Region) -> dict[str, int]:
    async with region.database.reading() as session:
        found = await session.execute(
            select(func.count(Appeal.id), select(func.count(Applicant.id)).scalar_subquery())
        )
        appeals, applicants = found.one()
    return {"appeal": appeals, "applicant": applicants}


async def test_everything_comes_back_behind_closed_doors(
    source: Region, place: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TSUR_POOL_SIZE", "7")
    monkeypatch.setenv("TSUR_POLYGON_DATA_KEY", "never")
    monkeypatch.setenv("TSUR_MAIL_PASSWORD", "never")
    done, copy = await saved(source, tmp_path / "copies")
    assert newest(tmp_path / "copies") == done.path
    assert last_backup(tmp_path / "source", "polygon") == source.now()
    monkeypatch.delenv("TSUR_POLYGON_DATA_KEY")
    (told,) = await restore(copy, [place], SECRET)
    assert (told.code, told.keys, set(told.part.files)) == (
        "polygon", False, {"files/ab/отзыв.txt"},
    )  # fmt: skip
    assert await rows(place) == {"appeal": ROWS, "applicant": ROWS}
    await require_current(place)
    await check(place)
    assert await schema(place) == await schema(source)
    names = [path.relative_to(tmp_path / "place") for path in (tmp_path / "place").rglob("*.*")]
    kept = {path.as_posix() for path in names if path.suffix not in (".db", ".db-wal", ".db-shm")}
    assert kept == {"settings-of-the-copy.env", "polygon/files/ab/отзыв.txt"}
    settings = (tmp_path / "place" / "settings-of-the-copy.env").read_text("utf-8")
    assert settings == "TSUR_POOL_SIZE=7\n"
    async with place.reading(system()) as work:
        (arrival,) = await closed(work)
    assert (arrival.source, arrival.made_at) == (copy.id, done.made_at)


async def test_registered_operations_come_back_beside_the_settings(
    source: Region, place: Region, tmp_path: Path
) -> None:
    folder = tmp_path / "operations"
    folder.mkdir()
    (folder / "count.graphql").write_text("{ passport { name } }  # счёт", "utf-8")
    (folder / "notes.txt").write_text("no operation")
    settings = source.settings.model_copy(update={"operations_dir": folder})
    done, copy = await saved(replace(source, settings=settings), tmp_path / "copies")
    assert b"passport" not in done.path.read_bytes()
    await restore(copy, [place], SECRET)
    left = {path.name: path.read_text("utf-8") for path in
            (tmp_path / "place" / "operations-of-the-copy").iterdir()}  # fmt: skip
    assert left == {"count.graphql": "{ passport { name } }  # счёт"}


async def test_ids_go_on_where_they_stood(source: Region, place: Region, tmp_path: Path) -> None:
    _, copy = await saved(source, tmp_path / "copies", with_keys=True)
    (told,) = await restore(copy, [place], SECRET)
    assert told.keys
    keys = open_keys(RegionSettings(), tmp_path / "place" / "polygon", make=False)
    async with replace(place, keys=keys).work(system()) as work:
        await settle(work)  # they are the keys of this database
        first = (await work.session.scalars(select(Applicant.sealed).limit(1))).one()
        assert work.keys.unseal(first)["name"] == f"{CANARY} 0"
        taken = await take_in(work, NewAppeal("letter", "new", "На улице Полевой яма."))
    assert taken.appeal_id == ROWS + 1


async def test_no_personal_value_stands_in_plain(source: Region, tmp_path: Path) -> None:
    done, _ = await saved(source, tmp_path / "copies", with_keys=True)
    (found,) = (tmp_path / "copies").iterdir()
    raw = found.read_bytes()
    pem = (tmp_path / "source" / "polygon" / "signing.pem").read_bytes()
    data = (tmp_path / "source" / "polygon" / "data.key").read_bytes()
    for plain in (CANARY.encode(), b"SQLite", pem[40:60], data, "отзыв".encode()):
        assert plain not in raw
    assert found == done.path
    assert found.stat().st_mode & 0o077 == 0
    left = [path.name for path in (tmp_path / "source" / "polygon").iterdir()]
    assert sorted(left) == [
        "data.key", "files", "signing.pem", "vault.db", "vault.db-journal",
    ], "no draft of the database"  # fmt: skip


async def refused(copy: Contents, place: Region) -> str:
    with pytest.raises(Refusal) as told:
        await restore(copy, [place], SECRET)
    return told.value.text


async def test_a_place_that_is_not_empty_is_refused(
    source: Region, place: Region, tmp_path: Path
) -> None:
    _, copy = await saved(source, tmp_path / "copies")
    start = "Восстанавливают только в пустое место, а у региона «polygon» "
    file = tmp_path / "source" / "polygon" / "files" / "ab" / "отзыв.txt"
    assert await refused(copy, source) == f"{start}лежит {file}"
    await restore(copy, [place], SECRET)
    (tmp_path / "place" / "polygon" / "files" / "ab" / "отзыв.txt").unlink()
    database = (
        f"есть база {tmp_path / 'place' / 'polygon' / 'tsur.db'}"
        if place.database.is_sqlite
        else "в базе есть таблицы (например, admission)"
    )
    assert await refused(copy, place) == start + database
    require_finished(tmp_path / "place")
    assert await rows(place) == {"appeal": ROWS, "applicant": ROWS}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            {"tables": {"appeal": [ROWS, "0" * 64]}},
            "Регион «polygon»: таблица «appeal» не сходится с копией",
        ),
        ({"files": {}}, "Регион «polygon»: файл «files/ab/отзыв.txt» не сходится с копией"),
        (
            {"heads": ("core9999",)},
            "Копия региона «polygon» снята более новой программой (ревизии core9999): "
            "обновите программу",
        ),
    ],
)
async def test_what_is_not_as_it_was_saved_is_not_served(
    source: Region, place: Region, tmp_path: Path, change: dict[str, Any], why: str
) -> None:
    _, copy = await saved(source, tmp_path / "copies")
    part = copy.parts["polygon"]
    if "tables" in change:
        change = {"tables": {**part.tables, **change["tables"]}}
    spoilt = replace(copy, parts={"polygon": replace(part, **change)})
    assert await refused(spoilt, place) == why
    assert not (tmp_path / "place" / "polygon" / "tsur.db").exists()
    if "heads" in change:
        require_finished(tmp_path / "place")
    else:
        with pytest.raises(Refusal, match="Восстановление из копии не закончено"):
            require_finished(tmp_path / "place")
        (told,) = await restore(copy, [place], SECRET)  # the right copy, the same id
        assert told.part.rows == copy.parts["polygon"].rows


async def test_a_restoration_goes_on_with_its_own_copy_alone(
    source: Region, place: Region, tmp_path: Path
) -> None:
    _, copy = await saved(source, tmp_path / "copies")
    note_restoration(tmp_path / "place", "another")
    assert await refused(copy, place) == (
        "Здесь начато восстановление из другой копии: закончите его или очистите место"
    )


async def test_a_copy_of_other_regions_or_another_database_is_refused(
    source: Region, place: Region, tmp_path: Path
) -> None:
    _, copy = await saved(source, tmp_path / "copies")
    part = copy.parts["polygon"]
    text = "В копии есть регионы, которых нет в TSUR_REGIONS: atlantis"
    assert await refused(replace(copy, parts={"atlantis": part}), place) == text
    other, name = ("postgresql", "PostgreSQL") if part.dialect == "sqlite" else ("sqlite", "SQLite")
    swapped = replace(copy, parts={"polygon": replace(part, dialect=other)})
    assert await refused(swapped, place) == (
        f"Копия региона «polygon» снята с {name} и восстанавливается только туда: исправьте "
        f"TSUR_POLYGON_DATABASE_URL"
    )


async def test_a_drill_proves_the_copy_and_leaves_nothing(source: Region, tmp_path: Path) -> None:
    _, copy = await saved(source, tmp_path / "copies")
    before = sorted(path.name for path in (tmp_path / "source").rglob("*"))
    (told,) = await drill(copy, [source], SECRET)
    assert told.part.tables == copy.parts["polygon"].tables
    tried = (source.now(), copy.made_at)
    assert last_drill(source.settings.data_dir, "polygon") == tried
    assert sorted(path.name for path in (tmp_path / "source").rglob("*")) == before
    spoilt = replace(copy, parts={"polygon": replace(told.part, files={})})
    with pytest.raises(Refusal, match="не сходится с копией"):
        await drill(spoilt, [source], SECRET)
    assert sorted(path.name for path in (tmp_path / "source").rglob("*")) == before
    if not source.database.is_sqlite:
        async with source.database.reading() as session:
            query = text("SELECT datname FROM pg_database WHERE datname LIKE 'tsur_drill_%'")
            assert (await session.scalars(query)).all() == []


async def test_a_drill_that_may_not_create_databases_says_so(
    polygon: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the right to create databases, not of a schema that nobody was denied."""

    class DeniedError(Exception):
        sqlstate = "42501"

    async def denied(*_: object, **__: object) -> None:
        raise DeniedError

    monkeypatch.setattr("core.region.backup.drill.connect", denied)
    server = replace(polygon, database=Database("postgresql+asyncpg://a@127.0.0.1:1/a"))
    with pytest.raises(Refusal, match="права создавать базы у пользователя нет"):
        async with _place(server, tmp_path):
            pytest.fail("there is no database to restore into")
    await server.database.close()


async def test_a_folder_without_copies_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as told:
        newest(tmp_path)
    assert told.value.text == f"В папке {tmp_path} копий нет"
