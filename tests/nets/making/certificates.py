"""Twelve certificates: in each region a case answered in time, one put off, one promised."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from core.appeals import answering, handover
from core.appeals.certificate import certify
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.ledger import pure, read_entries
from core.appeals.model import Appeal
from core.appeals.prolonging import prolong
from core.appeals.rules.intake import Regime
from core.directory.model import Body
from core.kernel.access import Actor, system
from core.kernel.region import Region
from core.kernel.rules.passport import Municipality
from tests.core.appeals.conftest import EXPLAINED
from tests.fixtures.actors import appoint
from tests.fixtures.clock import FrozenClock
from tests.nets.making.opening import on_new_database
from tests.nets.places import CERTIFICATES, REGIONS

LETTER = NewAppeal("letter", "", "Просим навести порядок.", theme="roads", addressee="office")
RECEIVED = datetime(2026, 2, 27, 18, 30, tzinfo=UTC)
COLUMNS = (
    "region", "case", "rule", "clause", "length", "unit",
    "started_at", "due_at", "stopped_at", "governs", "steps",
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """What an appeal is and what comes of it: the days of each step, None where it never came."""

    changes: Mapping[str, Any] = field(default_factory=dict)
    registered: tuple[int, ...] = (2026, 3, 2)
    accepted: tuple[int, ...] | None = (2026, 3, 3)
    prolonged: date | None = None
    answered: tuple[int, ...] | None = None


ORDINARY = Story(answered=(2026, 3, 20))
PUT_OFF = Story(prolonged=date(2026, 4, 20))
PROMISED = Story({"promised_at": datetime(2026, 3, 10, 9, tzinfo=UTC)}, accepted=None)
MESSAGE = {"channel": "social-networks", "regime": Regime.MESSAGE}
STORIES: Mapping[str, tuple[Story, Story, Story]] = {
    "murmansk": (
        ORDINARY,
        PUT_OFF,
        Story({**PROMISED.changes, **MESSAGE}, answered=(2026, 3, 12)),
    ),
    "kursk": (
        Story({"theme": "housing"}, answered=(2026, 3, 20)),
        Story(prolonged=date(2026, 4, 28)),
        Story({**PROMISED.changes, **MESSAGE, "theme": "transport"}, accepted=None),
    ),
    "mari_el": (
        Story({"theme": "health"}, answered=(2026, 3, 29)),
        Story({"theme": "migration"}, prolonged=date(2026, 4, 1)),
        Story({**PROMISED.changes}, answered=(2026, 3, 10)),
    ),
    "chelyabinsk": (
        Story({"theme": "energy"}, answered=(2026, 3, 29, 18, 59, 59)),
        Story({"theme": "culture"}, prolonged=date(2026, 4, 15), answered=(2026, 4, 16)),
        Story({**PROMISED.changes, **MESSAGE, "municipality": "first"}, accepted=None),
    ),
}
CASES = ("ordinary", "prolonged", "promised")


async def make(folder: Path) -> None:
    """Write the certificates, and beside them their deadlines as one table."""
    rows: list[tuple[object, ...]] = []
    for code in REGIONS:
        clock = FrozenClock(RECEIVED)
        async with on_new_database(code, folder, clock) as region:
            for case, story in zip(CASES, STORIES[code], strict=True):
                text = await _certificate(region, clock, case, story)
                (CERTIFICATES / f"{code}-{case}.json").write_text(text, encoding="utf-8")
                rows += [(code, case, *_row(due)) for due in json.loads(text)["deadlines"]]
    with (CERTIFICATES / "deadlines.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


async def _certificate(region: Region, clock: FrozenClock, case: str, story: Story) -> str:
    number = await _taken_in(region, clock, case, story)
    official, chief = await _staff(region, number)
    if story.accepted:
        clock.at(*story.accepted)
        async with region.work(official) as work:
            await handover.accept(work, number)
    if story.prolonged:
        clock.at(2026, 3, 18)
        async with region.work(chief) as work:
            await prolong(work, number, story.prolonged, "нужна экспертиза", "срок продлён")
    if story.answered:
        clock.at(*story.answered)
        async with region.work(official) as work:
            await answering.answer(work, number, EXPLAINED)
    async with region.work(system()) as work:
        appeal = await work.session.get_one(Appeal, number)
        return certify(work, appeal, pure(await read_entries(work, number)))


async def _taken_in(region: Region, clock: FrozenClock, case: str, story: Story) -> int:
    clock.at(*story.registered)
    changes = dict(story.changes)
    if changes.get("municipality") == "first":
        changes["municipality"] = region.rules.all(Municipality, region.now().date())[0].key
    new = LETTER._replace(external_id=case, received_at=RECEIVED, **changes)
    async with region.work(system()) as work:
        if await work.session.scalar(select(Body.id).where(Body.key == "office")) is None:
            work.session.add(Body(key="office", name="Управление", form="executive"))
        return (await take_in(work, new)).appeal_id


async def _staff(region: Region, number: int) -> tuple[Actor, Actor]:
    """An official and a head of the body that holds the case."""
    async with region.work(system()) as work:
        body = (await work.session.get_one(Appeal, number)).body_id
        worker = await appoint(work, "body-official", body_id=body, subject=f"official-{number}")
        chief = await appoint(work, "body-head", body_id=body, subject=f"chief-{number}")
    return worker, chief


def _row(due: Mapping[str, Any]) -> tuple[object, ...]:
    told = {**due, "governs": "yes" if due["governs"] else "", "steps": " | ".join(due["steps"])}
    return tuple(told[column] for column in COLUMNS[2:])
