"""Codes of the centre's structure as GraphQL enums."""

from __future__ import annotations

from core.law.russian import Code
from core.structure.rules.appointments import Step, Trigger
from core.structure.rules.charges import Charge, Degree
from core.structure.rules.growth import ProposalState
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(Degree, "Как отвечает"),
    described(Charge, "За что отвечают"),
    described(Step, "Шаг назначения", name="AppointmentStepKind"),
    described(Trigger, "Почему нужна замена", name="ReplacementTrigger"),
    described(ProposalState, "Где предложение блока", name="BlockProposalState"),
)
