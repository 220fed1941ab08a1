"""A copy of the keys opens by its passphrase alone, and comes back only where keys are missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from core.kernel.access import system
from core.kernel.errors import Refusal
from core.kernel.keyring import KeyPlace
from core.kernel.keys import open_keys
from core.kernel.region import Region
from core.kernel.settings import RegionSettings
from core.region.keyring.copies import passphrase, restore, save
from core.region.keyring.model import KeyKind, KeyMark
from core.region.keyring.service import settle

SECRET = "верный конь и батарейка"


@pytest.fixture
def place(tmp_path: Path) -> KeyPlace:
    return KeyPlace(RegionSettings(), tmp_path / "polygon")


@pytest.fixture
async def copy(polygon: Region, place: KeyPlace, tmp_path: Path) -> Path:
    region = replace(polygon, keys=open_keys(place.settings, place.folder))
    path = tmp_path / "keys.json"
    async with region.work(system()) as work:
        await settle(work)
        await save(work, path, SECRET)
    async with region.reading(system()) as work:
        keys = select(KeyMark).where(KeyMark.kind != KeyKind.VAULT)
        assert all(row.saved_at for row in await work.session.scalars(keys))
    return path


def bytes_of(path: Path) -> bytes:
    assert path.stat().st_mode & 0o077 == 0
    return path.read_bytes()


async def test_the_very_keys_come_back(copy: Path, place: KeyPlace) -> None:
    held = {path.name: path.read_bytes() for path in place.folder.glob("*.*") if path.is_file()}
    for secret in held.values():
        assert secret not in bytes_of(copy)
    for name in ("data.key", "signing.pem"):
        (place.folder / name).unlink()
    assert [path.name for path in restore(place, copy, SECRET)] == ["data.key", "signing.pem"]
    assert {path.name: path.read_bytes() for path in place.folder.glob("*.*")} == held


def changed(path: Path, change: dict[str, object]) -> None:
    path.write_bytes(orjson.dumps({**orjson.loads(path.read_bytes()), **change}))


@pytest.mark.parametrize(
    ("change", "secret", "why"),
    [
        ({}, "неверный пароль", "пароль копии не подходит или файл изменён"),
        ({"made_at": "2020-01-01"}, SECRET, "пароль копии не подходит или файл изменён"),
        ({"region": "kursk"}, SECRET, "это ключи другого региона"),
        ({"format": "other"}, SECRET, "это не копия ключей"),
        ({"cost": 2**40}, SECRET, "это не копия ключей"),
    ],
)
async def test_a_copy_that_does_not_fit_changes_nothing(
    copy: Path, place: KeyPlace, change: dict[str, object], secret: str, why: str
) -> None:
    changed(copy, change)
    (place.folder / "data.key").unlink()
    with pytest.raises(Refusal) as refused:
        restore(place, copy, secret)
    assert refused.value.text == f"{copy}: {why}"
    assert not (place.folder / "data.key").exists()


async def test_keys_that_are_there_are_never_replaced(copy: Path, place: KeyPlace) -> None:
    with pytest.raises(Refusal, match="на месте, копия не нужна"):
        restore(place, copy, SECRET)


def test_a_passphrase_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE", "короткий")
    with pytest.raises(Refusal, match="не короче 12 знаков"):
        passphrase()
    monkeypatch.delenv("TSUR_BACKUP_PASSPHRASE")
    (tmp_path / "p").write_text(SECRET + "\n")
    monkeypatch.setenv("TSUR_BACKUP_PASSPHRASE_FILE", str(tmp_path / "p"))
    assert passphrase() == SECRET
