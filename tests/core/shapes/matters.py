"""Five things that are approved, each at the point where one person's decision is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.directory.model import Appointment, Delegation, Person
from core.directory.service import grants_of
from core.indicators.chain import propose, sign
from core.indicators.model import Indicator, IndicatorValue
from core.indicators.rules.kinds import Deed
from core.indicators.service import advance_value, record_value
from core.kernel.access import Actor, system
from core.kernel.codes import Authority, RefusalCode
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.kernel.work import Work
from core.shapes.chains.model import ChainRecord, DecisionRecord
from core.shapes.chains.rules import Decision, Ground
from core.structure.appointments import advance, approve_composition, begin
from core.structure.block_proposals import NewBlock, decide_block, propose_block
from core.structure.candidates import Candidate
from core.structure.model import BlockProposal
from core.structure.rules.appointments import Step
from core.structure.rules.blocks import BlockKind
from tests.core.indicators.centre import Centre as Indicators
from tests.fixtures.actors import EVER
from tests.fixtures.centre import SINCE, open_centre
from tests.fixtures.counts import counts

ROADS = ("roads",)
JANUARY = date(2026, 1, 15)
CULTURE = NewBlock("culture", "Культура", BlockKind.SECTOR, ("culture",), True, "много сообщений")
WRITTEN = (
    Appointment, BlockProposal, ChainRecord, DecisionRecord, Indicator, IndicatorValue,
    JournalEntry,
)  # fmt: skip
Prepare = Callable[[Region, Actor], Awaitable[int]]
Decide = Callable[[Work, int, Ground | None], Awaitable[object]]


@dataclass(frozen=True)
class Matter:
    """The holder of `first` has begun it; now the holder of `due` decides, in person.

    `again` is what he is told when he decides once more.
    """

    name: str
    region: str
    first: str
    due: str
    prepare: Prepare
    decide: Decide
    again: RefusalCode


async def official(region: Region, name: str, *roles: str) -> Actor:
    """A person of the directory who holds these roles today, for the block of roads."""
    async with region.work(system()) as work:
        person = Person(subject=name, name=f"Проверочный {name}")
        work.session.add(person)
        await work.session.flush()
        held = [
            Appointment(
                person_id=person.id,
                role=role,
                blocks=["roads"],
                municipalities=[],
                ground="для проверки",
                since=EVER,
            )
            for role in roles
        ]
        work.session.add_all(held)
        await work.session.flush()
        return Actor(name, person.id, grants_of(held, work.rules, work.today))


async def lend(region: Region, holder: Actor, role: str, name: str, until: date) -> Actor:
    """Another official with the role of the holder until a day; as a token of before has it."""
    delegate = await official(region, name)
    async with region.work(system()) as work:
        own = (Appointment.person_id == holder.person_id, Appointment.role == role)
        row = (await work.session.scalars(select(Appointment).where(*own))).one()
        assert delegate.person_id is not None
        work.session.add(
            Delegation(
                appointment_id=row.id,
                person_id=delegate.person_id,
                since=EVER,
                until=until,
                reason="отпуск",
            )
        )
    return replace(delegate, grants=tuple(g for g in holder.grants if g.role == role))


async def dismissed(region: Region, actor: Actor, on: date) -> None:
    async with region.work(system()) as work:
        (await work.session.get_one(Person, actor.person_id)).dismissed = on


async def rows(region: Region) -> int:
    """How many rows there are of all that a decision writes."""
    return sum(await counts(region, *WRITTEN))


async def two_persons(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    first = await official(region, "first", matter.first)
    return first, await official(region, "due", matter.due)


async def one_person(region: Region, matter: Matter) -> tuple[Actor, Actor]:
    both = await official(region, "both", matter.first, matter.due)
    return both, both


async def decided(region: Region) -> list[DecisionRecord]:
    async with region.database.reading() as session:
        return list(await session.scalars(select(DecisionRecord).order_by(DecisionRecord.id)))


async def _appointment(region: Region, first: Actor) -> int:
    centre = await open_centre(region)
    person = await centre.person("specialist", centre.roads)
    candidate = Candidate(person, "block-head", SINCE, ROADS)
    async with region.work(first) as work:
        decision = Decision(Authority.BLOCK_RESPONSIBLE)
        return (await begin(work, candidate, Step.APPOINT, decision)).appointment.id


async def _approve(work: Work, number: int, ground: Ground | None) -> object:
    return await advance(work, number, Step.APPROVE, Decision(Authority.CURATOR, ground))


async def _compose(work: Work, number: int, ground: Ground | None) -> object:
    return await approve_composition(work, [number], Decision(Authority.CURATOR, ground))


async def _block(region: Region, first: Actor) -> int:
    async with region.work(first) as work:
        return (await propose_block(work, CULTURE)).id


async def _support(work: Work, number: int, ground: Ground | None) -> object:
    return await decide_block(work, number, Decision(Authority.CURATOR, ground))


async def _indicator(region: Region, first: Actor) -> int:
    async with region.work(first) as work:
        return (await propose(work, Indicators(region).new("additional-target"))).id


async def _sign(work: Work, number: int, ground: Ground | None) -> object:
    return await sign(work, number, Deed.APPROVE, Authority.CURATOR, ground)


async def _value(region: Region, first: Actor) -> int:
    """Recorded and consolidated: it is to be checked. Who answers for it holds `first`."""
    centre = Indicators(region)
    number = await centre.approved("block-responsible")
    async with region.work(centre.actor("head")) as work:
        await record_value(work, number, JANUARY, Decimal(90), "отчёт за январь")
        await advance_value(work, number, JANUARY)
    return number


async def _check(work: Work, number: int, ground: Ground | None) -> object:
    return await advance_value(work, number, JANUARY, ground)


OVER, OWNER = RefusalCode.WRONG_STATE, "block-responsible"
MATTERS: tuple[Matter, ...] = (
    Matter("appointment", "chelyabinsk", OWNER, "curator", _appointment, _approve, OVER),
    Matter("composition", "chelyabinsk", OWNER, "curator", _appointment, _compose, OVER),
    Matter("block", "kursk", "head", "curator", _block, _support, RefusalCode.WRONG_AUTHORITY),
    Matter("indicator", "murmansk", "head", "curator", _indicator, _sign, OVER),
    Matter("value", "mari_el", OWNER, "head", _value, _check, OVER),
)


def ids(value: Any) -> str | None:
    """How pytest names a matter."""
    return value.name if isinstance(value, Matter) else None
