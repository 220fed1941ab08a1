"""A database sealed as a whole: nothing of it lies in plain, and everything works as before."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select, text

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.db.database import Database
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.keyring import new_data_key
from core.kernel.keys import open_keys
from core.kernel.region import Region
from core.kernel.settings import Settings
from core.region.backup import conversion
from core.region.backup.archive import save
from core.region.backup.contents import contents
from core.region.backup.conversion import convert
from core.region.backup.drill import drill
from core.region.backup.restoration import restore
from core.region.erasing.maintenance import maintain
from core.region.keyring import at_rest
from core.region.keyring.rotation import rotate
from core.region.keyring.service import key_place
from core.region.migrate import check
from tests.core.region.backup.places import CANARY, ROWS, SECRET, empty, filled
from tests.core.region.erasing.planted import files_with
from tests.fixtures.clock import FrozenClock
from tests.fixtures.databases import SqliteFiles, put_vault
from tests.fixtures.rollups import require_proof

CODE = "tests.grounds.polygon"
PLANTED = "ЗасаженноеСлово"
WORDS = [one.encode() for one in (CANARY, "канарейкин", PLANTED, "засаженное", "appeal_fts")]
"""In a text, in the index of words, in the schema itself."""

HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("PRAGMA journal_mode=WAL")
for _ in range(2):
    print(held.execute("SELECT count(*) FROM appeal").fetchone()[0], flush=True)
    sys.stdin.read()
"""
"""Another process: one of this process would not be seen by its locks."""

Compiled = Callable[[str], Region]


def silent(_done: int, _total: int) -> None:
    return None


def reopened(region: Region, *, sealed: bool) -> Region:
    """The region of the same folder under this setting."""
    settings = region.settings.model_copy(update={"seal_texts": sealed})
    folder = settings.data_dir / region.code
    url = f"sqlite+aiosqlite:///{folder / 'tsur.db'}"
    way = at_rest.embedded(folder, region.keys, sealed=sealed)
    return replace(region, settings=settings, database=Database(url, embedded=way))


@pytest.fixture(scope="module")
def files(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(templates, tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
async def plain(
    files: SqliteFiles, compiled: Compiled, settings: Settings, clock: FrozenClock,
    tmp_path: Path, templates: Path,
) -> Region:  # fmt: skip
    """The region on a plain file in its folder, with a few appeals."""
    fresh = Database(await files.fresh(CODE))
    region = replace(compiled(CODE), settings=settings, database=fresh, clock=clock)
    put_vault(templates, region.folder)
    done = await filled(region, tmp_path / "home")
    await fresh.close()
    shutil.move(make_url(fresh.url).database or "", done.folder / "tsur.db")
    shutil.rmtree(done.folder / "files")
    return reopened(done, sealed=False)


@pytest.fixture
async def sealed(plain: Region) -> AsyncIterator[Region]:
    region = reopened(plain, sealed=True)
    assert convert(region, silent)
    yield region
    await region.database.close()


async def many(region: Region) -> int:
    async with region.database.reading() as session:
        return await session.scalar(select(func.count(Appeal.id))) or 0


async def taken(region: Region) -> None:
    """One more appeal, with a word that is nowhere else."""
    async with region.work(system()) as work:
        await take_in(work, NewAppeal("letter", "planted", f"{PLANTED} у дома 5"))


async def refused(region: Region) -> str:
    """Why the database is not opened, by whatever way; what a visitor of either hears."""
    said: list[str] = []
    for ask in (many(region), region.database.fetch("SELECT 1", ())):
        with pytest.raises(Refusal) as why:
            await ask
        said.append(why.value.text)
    await region.database.close()
    assert len(set(said)) == 1
    return said[0]


def lying(region: Region) -> dict[str, int]:
    """Files of the region in which some of the words lie open, and how many."""
    return files_with(region.folder, region.folder / "tsur.db", WORDS)


async def test_no_word_lies_in_any_file(plain: Region) -> None:
    assert lying(plain) == {"tsur.db": 3}
    with closing(sqlite3.connect(plain.folder / "tsur.db")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    left = plain.folder / "tsur.db-journal"  # as of a run that was killed
    left.write_bytes(bytes(512) + PLANTED.encode())
    region = reopened(plain, sealed=True)
    steps: list[tuple[int, int]] = []
    assert convert(region, lambda done, total: steps.append((done, total)))
    assert steps
    assert all(0 <= done <= total for done, total in steps)
    assert lying(region) == {}
    assert not left.exists()
    await taken(region)
    found = "SELECT rowid FROM appeal_fts WHERE appeal_fts MATCH ?"
    (row,) = await region.database.fetch(found, (PLANTED.casefold(),))
    assert row[0] == ROWS + 1
    assert (region.folder / "tsur.db-wal").stat().st_size > 0  # open: its log is looked at too
    assert lying(region) == {}
    await check(region)
    await require_proof(region, ledgers=True, folded=True)
    await maintain(region)
    assert lying(region) == {}
    await region.database.close()
    assert not convert(region, silent)
    modes = {one.name: one.stat().st_mode & 0o777 for one in region.folder.glob("*.*")}
    assert set(modes.values()) == {0o600}


async def test_a_new_database_is_never_plain(sealed: Region, tmp_path: Path) -> None:
    settings = sealed.settings.model_copy(update={"data_dir": tmp_path / "new"})
    region = reopened(replace(sealed, settings=settings), sealed=True)
    async with region.database.writing() as session:
        await session.execute(text(f"CREATE TABLE {PLANTED} (id INTEGER)"))
    assert (region.folder / "tsur.db").stat().st_size > 0
    assert files_with(region.folder, region.folder / "tsur.db", [b"SQLite", *WORDS]) == {}
    await region.database.close()


async def test_the_file_and_the_setting_have_to_agree(
    plain: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await refused(reopened(plain, sealed=True)) == (
        "База региона «polygon» не запечатана, а задано TSUR_SEAL_TEXTS: остановите службу и "
        f"выполните tsur keys seal polygon; если нет {plain.folder / at_rest.FILE}, верните его из "
        "копии"
    )
    assert convert(reopened(plain, sealed=True), silent)
    assert await refused(reopened(plain, sealed=False)) == (
        "База региона «polygon» запечатана: задайте TSUR_SEAL_TEXTS=true или распечатайте её без "
        "него: tsur keys seal polygon"
    )
    monkeypatch.setattr(at_rest, "can_seal", lambda: False)
    assert await refused(reopened(plain, sealed=True)) == (
        "Для TSUR_SEAL_TEXTS не хватает пакета: установите tsur[sealed]"
    )
    monkeypatch.undo()
    region = reopened(plain, sealed=True)
    assert await many(region) == ROWS
    await region.database.close()
    (plain.folder / "data.key").write_bytes(new_data_key())
    keys = open_keys(plain.own, plain.folder)
    assert await refused(reopened(replace(plain, keys=keys), sealed=True)) == (
        f"{plain.folder / at_rest.FILE}: запечатан другим ключом данных: верните его и ключи из "
        "одной копии"
    )


async def test_it_is_plain_again_without_the_setting(sealed: Region) -> None:
    await taken(sealed)
    await sealed.database.close()
    region = reopened(sealed, sealed=False)
    assert convert(region, silent)
    assert await many(region) == ROWS + 1
    await check(region)
    await region.database.close()
    assert not (region.folder / at_rest.FILE).exists()
    assert lying(region) == {"tsur.db": len(WORDS)}


async def test_nobody_else_may_have_it_open(plain: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "TIMEOUT_SECONDS", 0.1)
    region = reopened(plain, sealed=True)
    file = plain.folder / "tsur.db"
    with subprocess.Popen(  # noqa: ASYNC220 - it is asked for one line
        [sys.executable, "-ISc", HOLDER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"25\n"
        with pytest.raises(Refusal, match="держит другой процесс"):
            convert(region, silent)
        other.stdin.close()
        assert other.stdout.readline() == b"25\n"
    assert convert(region, silent)


class Killed(BaseException):
    """Nothing is tidied up after it."""


@pytest.mark.parametrize(
    ("where", "name", "sealed_already"),
    [(conversion, "tallies", False), (os, "link", False), (os, "replace", False),
     (conversion, "settle_folder", True)],
)  # fmt: skip
async def test_what_is_broken_off_is_begun_anew(
    plain: Region, monkeypatch: pytest.MonkeyPatch, where: object, name: str, sealed_already: bool
) -> None:
    region, file = reopened(plain, sealed=True), plain.folder / "tsur.db"

    def killed(*_: object, **__: object) -> None:
        raise Killed

    at_rest.make(region.folder / at_rest.DRAFT, region.keys)
    monkeypatch.setattr(conversion, "remove_database", lambda path: None)
    monkeypatch.setattr(where, name, killed)
    with pytest.raises(Killed):
        convert(region, silent)
    monkeypatch.undo()
    assert (file.read_bytes()[:6] == b"SQLite") is not sealed_already
    assert convert(region, silent)
    assert await many(region) == ROWS
    await region.database.close()
    assert lying(region) == {}
    assert [one.name for one in region.folder.glob(".*")] == []


async def test_a_copy_comes_back_sealed(sealed: Region, tmp_path: Path) -> None:
    await taken(sealed)
    await save([sealed], tmp_path / "copies", SECRET, with_keys=True)
    assert lying(sealed) == {}
    assert files_with(tmp_path / "copies", tmp_path / "none", [*WORDS, b"SQLite format"]) == {}
    (path,) = (tmp_path / "copies").iterdir()
    copy = contents(path, SECRET)
    assert [one.code for one in await drill(copy, [sealed], SECRET)] == ["polygon"]
    async with empty(sealed, tmp_path / "place") as place:
        settings = place.settings.model_copy(update={"seal_texts": False})
        with pytest.raises(Refusal, match="восстановите её с TSUR_SEAL_TEXTS=true"):
            await restore(copy, [replace(place, settings=settings)], SECRET)
        await restore(copy, [place], SECRET)
        assert (place.folder / at_rest.FILE).stat().st_mode & 0o077 == 0
        region = reopened(place, sealed=True)
        assert await many(region) == ROWS + 1
        assert lying(region) == {}
        await region.database.close()


async def test_a_plain_copy_is_not_brought_to_a_sealed_place(plain: Region, tmp_path: Path) -> None:
    await save([plain], tmp_path / "copies", SECRET)
    await plain.database.close()
    (path,) = (tmp_path / "copies").iterdir()
    async with empty(reopened(plain, sealed=True), tmp_path / "place") as place:
        with pytest.raises(Refusal, match="восстановите её без TSUR_SEAL_TEXTS"):
            await restore(contents(path, SECRET), [place], SECRET)


async def test_rotation_seals_the_key_and_not_the_file(sealed: Region) -> None:
    before = (sealed.folder / at_rest.FILE).read_bytes()
    for _ in range(3):  # by then the first data key has been let go
        await rotate(sealed, key_place(sealed), silent)
    assert (sealed.folder / at_rest.FILE).read_bytes() != before
    region = reopened(sealed, sealed=True)
    assert await many(region) == ROWS
    await region.database.close()
