"""`tsur serve` and `tsur token`: the service, and demo tokens to look at it with."""

from __future__ import annotations

import asyncio
import gc
import importlib
import os
import socket
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Annotated, Any

import typer
import uvicorn
from sqlalchemy import select

from core.commands.checkup import require_fit
from core.commands.packets import with_patience
from core.commands.regions import RegionCode, opened, ready
from core.directory.model import Person
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.logs import write_logs
from core.kernel.public_address import require_public_url
from core.kernel.region import Region
from core.kernel.rules.roles import Role
from core.kernel.settings import Settings, read_settings
from core.region.tokens import DEMO_SUBJECT, demo_token, require_issuer
from core.worker.supervision import supervising

APPLICATION = "schema.web.app"
SHUTDOWN_SECONDS = 15
PUBLIC = "public_url"
UNBOUND = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""Listened on, but no address to give: what is given out instead."""

verbs = typer.Typer()


@dataclass(frozen=True, slots=True)
class Card:
    """A region as it is announced: its name and a token of each role its demo has."""

    code: str
    name: str
    tokens: tuple[tuple[str, str], ...]


class Service(uvicorn.Server):
    """The application of these regions; says what it serves once it does."""

    def __init__(self, settings: Settings, host: str, port: int, *, tokens: bool) -> None:
        self._http = with_patience(settings.header_seconds)
        config = uvicorn.Config(
            self._application,
            factory=True,
            http=self._http,
            host=host,
            port=port,
            log_level="warning",
            log_config=None,  # its lines go where ours go, and lose their tokens there
            access_log=False,  # addresses may quote what people search for
            server_header=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=[*settings.trusted_proxies],
            limit_concurrency=settings.max_connections,
            timeout_keep_alive=settings.idle_seconds,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        super().__init__(config)
        self._settings, self._tokens = settings, tokens
        self._opened = AsyncExitStack()
        self._regions: list[Region] = []
        self._served: Any = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the regions and serve them until a signal comes."""
        gc.disable()  # until it has started: what is made by then is no garbage
        try:
            async with self._opened as opened:
                for code in self._settings.regions:
                    region = await opened.enter_async_context(
                        ready(self._settings, code, beginning=not self._settings.production)
                    )
                    await require_fit(region)
                    self._regions.append(region)
                await super().serve(sockets)
        finally:
            gc.enable()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce; a failed start announces nothing."""
        await super().startup(sockets)
        if self.started:
            gc.freeze()  # what stands now stands to the end: collections need not look at it
            gc.enable()
            cards = [await _card(region, tokens=self._tokens) for region in self._regions]
            host, port, *_ = self.servers[0].sockets[0].getsockname()
            with suppress(OSError):  # no room for what is said is no reason not to serve
                typer.echo(announcement(f"http://{host}:{port}", cards))
            if self._settings.broker_url is None and self._settings.jobs == "apart":
                await self._opened.enter_async_context(supervising(self._settings.data_dir))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the regions too: the signal that ends the service ends the process after this.

        Streams end first: nobody waits for those that would never end by themselves.
        """
        state = getattr(self._served, "state", None)  # none where the start has failed
        for endpoint in getattr(state, "endpoints", {}).values():
            await endpoint.feed.stop()
        await super().shutdown(sockets)
        await self._opened.aclose()

    def _application(self) -> Any:
        jobs = self._settings.broker_url is not None or self._settings.jobs == "here"
        app = importlib.import_module(APPLICATION)
        self._served = app.create_app(self._settings, self._regions, jobs=jobs)
        self._http.safe = self._served.safe
        self._http.crowded = staticmethod(self._served.crowded)
        return self._served


@verbs.command()
def serve(
    host: Annotated[str, typer.Option(help="На каком адресе слушать")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="На каком порту")] = 8000,
    tokens: Annotated[
        bool, typer.Option("--tokens", help="Напечатать по демо-токену на роль")
    ] = False,
) -> None:
    """Обслуживать регионы: GraphQL по адресу /<регион>/graphql, готовность — /healthz."""
    settings = read_settings()
    require_issuer(settings)
    require_public_url(settings)
    write_logs(structured=settings.structured_logs)
    with bound(host, port) as listening:
        Service(addressed(settings, listening), host, port, tokens=tokens).run([listening])


@verbs.command()
def token(
    region: RegionCode,
    role: Annotated[str, typer.Option(help="Роль демо-должностного лица, например curator")],
) -> None:
    """Напечатать демо-токен роли последней строкой; в промышленной установке отказ."""
    typer.echo(asyncio.run(_token(read_settings(), region, role)))


def bound(host: str, port: int) -> socket.socket:
    """A socket on the address, not listening yet; Refusal(INVALID) where it cannot be had."""
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        text = f"Адрес {host}:{port} занят или недоступен: выберите другой --host или --port"
        raise Refusal(RefusalCode.INVALID, text) from error
    return made


def addressed(settings: Settings, listening: socket.socket) -> Settings:
    """Where nobody said what links begin with: with the very address that is served.

    It stands in the environment too, for the process that works the jobs off.
    """
    if PUBLIC in settings.model_fields_set:
        return settings
    host, port, *_ = listening.getsockname()
    here = UNBOUND.get(host, f"[{host}]" if ":" in host else host)
    address = os.environ["TSUR_PUBLIC_URL"] = f"http://{here}:{port}"
    return settings.model_copy(update={PUBLIC: address})


def announcement(address: str, cards: Sequence[Card]) -> str:
    """What is said once the service answers: addresses, then tokens."""
    lines = [f"ЦУР работает: {address}  (готовность: {address}/healthz)"]
    for card in cards:
        lines += ["", f"{card.name}: {address}/{card.code}/"]
        if card.tokens:
            lines.append(f"  войти: {address}/{card.code}/login/demo/{card.tokens[0][0]}")
        lines.append(f"  API:   {address}/{card.code}/graphql")
        width = max((len(role) for role, _ in card.tokens), default=0)
        lines += [f"  {role:<{width}}  {token}" for role, token in card.tokens]
    return "\n".join(lines)


async def _card(region: Region, *, tokens: bool) -> Card:
    return Card(region.code, region.passport.centre, await _tokens(region) if tokens else ())


async def _tokens(region: Region) -> tuple[tuple[str, str], ...]:
    """A token of every role that somebody of the demo holds."""
    async with region.database.reading() as session:
        subjects = set(await session.scalars(select(Person.subject)))
    roles = region.rules.all(Role, region.now().date())
    present = (role.key for role in roles if DEMO_SUBJECT.format(role=role.key) in subjects)
    return tuple((role, demo_token(region, role)) for role in present)


async def _token(settings: Settings, code: str, role: str) -> str:
    async with opened(settings, code) as region:
        return demo_token(region, role)
