"""The region itself: its card, one body and two channels of messages."""

from __future__ import annotations

from pathlib import Path

from core.api import hookimpl
from core.appeals.rules import Channel, ChannelKind, Regime
from core.directory.rules import Body, BodyKind
from core.kernel.rules import Passport
from core.law.act import Act
from core.law.rule import Rule

ACT = Act.load(Path(__file__).with_name("act.toml"))
SOCIAL, MAP = "social", "map"


@hookimpl
def acts() -> tuple[Act, ...]:
    return (ACT,)


@hookimpl
def rules() -> tuple[Rule, ...]:
    clause = ACT.cite("1")
    return (
        Passport(
            "region",
            name="Регион сроков",
            centre="Центр управления регионом сроков",
            centre_short="ЦУС",
            subject="00",
            timezone="Europe/Moscow",
            number_prefix="СР",
            clause=clause,
        ),
        Body("ministry", "Министерство сроков", BodyKind.EXECUTIVE, clause=clause),
        *(
            Channel(key, name, ChannelKind.OPEN_PUBLICATION, Regime.MESSAGE, clause=clause)
            for key, name in ((SOCIAL, "Социальные сети"), (MAP, "Карта проблем"))
        ),
    )
