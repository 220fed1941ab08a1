"""One line, three themes, no term but the promised one."""

from __future__ import annotations

from pathlib import Path

from core.api import hookimpl
from core.appeals.rules import Channel, ChannelKind, Regime
from core.directory.rules import Theme
from core.kernel.rules import Passport
from core.law.act import Act, Clause
from core.law.rule import Rule
from core.structure.rules import BlockRule

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


def _blocks() -> tuple[BlockRule, ...]:
    return tuple(
        BlockRule(key, name, themes=(key,), significant=False, clause=GROUND)
        for key, name in THEMES
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
    return (
        *_passports(),
        *_themes(),
        *_blocks(),
        *_channels(),
    )
