"""The region itself: its card, a ministry and its units."""

from __future__ import annotations

from pathlib import Path

from core.api import hookimpl
from core.directory.rules import Body, BodyKind
from core.kernel.rules import Passport
from core.law.act import Act
from core.law.rule import Rule

ACT = Act.load(Path(__file__).with_name("act.toml"))
UNITS = {"desk": "Отдел писем", "bureau": "Отдел дорог"}


@hookimpl
def acts() -> tuple[Act, ...]:
    return (ACT,)


@hookimpl
def rules() -> tuple[Rule, ...]:
    clause = ACT.cite("1")
    return (
        Passport(
            "region",
            name="Пробный регион",
            centre="Центр управления пробным регионом",
            centre_short="ЦУП",
            subject="00",
            timezone="Europe/Moscow",
            number_prefix="РП",
            clause=clause,
        ),
        Body("ministry", "Министерство", BodyKind.EXECUTIVE, clause=clause),
        *(
            Body(key, name, BodyKind.EXECUTIVE, "ministry", clause=clause)
            for key, name in UNITS.items()
        ),
    )
