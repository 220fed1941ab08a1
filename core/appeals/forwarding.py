"""Giving a case from one body to another, and what the applicant is told of it (8 ч. 3; R47)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.appeals.case import Case
from core.appeals.ledger import promised_answer
from core.appeals.model import Appeal
from core.appeals.notices.letters import forwarding as letters
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.recipients import tell
from core.appeals.registration import register_pending
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.registrations import awaits_registration, registrations
from core.appeals.rules.terms import Deadline
from core.directory.bodies import Bodies, load_bodies
from core.directory.model import Body
from core.kernel.acts.federal import FZ59
from core.kernel.serves import serves
from core.law.act import Clause
from core.shapes.deadlines.rules.units import brief


@dataclass(frozen=True, slots=True)
class Forwarding:
    """To whom a case is forwarded and why; `results` asks the receiver for the results (8 ч. 5).

    `letter` is what the applicant is told, None for the usual letter; `clause` None the ground of
    every forwarding.
    """

    body: Body
    reason: str
    results: bool = False
    letter: str | None = None
    clause: Clause | None = None


@serves(FZ59.cite("8.3"), FZ59.cite("8.5"), FZ59.cite("10.1.5"))
async def forward(case: Case, given: Forwarding) -> Appeal:
    """Forward the case and tell the applicant, if there is one to tell, in the same transaction.

    What the holder was forwarded itself becomes registered with it first.
    """
    bodies = await load_bodies(case.work.session)
    sender = sender_of(case, bodies)
    await register_pending(case)
    head = await head_of(case)
    text = given.letter or letters.forwarded(
        head, given.body.name, answered_within(case, given.body.key)
    )
    await tell(case.work, case.appeal, NoticeKind.FORWARDED, text)
    data = {"results_for": sender.key} if given.results and sender else {}
    clause = given.clause or _ground(case)
    return await give(case, given.body, given.reason, Fact.TRANSFERRED, clause=clause, data=data)


def answered_within(case: Case, body: str | None = None) -> str | None:
    """How long the next body has for its answer («30 дней»), None where it owes none.

    `body` is its key, where one is meant.
    """
    promised = promised_answer(case.work, case.appeal, case.entries, case.work.now, body)
    return brief(promised[0].length, promised[0].unit) if promised else None


async def give(
    case: Case,
    body: Body,
    reason: str,
    fact: Fact,
    *,
    clause: Clause | None = None,
    data: Mapping[str, object] | None = None,
) -> Appeal:
    """The case changes hands by this fact of its ledger."""
    case.appeal.previous_body_id, case.appeal.body_id = case.appeal.body_id, body.id
    return await case.advance(fact=fact, body=body.key, clause=clause, reason=reason, data=data)


def holder_of(case: Case, bodies: Bodies) -> Body | None:
    """The body that has the case, and in whose name it is written of; None for the centre."""
    return bodies.by_id.get(case.appeal.body_id or 0)


def sender_of(case: Case, bodies: Bodies) -> Body | None:
    """The body whose consideration ends as the case goes on; None while there was none."""
    return holder_of(case, bodies) or bodies.by_key.get(_registered_by(case) or "")


def considered_elsewhere(case: Case, body: Body, bodies: Bodies) -> bool:
    """Whether a body has taken the case up of which the other is no unit."""
    own = bodies.by_key.get(_registered_by(case) or "")
    return _taken_up(case) and own is not None and not bodies.one(own, body)


def registered_by_holder(case: Case, bodies: Bodies) -> bool:
    """Whether who has the case was forwarded it and has registered it: giving it back is no less.

    What is not registered yet may be returned, and was then never forwarded.
    """
    known, holder = registrations(case.entries), holder_of(case, bodies)
    return len(known) > 1 and holder is not None and known[-1].body == holder.key


def first_routing(case: Case) -> bool:
    """Whether the centre still chooses: nobody has accepted, and no body forwarded the case."""
    return not _taken_up(case) and not awaits_registration(case.entries)


def _ground(case: Case) -> Clause:
    """The statute's of an appeal, the step's own of a message."""
    rule = case.work.rules.get(Deadline, "forwarding", case.work.today)
    return rule.clause if case.appeal.regime in rule.regimes else case.step.clause


def _taken_up(case: Case) -> bool:
    """Whether a body has accepted the case; what it was forwarded it registered itself."""
    known = registrations(case.entries)
    return bool(known) and (known[-1].accepted or len(known) > 1)


def _registered_by(case: Case) -> str | None:
    known = registrations(case.entries)
    return known[-1].body if known else None
