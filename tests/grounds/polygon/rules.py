"""The law of the testing ground, and jobs that succeed, fail and come round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from core.api import Event, Job, Work, hookimpl
from core.directory.rules import Body, BodyKind
from core.kernel.rules import Passport
from core.law.act import Act
from core.law.rule import Rule

ACT = Act.load(Path(__file__).with_name("act.toml"))


@hookimpl
def acts() -> tuple[Act, ...]:
    return (ACT,)


@hookimpl
def migrations() -> tuple[Path, ...]:
    return (Path(__file__).with_name("migrations"),)


def _card() -> Passport:
    return Passport(
        "region",
        name="Полигон",
        centre="Центр управления полигоном",
        centre_short="ЦУП",
        subject="00",
        timezone="Asia/Yekaterinburg",
        number_prefix="ПЛ",
        clause=ACT.cite("1"),
    )


def _bodies() -> tuple[Body, ...]:
    clause = ACT.cite("1")
    return (
        Body("ministry", "Министерство полигона", BodyKind.EXECUTIVE, clause=clause),
        Body("office", "Управление", BodyKind.SUBORDINATE, "ministry", clause=clause),
    )


async def note(work: Work, payload: Mapping[str, object]) -> None:
    """Leave a trace in the journal."""
    await work.record(Event("noted", str(payload["subject"])))


async def stumble(work: Work, payload: Mapping[str, object]) -> None:
    """Leave a trace, then fail on a secret that must not be written anywhere."""
    await note(work, payload)
    raise ValueError("Иванов Иван Иванович, +7 900 000-00-00")


async def tick(work: Work, payload: Mapping[str, object]) -> None:
    """Leave a trace of having come round."""
    await work.record(Event("ticked", "clock:1"))


@hookimpl
def jobs() -> tuple[Job, ...]:
    return (
        Job("note", note),
        Job("stumble", stumble, attempts=3),
        Job("tick", tick, every=timedelta(minutes=10)),
    )


@hookimpl
def rules() -> tuple[Rule, ...]:
    return (
        _card(),
        *_bodies(),
    )
