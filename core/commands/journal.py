"""`tsur journal` and `tsur witness`: the head of a sealed journal, and who countersigns it."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from core.commands.regions import RegionCode, opened, ready
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.posting import Server
from core.kernel.sealing.notes import ED25519, BadNote, verifier
from core.kernel.sealing.signing import origin, public_keys
from core.kernel.settings import Settings, read_settings
from core.region.sealing.jobs import run_seal
from core.region.sealing.requests import keep_cosigned, read_request, request, seen_by
from core.region.sealing.timestamps import HttpProvider, stamp
from core.region.sealing.witness import FOLDER, Witness, cosigner_key

verbs = typer.Typer()
journal = typer.Typer(no_args_is_help=True, help="Запечатанный журнал: корень и его свидетели")
witness = typer.Typer(no_args_is_help=True, help="Быть свидетелем журналов других установок")
verbs.add_typer(journal, name="journal")
verbs.add_typer(witness, name="witness")

Name = Annotated[str, typer.Option(help="Имя свидетеля в его подписях")]
Input = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
MOST_BYTES = 200_000


@journal.command()
def seal(region: RegionCode) -> None:
    """Запечатать всё, что ждёт, не дожидаясь задания."""
    asyncio.run(_seal(read_settings(), region))
    typer.echo(f"{region}: запечатано; tsur verify journal {region} проверяет")


@journal.command("key")
def key_(region: RegionCode) -> None:
    """Напечатать ключи журнала для свидетелей, нынешний первым (signed-note)."""
    for line in asyncio.run(_keys(read_settings(), region)):
        typer.echo(line)


@journal.command("request")
def request_(
    region: RegionCode,
    of: Annotated[str, typer.Option(help="Открытый ключ свидетеля (tsur witness key)")],
    since: Annotated[int | None, typer.Option(help="Сколько листьев он видел")] = None,
) -> None:
    """Напечатать запрос подписи свидетеля под последним корнем."""
    name, _ = cosigner_key(of)
    typer.echo(asyncio.run(_request(read_settings(), region, name, since)), nl=False)


@journal.command()
def accept(
    region: RegionCode,
    asked: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Запрос")],
    given: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Ответ свидетеля")],
    of: Annotated[str, typer.Option(help="Открытый ключ свидетеля")],
) -> None:
    """Проверить и сохранить подпись свидетеля."""
    name, public = cosigner_key(of)
    asyncio.run(_accept(read_settings(), region, _text(asked), _text(given), name, public))
    typer.echo(f"{region}: подпись свидетеля «{name}» сохранена")


@journal.command("stamp")
def stamp_(
    region: RegionCode,
    url: Annotated[str, typer.Option(help="Адрес службы меток времени (RFC 3161)")],
    roots: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="Её корневые сертификаты, PEM")
    ],
) -> None:
    """Получить метку времени под последним корнем и сохранить её."""
    at = asyncio.run(_stamp(read_settings(), region, url, roots.read_bytes()))
    typer.echo(f"{region}: метка времени {at.isoformat()}")


@witness.command("key")
def witness_key(name: Name) -> None:
    """Напечатать свой открытый ключ; при первом вызове ключ создаётся."""
    typer.echo(_own(name).key)


@witness.command()
def trust(
    log: Annotated[str, typer.Argument(help="Ключ журнала (tsur journal key)")], name: Name
) -> None:
    """Стать свидетелем журнала; новый ключ того же журнала добавляют так же."""
    typer.echo(f"Свидетель «{name}» знает журнал {_own(name).trust(log)}")


@witness.command()
def sign(file: Input, name: Name) -> None:
    """Подписать корень из запроса, если он продолжает всё, что видел свидетель."""
    own = _own(name)
    if not own.home.is_dir():
        text = (
            f"Свидетеля здесь нет, искали {own.home.absolute()}: если он в другом месте, "
            "исправьте TSUR_DATA_DIR; нового заводит tsur witness trust"
        )
        raise Refusal(RefusalCode.INVALID, text)
    typer.echo(own.countersign(_text(file), int(time.time())), nl=False)


def _own(name: str) -> Witness:
    return Witness(name, read_settings().data_dir / FOLDER)


def _text(file: Path) -> str:
    try:
        return file.read_bytes()[:MOST_BYTES].decode()
    except (OSError, UnicodeDecodeError):
        raise Refusal(RefusalCode.BROKEN_FILE, f"Файл {file} не читается") from None


async def _stamp(settings: Settings, code: str, url: str, roots: bytes) -> datetime:
    async with ready(settings, code) as region, region.reading(system()) as work:
        return await stamp(work, HttpProvider(Server(url, private=True)), roots)


async def _seal(settings: Settings, code: str) -> None:
    async with ready(settings, code) as region:
        await run_seal(region, {})


async def _keys(settings: Settings, code: str) -> list[str]:
    async with opened(settings, code) as region:
        name = origin(region.code)
        return [verifier(name, ED25519, public) for public in public_keys(region.keys)]


async def _request(settings: Settings, code: str, name: str, since: int | None) -> str:
    async with ready(settings, code) as region, region.reading(system()) as work:
        old = seen_by(work.sealing, name) if since is None else since
        return str(await request(work, old))


async def _accept(
    settings: Settings, code: str, asked: str, given: str, name: str, public: bytes
) -> None:
    try:
        note = read_request(asked).note
    except BadNote:
        raise Refusal(RefusalCode.INVALID, "Это не запрос подписи свидетеля") from None
    async with opened(settings, code) as region:
        keep_cosigned(region.sealing, note, given, name, public)
