"""Which clause says who makes the centre's structure: the guards of those steps refuse with it."""

from __future__ import annotations

from typing import Any

from core.directory.model import Appointment
from core.kernel.acts.federal import RU_1844
from core.law.act import Clause
from core.law.rule import Rule
from core.structure.appointments import KEEPING
from core.structure.model import Replacement
from core.structure.rules.appointments import (
    AppointmentStep,
    DutiesAct,
    Involvement,
    ReplacementRule,
    Step,
    fitting,
)
from core.structure.rules.growth import BlockStep
from schema.graphql.context import Context
from schema.graphql.ids import decode_id

BLOCKS, INVOLVING = RU_1844.cite("11.в"), RU_1844.cite("10.г.2")


def of_candidate(context: Context, given: Any) -> Clause:
    """Who appoints to the role of the candidate."""
    return _of_role(context, given.candidate.role, given.step)


async def of_appointment(context: Context, given: Any) -> Clause:
    """Who appoints to the role of this appointment, or of the first of these."""
    several = getattr(given, "appointments", ())
    one = given.appointment if hasattr(given, "appointment") else next(iter(several), "")
    row = await context.row(Appointment, decode_id(one, "Appointment"))
    step = getattr(given, "step", Step.APPROVE)
    return _of_role(context, row.role, step) if row else KEEPING


async def of_replaced(context: Context, number: str) -> Clause | None:
    """Who proposes another in the place of this appointment."""
    row = await context.row(Appointment, decode_id(number, "Appointment"))
    rules = context.rules.all(ReplacementRule, context.today)
    own = [one for one in rules if row is None or one.key.startswith(f"{row.role}/")]
    return _first(own)


async def of_replacement(context: Context, given: Any) -> Clause | None:
    """By what somebody has to propose another."""
    row = await context.row(Replacement, decode_id(given.replacement, "Replacement"))
    return context.rules.clause(row.clause) if row else None


def of_involving(context: Context, _given: Any) -> Clause | None:
    """Who may bring others into the work."""
    return _first(context.rules.all(Involvement, context.today)) or INVOLVING


def of_blocks(context: Context, given: Any) -> Clause:
    """Who proposes blocks; of a decision, by what its party takes it."""
    rules = sorted(context.rules.all(BlockStep, context.today), key=lambda rule: rule.order)
    by = given.decision.by if hasattr(given, "decision") else None
    found = next((one for one in rules if one.by is by), next(iter(rules), None))
    return found.clause if found else BLOCKS


def of_duties(context: Context, _given: Any) -> Clause | None:
    """What divides the duties."""
    return _first(context.rules.all(DutiesAct, context.today)) or KEEPING


def _of_role(context: Context, role: str, step: Step) -> Clause:
    rules = fitting(tuple(context.rules.all(AppointmentStep, context.today)), role)
    return _first([one for one in rules if one.step is step] or rules) or KEEPING


def _first(rules: Any) -> Clause | None:
    found: Rule | None = min(rules, key=lambda rule: rule.key, default=None)
    return found.clause if found else None
