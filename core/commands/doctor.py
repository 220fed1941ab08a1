"""`tsur doctor`: everything that the installation needs, checked, each with what to do."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Annotated

import httpx
import orjson
import typer

from core.commands.checkup import FAULT, WARNING, WELL, region_findings
from core.commands.clocks import clock
from core.commands.finding import Finding, Matter, document
from core.commands.letters import mail_findings
from core.kernel.errors import Refusal
from core.kernel.public_address import require_public_url
from core.kernel.settings import Settings, read_settings
from core.region.backup.record import require_finished
from core.region.issuer import DISCOVERY, reading_issuer
from core.region.tokens import require_issuer
from core.region.upkeep.disks import room, standing_folder
from core.worker.silence import silence_of

TIMEOUT_SECONDS = 10.0
LOCAL = "http://127.0.0.1"

verbs = typer.Typer()


@verbs.command()
def doctor(
    json: Annotated[
        bool, typer.Option("--json", help="Последней строкой — один объект JSON")
    ] = False,
    mail: Annotated[
        str | None,
        typer.Option("--mail", help="Отправить на этот адрес по письму из каждого региона"),
    ] = None,
) -> None:
    """Проверить установку: настройки, базы, ключи, брокер, вход, часы, диск, календарь, почту."""
    found = asyncio.run(findings(mail))
    if json:
        typer.echo(orjson.dumps(document(found)).decode())
    else:
        for one in found:
            typer.echo(one.line)
    if any(one.state is not WELL for one in found):
        raise typer.Exit(1)


async def findings(mail: str | None = None) -> list[Finding]:
    """Of the process first, then of each region; with a letter to an address of ours, if given."""
    try:
        settings = read_settings()
    except Refusal as refusal:
        return [Finding(Matter.SETTINGS, FAULT, refusal.text)]
    try:
        require_finished(settings.data_dir)
    except Refusal as refusal:
        return [Finding(Matter.BACKUP, FAULT, refusal.text)]
    found = [_settings(settings), *await _issuer(settings), await _broker(settings)]
    found.append(_disk(settings))
    for code in settings.regions:
        found += await region_findings(settings, code)
    return found if mail is None else [*found, *await mail_findings(settings, mail)]


def _settings(settings: Settings) -> Finding:
    try:
        require_public_url(settings)
    except Refusal as refusal:
        return Finding(Matter.SETTINGS, FAULT, refusal.text)
    if settings.production and settings.public_url.startswith(LOCAL):
        text = "ссылки гражданам ведут на эту машину: исправьте TSUR_PUBLIC_URL"
        return Finding(Matter.SETTINGS, WARNING, text)
    regions = ", ".join(settings.regions)
    mode = "промышленная установка" if settings.production else "не промышленная установка"
    return Finding(Matter.SETTINGS, WELL, f"{mode}, регионы: {regions}")


async def _issuer(settings: Settings) -> list[Finding]:
    """Whether tokens can be checked; its clock, where it says the time."""
    name = settings.oidc_issuer
    if name is None:
        try:
            require_issuer(settings)
        except Refusal as refusal:
            return [Finding(Matter.ISSUER, FAULT, refusal.text)]
        return [Finding(Matter.ISSUER, WELL, "не задан: действуют токены самой установки")]
    try:
        async with reading_issuer(name) as issuer:
            await issuer.keys(None)
            answer = await issuer.client.get(name.rstrip("/") + DISCOVERY, timeout=TIMEOUT_SECONDS)
    except (Refusal, httpx.HTTPError):
        text = "ключи не прочитаны: проверьте TSUR_OIDC_ISSUER (буква в букву) и доступ к нему"
        return [Finding(Matter.ISSUER, FAULT, text)]
    well = Finding(Matter.ISSUER, WELL, "ключи прочитаны")
    said = answer.headers.get("date")
    return [well, clock(_moment(said), "сервером входа")] if said else [well]


def _moment(said: str) -> datetime:
    """The moment of an HTTP date; now, where it is none."""
    try:
        return parsedate_to_datetime(said).astimezone(UTC)
    except ValueError:
        return datetime.now(UTC)


async def _broker(settings: Settings) -> Finding:
    if settings.broker_url is None:
        return Finding(Matter.BROKER, WELL, "не задан: задания выполняет сам tsur serve")
    try:
        why = await silence_of(settings)
    except Refusal as refusal:
        return Finding(Matter.BROKER, FAULT, refusal.text)
    if why is not None:
        return Finding(Matter.BROKER, FAULT, why)
    shared = settings.broker_url.startswith("redis")
    counting = "считает и запросы" if shared else "запросы считает каждый процесс отдельно"
    return Finding(Matter.BROKER, WELL, f"отвечает, {counting}")


def _disk(settings: Settings) -> Finding:
    folder = standing_folder(settings.data_dir)
    found = room(folder)
    text = f"свободно {found.free / 1e9:.1f} ГБ в {folder}"
    if found.state is FAULT:
        text = f"{text}: освободите место, иначе запись прекратится"
    elif found.state is WARNING:
        text = f"{text}: освободите место"
    return Finding(Matter.DISK, found.state, text)
