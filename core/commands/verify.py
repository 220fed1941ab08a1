"""`tsur verify` and `tsur key`: deadline certificates, checked without the server or its data."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from joserfc.jwk import OKPKey

from core.appeals.certificate import Verification, region_named, verify
from core.commands.opening import RegionCode, opened
from core.errors import Refusal, RefusalCode
from core.settings import Settings, read_settings

STDIN = Path("-")

verbs = typer.Typer()


@verbs.command("verify")
def verify_(
    file: Annotated[Path, typer.Argument(help="Файл справки; «-» — стандартный ввод")],
    key: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Открытый ключ региона (tsur key)"),
    ] = None,
) -> None:
    """Проверить справку о сроке: подпись, каждый байт и сам расчёт по своду правил."""
    found = asyncio.run(_verify(read_settings(), file, key))
    typer.echo(f"Справка верна: {found.region}, обращение {found.appeal}")
    if not found.same_edition:
        typer.echo(f"Составлена по редакции свода {found.edition}, сроки с тех пор не изменились")
    for due in found.deadlines:
        mark = "действует" if due["governs"] else "учтён"
        typer.echo(f"  {mark}: {due['name']} — {due['due_at'] or 'не начат'} [{due['clause']}]")


@verbs.command()
def key(region: RegionCode) -> None:
    """Напечатать открытый ключ региона: с ним справки проверяются где угодно."""
    typer.echo(asyncio.run(_public(read_settings(), region)), nl=False)


async def _verify(settings: Settings, file: Path, key: Path | None) -> Verification:
    text = _text(file)
    async with opened(settings, region_named(text)) as region:
        keys = replace(region.keys, signing=_imported(key)) if key else region.keys
        return verify(text, region.rules, keys, region.is_working_day)


async def _public(settings: Settings, code: str) -> str:
    async with opened(settings, code) as region:
        return region.keys.signing.as_pem(private=False).decode()


def _text(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == STDIN else file.read_bytes()
        return raw.decode()
    except OSError as error:
        raise Refusal(RefusalCode.BROKEN_FILE, f"Файл не читается: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refusal(RefusalCode.CERTIFICATE_INVALID, "Справка не в UTF-8") from error


def _imported(path: Path) -> OKPKey:
    try:
        return OKPKey.import_key(path.read_bytes())
    except ValueError as error:
        raise Refusal(RefusalCode.INVALID, "Это не открытый ключ Ed25519") from error
