"""Taking appeals in: the one use case behind the API, the importer and the adapters.

Idempotent by (channel, external id): what is known stays as it is, and a changed repeat is
reported. Nothing is refused for who writes: scope makes views, it does not turn people away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, tuple_

from core.access import require
from core.acts import RU_1844
from core.appeals.ledger import entry, pure, refresh_due
from core.appeals.model import Appeal, LedgerEntry
from core.applicants.service import seal
from core.directory.bodies import load_bodies
from core.errors import Refusal
from core.escalation.incidents import raise_incident
from core.events import Event
from core.intake.new import NewAppeal, check, seconds
from core.intake.numbers import hold_numbers, next_numbers
from core.intake.placing import Placement, Placer
from core.rules.calendar import local_date
from core.rules.handling import Fact, State
from core.rules.roles import Permission
from core.search import terms
from core.serves import serves
from core.structure.blocks import load_blocks
from core.work import Work

Identity = tuple[str, str]


class Status(StrEnum):
    """What became of one that came in: new, known already, or known with other content."""

    ADDED = "added"
    KNOWN = "known"
    DIFFERING = "differing"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The case behind what came in; `difference` names the fields in which a repeat differs."""

    status: Status
    appeal_id: int
    number: str
    routed: bool
    difference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A new appeal with its place and its moments, ready to be written."""

    new: NewAppeal
    placement: Placement
    received_at: datetime
    registered_at: datetime


@serves(RU_1844.cite("2.region-centre.1"), RU_1844.cite("4.а.2"), RU_1844.cite("4.б.4.channels"))
async def take_in(work: Work, new: NewAppeal) -> TakenIn:
    """Take one appeal in; Refusal where it cannot be one. Needs TAKE_IN."""
    (result,) = await take_in_many(work, [new])
    if isinstance(result, Refusal):
        raise result
    return result


async def take_in_many(work: Work, news: Sequence[NewAppeal]) -> list[TakenIn | Refusal]:
    """Take many in, in their order; a bad one is refused in its place, the others are in."""
    require(work.actor, Permission.TAKE_IN)
    await hold_numbers(work)
    results, sound = _checked(work, news)
    known = await _known(work, [(new.channel, new.external_id) for _, new in sound])
    bodies = await load_bodies(work.session)
    placer = Placer(work.rules, bodies, await load_blocks(work.session, work.rules))
    arrivals: dict[Identity, tuple[int, _Arrival]] = {}
    repeats: list[tuple[int, NewAppeal]] = []
    for index, new in sound:
        identity = (new.channel, new.external_id)
        if identity in known or identity in arrivals:
            repeats.append((index, new))
            continue
        try:
            arrivals[identity] = (index, _arrive(work, placer, new))
        except Refusal as refusal:
            results[index] = refusal
    appeals = await _write(work, [arrival for _, arrival in arrivals.values()])
    for (identity, (index, _)), appeal in zip(arrivals.items(), appeals, strict=True):
        known[identity] = appeal
        results[index] = _result(Status.ADDED, appeal)
    results |= {
        index: _repeated(known[(new.channel, new.external_id)], new) for index, new in repeats
    }
    return [results[index] for index in range(len(news))]


def _checked(
    work: Work, news: Sequence[NewAppeal]
) -> tuple[dict[int, TakenIn | Refusal], list[tuple[int, NewAppeal]]]:
    """What is refused for itself, and what the database may be asked about, by their index."""
    refused: dict[int, TakenIn | Refusal] = {}
    sound: list[tuple[int, NewAppeal]] = []
    for index, new in enumerate(news):
        try:
            check(new, work.now)
        except Refusal as refusal:
            refused[index] = refusal
        else:
            sound.append((index, new))
    return refused, sound


async def _known(work: Work, identities: Sequence[Identity]) -> dict[Identity, Appeal]:
    pair = tuple_(Appeal.channel, Appeal.external_id)
    query = select(Appeal).where(pair.in_(list(dict.fromkeys(identities))))
    rows = await work.session.scalars(query)
    return {(row.channel, row.external_id): row for row in rows}


def _arrive(work: Work, placer: Placer, new: NewAppeal) -> _Arrival:
    received_at = seconds(new.received_at) or work.now
    history = new.answered_at or new.closed_at
    registered_at = seconds(new.registered_at) or (received_at if history else work.now)
    placement = placer.place(new, local_date(received_at, work.zone))
    return _Arrival(new, placement, received_at, registered_at)


async def _write(work: Work, arrivals: Sequence[_Arrival]) -> list[Appeal]:
    days = [local_date(arrival.registered_at, work.zone) for arrival in arrivals]
    numbers = await next_numbers(work, days)
    applicants = await seal(work, [arrival.new.contact for arrival in arrivals])
    appeals = [
        _appeal(arrival, number, applicant)
        for arrival, number, applicant in zip(arrivals, numbers, applicants, strict=True)
    ]
    ledgers = [_ledger(work, arrival) for arrival in arrivals]
    for appeal, rows in zip(appeals, ledgers, strict=True):
        refresh_due(work, appeal, pure(rows))
    work.session.add_all(appeals)
    await work.session.flush()
    for appeal, rows, arrival in zip(appeals, ledgers, arrivals, strict=True):
        for row in rows:
            row.appeal_id = appeal.id
        work.session.add_all(rows)
        await _announce(work, appeal, arrival)
    await work.session.flush()
    return appeals


def _appeal(arrival: _Arrival, number: str, applicant_id: int | None) -> Appeal:
    new, place = arrival.new, arrival.placement
    answered_at = seconds(new.answered_at or new.closed_at)
    return Appeal(
        number=number,
        channel=place.channel.key,
        external_id=new.external_id,
        digest=new.digest(),
        regime=place.regime,
        text=new.text,
        terms=terms(new.text),
        topic=new.topic,
        theme=new.theme,
        block=place.block.key if place.block else None,
        significant=place.significant,
        municipality=place.municipality,
        address=new.address,
        latitude=new.latitude,
        longitude=new.longitude,
        addressee_id=place.addressee.id if place.addressee else None,
        complained_body_id=place.complained.id if place.complained else None,
        body_id=place.body.id if place.body else None,
        held_since=arrival.registered_at,
        state=_state(arrival),
        outcome=new.outcome,
        received_at=arrival.received_at,
        registered_at=arrival.registered_at,
        answered_at=answered_at,
        closed_at=seconds(new.closed_at),
        applicant_id=applicant_id,
        applicant_kind=new.applicant_kind,
        residence=new.residence,
        in_region_view=place.in_region_view,
        in_federal_view=place.in_federal_view,
    )


def _state(arrival: _Arrival) -> State:
    if arrival.new.closed_at:
        return State.CLOSED
    if arrival.new.answered_at:
        return State.ANSWERED
    return State.ASSIGNED if arrival.placement.body else State.QUEUED


def _ledger(work: Work, arrival: _Arrival) -> list[LedgerEntry]:
    new, place = arrival.new, arrival.placement
    promised = seconds(new.promised_at)
    received = {"promised_at": promised.isoformat()} if promised else {}
    chosen = place.decision.chosen
    rows = [
        entry(work, 1, Fact.RECEIVED, arrival.received_at, data=received),
        entry(work, 2, Fact.REGISTERED, arrival.registered_at),
        entry(
            work,
            3,
            Fact.ROUTED if place.body else Fact.QUEUED,
            arrival.registered_at,
            body=place.body.key if place.body else None,
            clause=chosen.clause if chosen else None,
            reason=chosen.reason if chosen else "ни один маршрут не подошёл",
            data={"route": chosen.route} if chosen else {},
        ),
    ]
    answered_at = seconds(new.answered_at or new.closed_at)
    if answered_at:
        outcome = {"outcome": new.outcome} if new.outcome else {}
        rows.append(entry(work, 4, Fact.ANSWERED, answered_at, data=outcome))
    if closed_at := seconds(new.closed_at):
        rows.append(entry(work, 5, Fact.CLOSED, closed_at))
    return rows


async def _announce(work: Work, appeal: Appeal, arrival: _Arrival) -> None:
    for broken in arrival.placement.decision.broken:
        await raise_incident(work, f"route/{broken.route}", f"{broken.route}: {broken.reason}")
    after = {"state": appeal.state, "theme": appeal.theme, "block": appeal.block}
    await work.record(Event("appeal.taken_in", f"appeal:{appeal.id}", after=after))


def _result(status: Status, appeal: Appeal, difference: tuple[str, ...] = ()) -> TakenIn:
    return TakenIn(status, appeal.id, appeal.number, appeal.body_id is not None, difference)


def _repeated(appeal: Appeal, new: NewAppeal) -> TakenIn:
    if appeal.digest == new.digest():
        return _result(Status.KNOWN, appeal)
    compared = ("text", "topic", "theme", "address", "latitude", "longitude", "received_at")
    difference = tuple(
        name
        for name in compared
        if getattr(new, name) is not None and getattr(new, name) != getattr(appeal, name)
    )
    return _result(Status.DIFFERING, appeal, difference or ("details",))
