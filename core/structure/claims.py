"""An appointment as what is approved: its content, its law, who claims a step, what he is told."""

from __future__ import annotations

from core.directory.model import APPOINTMENT, Appointment
from core.directory.parties import called
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work
from core.shapes.chains.rules import Claim, Decision, OutOfTurn, Turn
from core.shapes.chains.service import Subject
from core.structure.candidates import Eligibility
from core.structure.rules.appointments import (
    AppointmentStep,
    NominationLimit,
    Step,
    appointment_chain,
)

CONTENT = (
    "person_id", "role", "body_id", "blocks", "municipalities", "position_id", "direction",
    "powers",
)  # fmt: skip
"""What a decision is about; the days follow from the decisions."""


def subject_of(eligibility: Eligibility, row: Appointment) -> Subject:
    """The appointment with the law of its steps; it is about the candidate."""
    work, blocks = eligibility.work, tuple(row.blocks)
    return Subject(
        APPOINTMENT,
        row.id,
        {name: getattr(row, name) for name in CONTENT},
        lambda on: appointment_chain(work.rules.all(AppointmentStep, on), row.role, blocks),
        lambda found: _out_of_turn(work, found),
        concerned=frozenset({row.person_id}),
    )


def claim_of(eligibility: Eligibility, row: Appointment, decision: Decision) -> Claim:
    """For whom the step is claimed; a body owns where it answers for a theme of each block."""
    today = eligibility.work.today
    owns = decision.by.is_body and all(
        decision.body in eligibility.owners(eligibility.blocks.get(key, today))
        for key in row.blocks
    )
    return Claim(decision.by, decision.body, frozenset(row.blocks), owns)


def respect_limit(work: Work, role: str, step: Step, decision: Decision) -> None:
    """Refuse WRONG_AUTHORITY to a body that the law does not let nominate to this role."""
    if step is not Step.NOMINATE or not decision.body:
        return
    limit = work.rules.find(NominationLimit, decision.body, work.today)
    if limit is not None and role not in limit.roles:
        text = "Этот орган кандидатур на такую роль не предлагает"
        raise Refusal(RefusalCode.WRONG_AUTHORITY, text, limit.clause)


def _out_of_turn(work: Work, found: OutOfTurn) -> Refusal:
    """WRONG_STEP or WRONG_AUTHORITY, with whose turn it is and by which clause."""
    if found.why is Turn.NO_SUCH_PARTY:
        parties = found.parties
        who = ", ".join(dict.fromkeys(called(work, one.by, one.bodies) for one in parties))
        other = called(work, found.claim.by, [found.claim.body])
        text = f"Здесь {Step(found.deed or '').label} не {other}, а {who}"
        code = RefusalCode.WRONG_AUTHORITY
    else:
        parties = tuple(party for step in found.due for party in step.parties)
        first = [(Step(step.deed).label, step.parties[0]) for step in found.due]
        due = [f"{deed} {called(work, one.by, one.bodies)}" for deed, one in first]
        wrong = "Такого шага у этой роли нет" if found.why is Turn.NO_SUCH_STEP else "Сначала"
        text = f"{wrong}: {', '.join(due) or 'решать больше нечего'}"
        code = RefusalCode.WRONG_STEP
    return Refusal(code, text, work.rules.clause(parties[0].clause) if parties else None)
