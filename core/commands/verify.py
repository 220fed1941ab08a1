"""`tsur verify` and `tsur key`: certificates, packages of evidence, rollups, journals."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
from joserfc.jwk import OKPKey

from core.appeals.certificate import Verification, content_of, region_named, verify
from core.appeals.certificate_journal import PENDING
from core.appeals.figures.proof import Proof
from core.commands.evidence import PART, verify_package
from core.commands.progress import bar
from core.commands.regions import RegionCode, opened, ready, standing
from core.commands.verify_journal import verify_journals
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.keyring import signing_keys
from core.kernel.keys import checking_by
from core.kernel.settings import Settings, read_settings
from core.kernel.unreadable import why
from core.region.figures import prove_all, rebuild_all
from core.region.sealing.evidence import verify_certificate
from core.region.sealing.proof import Fault, Findings
from core.shapes.figures.proof import hold_still

STDIN, ROLLUPS, JOURNAL = Path("-"), Path("rollups"), Path("journal")

verbs = typer.Typer()


@verbs.command("verify")
def verify_(
    file: Annotated[
        Path,
        typer.Argument(
            help="Справка или пакет; «-» — ввод; rollups — показатели; journal — журнал"
        ),
    ],
    codes: Annotated[
        list[str] | None, typer.Argument(help="Чей журнал проверить; без указания — всех")
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Открытый ключ региона (tsur key)"),
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(help="Чьи показатели проверить; без указания — всех")
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Прежде составить показатели заново по обращениям")
    ] = False,
    stored: Annotated[
        bool, typer.Option("--stored", help="Сверить справку и с журналом в базе региона")
    ] = False,
    anchors: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Якоря пакета (tsur anchors)")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Найденное в журнале — строкой JSON")
    ] = False,
) -> None:
    """Проверить справку, пакет доказательств, показатели (rollups) или журнал (journal)."""
    settings = read_settings()
    if file == JOURNAL:
        told = verify_journals(settings, codes or region or settings.regions, as_json=as_json)
        raise typer.Exit(0 if told else 1)
    if file == ROLLUPS:
        proofs = [_proof(settings, code, rebuild=rebuild) for code in region or settings.regions]
        if any(proof.differences for proof in proofs):
            raise typer.Exit(1)
        return
    if file != STDIN and _is_package(file):
        raise typer.Exit(0 if verify_package(settings, file.read_bytes(), anchors) else 1)
    found, differing = asyncio.run(_verify(settings, file, key, stored=stored))
    _say(found)
    for fault in differing:
        typer.echo(f"{fault.where}: {fault.what}", err=True)
    if differing:
        raise typer.Exit(1)


def _say(found: Verification) -> None:
    """What a certificate that holds says."""
    typer.echo(f"Справка верна: {found.region}, обращение {found.appeal}")
    if not found.same_edition:
        typer.echo(f"Составлена по редакции свода {found.edition}, сроки с тех пор не изменились")
    for due in found.deadlines:
        mark = "действует" if due["governs"] else "учтён"
        typer.echo(f"  {mark}: {due['name']} — {due['due_at'] or 'не начат'} [{due['clause']}]")
    in_tree = f"в дереве из {found.leaves} листьев" if found.leaves else PENDING
    typer.echo(f"Журнал обращения: {in_tree}")


@verbs.command()
def key(region: RegionCode) -> None:
    """Напечатать открытые ключи региона, прежние за нынешним: с ними справки проверяют всюду."""
    typer.echo(asyncio.run(_public(read_settings(), region)), nl=False)


def _proof(settings: Settings, code: str, *, rebuild: bool) -> Proof:
    """Verify one region's rollups and say what came of it."""
    proof = asyncio.run(_verify_rollups(settings, code, rebuild=rebuild))
    if not proof.differences:
        typer.echo(f"{code}: показатели верны, обращений {proof.appeals}, срезов {proof.cuts}")
        return proof
    typer.echo(f"{code}: показатели расходятся с журналами обращений", err=True)
    for difference in proof.differences:
        typer.echo(f"  {difference.where}: {difference.what}", err=True)
    return proof


async def _verify_rollups(settings: Settings, code: str, *, rebuild: bool) -> Proof:
    async with ready(settings, code) as region:
        if rebuild:
            async with region.work(system()) as work:
                await rebuild_all(work)
        with bar("Проверка") as tick:
            async with region.reading(system()) as work:
                await hold_still(work)
                return await prove_all(work, progress=tick)


async def _verify(
    settings: Settings, file: Path, key: Path | None, *, stored: bool
) -> tuple[Verification, list[Fault]]:
    """What the certificate says, and where it differs from the region's database if so asked."""
    text, differing = _text(file), Findings()
    code, given = region_named(text), checking_by(_imported(key)) if key else None
    if given and not stored:  # wherever it is: neither keys nor a database of one's own
        async with standing(settings, code) as (region,):
            return verify(text, region.rules, given, region.calendar), []
    async with opened(settings, code) as region:
        found = verify(text, region.rules, given or region.keys, region.calendar)
        if stored:
            async with region.reading(system()) as work:
                await verify_certificate(work, content_of(text), differing)
    return found, differing.faults


async def _public(settings: Settings, code: str) -> str:
    async with opened(settings, code) as region:
        return "".join(one.as_pem(private=False).decode() for one in region.keys.checking)


def _is_package(file: Path) -> bool:
    """Whether there is a part of a ZIP in it, wherever: bytes before one are what is broken."""
    try:
        return PART in file.read_bytes()
    except OSError:
        return False


def _text(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == STDIN else file.read_bytes()
        return raw.decode()
    except OSError as error:
        raise Refusal(RefusalCode.BROKEN_FILE, f"Файл не читается: {why(error)}") from error
    except UnicodeDecodeError as error:
        raise Refusal(
            RefusalCode.CERTIFICATE_INVALID, "Файл справки записан не в кодировке UTF-8"
        ) from error


def _imported(path: Path) -> tuple[OKPKey, ...]:
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        text = ""
    return signing_keys(text, str(path), private=False)
