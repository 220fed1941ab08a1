"""`tsur keys`: rotation, a sealed copy, and bringing it back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from core.commands.progress import bar
from core.commands.regions import RegionCode, opened, reaching, ready, standing
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.keyring import KeyPlace
from core.kernel.settings import RegionSettings, Settings, read_settings
from core.region.backup.conversion import convert
from core.region.backup.record import alone, require_finished
from core.region.keyring.copies import passphrase, restore, save
from core.region.keyring.rotation import Rotated
from core.region.keyring.rotation import rotate as rotate_keys
from core.region.keyring.service import key_place
from core.region.keyring.vault_mark import give_up_vault
from core.region.layers import layers_of
from core.region.revisions import require_there

verbs = typer.Typer()
keys = typer.Typer(no_args_is_help=True, help="Ключи: смена, копия, возвращение из копии")
verbs.add_typer(keys, name="keys")


@keys.command()
def rotate(region: RegionCode) -> None:
    """Сменить ключи и запечатать данные заново; прерванное продолжает тот же вызов."""
    done = asyncio.run(_rotate(read_settings(), region))
    begun = "продолжена и закончена" if done.resumed else "закончена"
    typer.echo(f"{region}: смена ключей {begun}, запечатано заново строк: {done.rows}")
    if done.own_keys:
        typer.echo(f"Сохраните новые ключи: tsur keys backup {region}")
    else:
        typer.echo("Прежний ключ можно убрать из настройки, когда перезапущены все процессы")


@keys.command()
def backup(
    region: RegionCode,
    to: Annotated[Path | None, typer.Option(help="Куда; без указания — рядом, с датой")] = None,
) -> None:
    """Сохранить ключи в файл под паролем из TSUR_BACKUP_PASSPHRASE."""
    secret = passphrase()
    path = to or Path(f"tsur-keys-{region}-{datetime.now(UTC):%Y%m%dT%H%M%S}.json")
    asyncio.run(_save(read_settings(), region, path, secret))
    typer.echo(f"{region}: ключи сохранены в {path}; держите файл и пароль порознь")


@keys.command("restore")
def restore_(
    region: RegionCode,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Копия ключей")],
) -> None:
    """Вернуть ключи из копии туда, где их нет; имеющихся не заменяет."""
    settings, secret = read_settings(), passphrase()
    layers_of(region, settings)
    code = region.rpartition(".")[2]
    place = KeyPlace(RegionSettings.of(code), settings.data_dir / code)
    for path in restore(place, file, secret):
        typer.echo(f"{region}: возвращён {path}")


@keys.command()
def seal(region: RegionCode) -> None:
    """Сделать файл базы SQLite таким, как сказано в TSUR_SEAL_TEXTS; службу остановите."""
    settings = read_settings()
    require_finished(settings.data_dir)
    done = asyncio.run(_seal(settings, region))
    state = "запечатана" if settings.seal_texts else "не запечатана"
    typer.echo(f"{region}: база {'теперь' if done else 'уже'} {state}")


@keys.command()
def renounce(region: RegionCode) -> None:
    """Отказаться от утраченного хранилища ключей журнала и начать новое; службу остановите."""
    asyncio.run(_renounce(read_settings(), region))
    typer.echo(f"{region}: следующий запуск начнёт новое хранилище; прежние строки не сверить")


async def _renounce(settings: Settings, code: str) -> None:
    async with opened(settings, code) as region:
        with alone(settings.data_dir), reaching(region):
            async with region.work(system()) as work:
                await give_up_vault(work.session, work.now)
                await work.record(Event("keys.renounced", f"keys:{work.region}"))


async def _rotate(settings: Settings, code: str) -> Rotated:
    async with ready(settings, code) as region:
        with bar(region.passport.name) as tick:
            return await rotate_keys(region, key_place(region), tick)


async def _seal(settings: Settings, code: str) -> bool:
    async with standing(settings, code) as (region,):
        if not region.database.is_sqlite:
            text = f"База региона «{region.code}» на сервере: его диски запечатывает он сам"
            raise Refusal(RefusalCode.INVALID, text)
        require_there(region)
        with alone(settings.data_dir), reaching(region), bar(region.passport.name) as tick:
            return convert(region, tick)


async def _save(settings: Settings, code: str, path: Path, secret: str) -> None:
    async with ready(settings, code) as region, region.work(system()) as work:
        await save(work, path, secret)
