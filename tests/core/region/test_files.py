"""What the embedded default keeps is its owner's alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from core.kernel.keys import open_keys
from core.kernel.settings import RegionSettings, Settings
from core.region.migrate import migrate
from core.region.opening import open_database, open_region


def modes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in [folder, *sorted(folder.rglob("*"))]
    }


async def test_files_are_closed_and_so_are_folders(settings: Settings) -> None:
    folder = settings.data_dir
    before = os.umask(0o022)
    try:
        code = "tests.grounds.polygon"
        region = open_region(code, settings.model_copy(update={"regions": (code,)}))
        assert region.keys.ring.data
        await migrate(region)
        async with region.database.writing() as session:
            await session.connection()
            found = modes(folder)
        await region.database.close()
    finally:
        os.umask(before)
    assert {name: mode for name, mode in found.items() if name in (".", "polygon")} == {
        ".": "0o700",
        "polygon": "0o700",
    }
    files = {name: mode for name, mode in found.items() if "." in name and name != "."}
    assert {"polygon/tsur.db", "polygon/tsur.db-wal", "polygon/data.key"} <= set(files)
    assert set(files.values()) == {"0o600"}


async def test_what_was_open_is_closed(settings: Settings) -> None:
    folder = settings.data_dir / "polygon"
    folder.mkdir(parents=True, mode=0o755)
    file = folder / "tsur.db"
    file.touch(mode=0o644)
    own = RegionSettings()
    database = open_database("polygon", own, settings, open_keys(own, folder))
    async with database.reading() as session:
        await session.connection()
    await database.close()
    assert (modes(folder)["."], modes(folder)["tsur.db"]) == ("0o700", "0o600")
