"""`tsur serve` and `tsur token`: the service, and demo tokens to look at it with."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
import uvicorn
from sqlalchemy import select

from core.commands.opening import RegionCode, opened, ready
from core.directory.model import Person
from core.regions import Region
from core.rules.roles import Role
from core.settings import Settings, read_settings
from core.tokens import DEMO_SUBJECT, demo_token

APPLICATION = "schema.app:create_app"
SHUTDOWN_SECONDS = 15
COLLECT = (50_000, 20, 50)
"""Thresholds of garbage collection: pages are many objects, none of them in a cycle."""


@dataclass(frozen=True, slots=True)
class Card:
    """A region as it is announced: its name and a token of each role its demo has."""

    code: str
    name: str
    tokens: tuple[tuple[str, str], ...]


class AnnouncedServer(uvicorn.Server):
    """Says what it serves once it does."""

    def __init__(self, config: uvicorn.Config, cards: Sequence[Card]) -> None:
        super().__init__(config)
        self.cards = cards

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce; a failed start announces nothing."""
        await super().startup(sockets)
        if self.started:
            # What stands now stands to the end: collecting garbage need not look at it again.
            gc.collect()
            gc.freeze()
            gc.set_threshold(*COLLECT)
            host, port, *_ = self.servers[0].sockets[0].getsockname()
            typer.echo(announcement(f"http://{host}:{port}", self.cards))


def serve(
    host: Annotated[str, typer.Option(help="На каком адресе слушать")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="На каком порту")] = 8000,
    tokens: Annotated[
        bool, typer.Option("--tokens", help="Напечатать по демо-токену на роль")
    ] = False,
) -> None:
    """Обслуживать регионы: GraphQL по адресу /<регион>/graphql, готовность — /healthz."""
    settings = read_settings()
    cards = [asyncio.run(_card(settings, code, tokens=tokens)) for code in settings.regions]
    config = uvicorn.Config(
        APPLICATION,
        factory=True,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,  # addresses may quote what people search for
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    AnnouncedServer(config, cards).run()


def token(
    region: RegionCode,
    role: Annotated[str, typer.Option(help="Роль демо-должностного лица, например curator")],
) -> None:
    """Напечатать демо-токен роли последней строкой; в промышленной установке отказ."""
    typer.echo(asyncio.run(_token(read_settings(), region, role)))


def announcement(address: str, cards: Sequence[Card]) -> str:
    """What is said once the service answers: addresses, then tokens."""
    lines = [f"ЦУР работает: {address}  (готовность: {address}/healthz)"]
    for card in cards:
        lines += ["", f"{card.name}: {address}/{card.code}/graphql"]
        width = max((len(role) for role, _ in card.tokens), default=0)
        lines += [f"  {role:<{width}}  {token}" for role, token in card.tokens]
    return "\n".join(lines)


async def _card(settings: Settings, code: str, *, tokens: bool) -> Card:
    async with ready(settings, code) as region:
        found = await _tokens(region) if tokens else ()
        return Card(region.code, region.passport.centre, found)


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
