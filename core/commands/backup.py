"""`tsur backup`: databases, files and settings of all regions in one sealed file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from core.commands.regions import reaching, standing
from core.kernel.access import system
from core.kernel.region import Region
from core.kernel.settings import Settings, read_settings
from core.region.backup.archive import Saved, save
from core.region.backup.record import alone, keys_saved, require_finished
from core.region.keyring.copies import note_saved, passphrase
from core.region.keyring.service import remembered
from core.region.revisions import is_current, require_tables, require_there

verbs = typer.Typer()


@verbs.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Папка копий; создаётся, если её нет")],
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Положить в копию и ключи регионов")
    ] = False,
) -> None:
    """Снять копию баз, файлов и настроек под паролем из TSUR_BACKUP_PASSPHRASE."""
    settings, secret = read_settings(), passphrase()
    require_finished(settings.data_dir)
    saved, without = asyncio.run(_save(settings, folder, secret, with_keys=with_keys))
    for code, one in saved.contents.items():
        rows = sum(rows for rows, _ in one["tables"].values())
        typer.echo(f"{code}: таблиц {len(one['tables'])}, строк {rows}, файлов {len(one['files'])}")
    typer.echo(f"Копия: {saved.path}")
    for code in without:
        text = (
            f"Внимание: копии ключей региона «{code}» нет, а без них эту не прочесть: повторите "
            f"с --with-keys или выполните tsur keys backup {code}"
        )
        typer.echo(text, err=True)


async def _save(
    settings: Settings, folder: Path, secret: str, *, with_keys: bool
) -> tuple[Saved, list[str]]:
    """Make the copy; and the regions of whose keys nobody has a copy."""
    async with standing(settings) as regions:
        for region in regions:
            require_there(region)
            with reaching(region):
                await require_tables(region)
        with alone(settings.data_dir):
            saved = await save(regions, folder, secret, with_keys=with_keys)
        without = []
        for region in regions:
            if await is_current(region) and not await _keys_kept(region, with_keys=with_keys):
                without.append(region.code)
    return saved, without


async def _keys_kept(region: Region, *, with_keys: bool) -> bool:
    """Whether a copy of the keys was ever made; this one is remembered."""
    if with_keys:
        async with region.work(system()) as work:
            await note_saved(work)
        return True
    async with region.reading(system()) as work:
        marks = await remembered(work.session)
    kept = all(row.saved_at is not None for row in marks if row.retired_at is None)
    return kept or keys_saved(region.settings.data_dir, region.code)
