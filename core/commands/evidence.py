"""`tsur evidence`, `tsur anchors`: packages of evidence, and what they are verified by."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import orjson
import typer
from cryptography.x509 import load_pem_x509_certificates
from sqlalchemy import select

from core.appeals.model import Appeal
from core.commands.regions import RegionCode, opened, ready
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyfiles import write_file
from core.kernel.posting import Server
from core.kernel.region import Region
from core.kernel.sealing import verifier
from core.kernel.sealing.verifier import Broken, Package
from core.kernel.settings import Settings, read_settings
from core.kernel.unreadable import why
from core.region.evidence.anchors import OUTER, anchors_of, trust
from core.region.evidence.packages import Handing, Stamping, content_of, hand_out
from core.region.sealing.jobs import run_seal
from core.region.sealing.timestamps import HttpProvider, query
from core.region.sealing.witness import cosigner_key

verbs = typer.Typer()
VERIFIER = "verifier.py"
PART = b"PK\3\4"
"""How a part of a ZIP begins."""


@verbs.command()
def evidence(
    region: RegionCode,
    subject: Annotated[str, typer.Argument(metavar="ID", help="Документ или номер обращения")],
    file: Annotated[Path, typer.Argument(help="Куда записать пакет")],
    to: Annotated[str, typer.Option(help="Кому выдан")] = "оператор командной строки",
    ground: Annotated[str, typer.Option(help="На каком основании")] = "служебная проверка",
    url: Annotated[str | None, typer.Option(help="Служба меток времени (RFC 3161)")] = None,
) -> None:
    """Составить и выдать пакет доказательств; выдача остаётся в журнале."""
    handing = Handing(to, ground)
    content = asyncio.run(_made(read_settings(), region, subject, handing, url))
    _write(file, content)
    typer.echo(f"{region}: пакет записан, {len(content)} байт; tsur verify {file} проверяет")


@verbs.command()
def anchors(
    region: RegionCode,
    folder: Annotated[Path, typer.Argument(help="Папка для якорей и программы проверки")],
    stamps: Annotated[
        Path | None, typer.Option(help="Корни служб меток времени: файл сертификатов PEM")
    ] = None,
    signers: Annotated[
        Path | None, typer.Option(help="Корни удостоверяющих центров: файл сертификатов PEM")
    ] = None,
    witness: Annotated[list[str] | None, typer.Option(help="Открытые ключи свидетелей")] = None,
) -> None:
    """Записать якоря региона и программу проверки, которая работает без системы."""
    said = {"stamps": stamps, "signers": signers}
    outer: dict[str, object] = {key: _roots(path) for key, path in said.items() if path}
    witnesses = {name: public.hex() for name, public in map(cosigner_key, witness or ())}
    outer |= {"witnesses": witnesses} if witnesses else {}
    told = asyncio.run(_anchors(read_settings(), region, outer))
    _write(folder / "anchors.json", orjson.dumps(told))
    _write(folder / VERIFIER, Path(verifier.__file__).read_bytes())
    typer.echo(f"python {VERIFIER} ПАКЕТ anchors.json — в папке {folder}")


def verify_package(settings: Settings, whole: bytes, trusted: Path | None) -> bool:
    """Say what a package proves, or on the last line what of it is broken; whether it holds.

    Without anchors of their own the keys of this installation's regions are trusted.
    """
    try:
        known = _read(trusted) if trusted else asyncio.run(_own(settings))
        typer.echo(str(Package(whole, known)))
    except Broken as error:
        typer.echo(str(error))
        return False
    return True


def _roots(path: Path) -> str:
    """Certificates in PEM; Refusal(INVALID) for what cannot be read or is none."""
    try:
        content = path.read_bytes()
        load_pem_x509_certificates(content)
        return content.decode()
    except OSError as error:
        raise Refusal(RefusalCode.INVALID, f"{path}: не читается: {why(error)}") from None
    except ValueError:
        raise Refusal(RefusalCode.INVALID, f"{path}: сертификатов PEM в файле нет") from None


def _write(file: Path, content: bytes) -> None:
    """Write the file; Refusal(INVALID) where it cannot be written."""
    try:
        write_file(file, content)
    except OSError as error:
        raise Refusal(RefusalCode.INVALID, f"{file}: не пишется: {why(error)}") from None


def _read(trusted: Path) -> dict[str, object]:
    """The anchors in a file; Refusal(BROKEN_FILE) where it has none."""
    try:
        known = orjson.loads(trusted.read_bytes())
    except (OSError, ValueError):
        known = None
    if not isinstance(known, dict) or not isinstance(known.get("regions"), dict):
        raise Refusal(RefusalCode.BROKEN_FILE, f"Якорей в файле нет: {trusted}")
    return {**OUTER, **known}


async def _own(settings: Settings) -> dict[str, object]:
    found: dict[str, object] = {}
    regions: dict[str, object] = {}
    for code in settings.regions:
        async with opened(settings, code) as region:
            own = anchors_of(region.sealing, region.code)
        regions |= own["regions"]
        found = {key: _joined(found.get(key), own[key]) for key in own}
    return {**found, "regions": regions}


def _joined(known: object, more: object) -> object:
    if isinstance(known, dict) and isinstance(more, dict):
        return {**known, **more}
    return more if known is None or known == more else f"{known}{more}"


async def _made(
    settings: Settings, code: str, subject: str, handing: Handing, url: str | None
) -> bytes:
    async with ready(settings, code) as region:
        await run_seal(region, {})
        kind, number = await _found(region, subject)
        async with region.work(system()) as work:
            row = await hand_out(work, region.files, kind, number, handing, _stamping(url))
            return await content_of(work, row.id)


async def _found(region: Region, subject: str) -> tuple[str, int]:
    """A number is a document's; anything else is how an appeal is registered."""
    if subject.isascii() and subject.isdecimal() and len(subject) < 10:
        return "document", int(subject)
    async with region.reading(system()) as work:
        number = await work.session.scalar(select(Appeal.id).where(Appeal.number == subject))
    if number is None:
        raise Refusal(RefusalCode.NOT_FOUND, f"Обращения «{subject}» нет")
    return "appeal", number


def _stamping(url: str | None) -> Stamping | None:
    if url is None:
        return None

    async def stamping(content: bytes) -> bytes:
        return await HttpProvider(Server(url, private=True)).answer(query(content))

    return stamping


async def _anchors(settings: Settings, code: str, outer: dict[str, object]) -> dict[str, object]:
    async with opened(settings, code) as region:
        if outer:
            trust(region.sealing, **outer)
        return anchors_of(region.sealing, region.code)
