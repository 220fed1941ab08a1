"""One line, three themes, no term but the promised one."""

from __future__ import annotations

from pathlib import Path

from core.api import (
    Act,
    Block,
    Channel,
    ChannelKind,
    Clause,
    Passport,
    Regime,
    Rule,
    Theme,
    hookimpl,
)

ACT = Act.load(Path(__file__).with_name("act.toml"))
GROUND: Clause = ACT.cite("1")
THEMES = (
    ("city-streets", "Улицы и освещение"),
    ("city-cleaning", "Уборка и вывоз мусора"),
    ("city-green", "Парки и деревья"),
)


@hookimpl
def acts() -> tuple[Act, ...]:
    return (ACT,)


def _passports() -> tuple[Passport, ...]:
    """The source keeps one clock the year round: an hour of spring would change the verdict."""
    card = Passport(
        "region",
        name="Бостон",
        centre="Линия 311",
        centre_short="311",
        subject="00",
        timezone="Etc/GMT+5",
        number_prefix="БС",
        clause=GROUND,
    )
    return (card,)


def _themes() -> tuple[Theme, ...]:
    return tuple(Theme(key, name, clause=GROUND) for key, name in THEMES)


def _blocks() -> tuple[Block, ...]:
    return tuple(
        Block(key, name, themes=(key,), significant=False, clause=GROUND) for key, name in THEMES
    )


def _channels() -> tuple[Channel, ...]:
    """What comes by the line is a message: 59-ФЗ has no term for it."""
    line = Channel(
        "line-311",
        "Линия 311",
        ChannelKind.DIRECT,
        Regime.MESSAGE,
        electronic=False,
        clause=GROUND,
    )
    return (line,)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_passports(),
        *_themes(),
        *_blocks(),
        *_channels(),
    )
