"""The life of an appeal as law: intake, routes, steps, terms, answers, duties of bodies."""

from __future__ import annotations

from core.appeals.rules.answers import (
    NO_DAY,
    AnswerKind,
    DisputeRule,
    DraftFault,
    EvidenceRule,
    SurveyRule,
    TemplateRule,
)
from core.appeals.rules.grounds import OutcomeGround, ProofKind
from core.appeals.rules.handling import ComplaintRule, DuplicateRule, Retention, TransferRule
from core.appeals.rules.imported import accelerated, whole_addressees
from core.appeals.rules.intake import (
    NATURAL,
    Addressees,
    ApplicantKind,
    ApplicantScope,
    Channel,
    ChannelKind,
    Identification,
    IdentificationRule,
    NamedSystem,
    Numbering,
    Regime,
    Residence,
)
from core.appeals.rules.lifecycle import OPEN_STATES, Fact, Outcome, State, Transition
from core.appeals.rules.occasions import (
    APPEALED,
    EVERY,
    MIGRATION_SENT,
    ORDINARY,
    Mark,
    Occasion,
    OwnFact,
    StageRule,
    own,
)
from core.appeals.rules.offences import OF_THE_HIGHEST
from core.appeals.rules.receptions import ReceptionRule
from core.appeals.rules.regimes import AnonymousRule, AppealRule, OtherOrder
from core.appeals.rules.registrations import FORWARDING, NEXT_FORWARDING
from core.appeals.rules.routing import Facts, Route, Target, Verdict
from core.appeals.rules.signatures import SignatureKind, SignatureRule, Way
from core.appeals.rules.supply import SupplyDuty
from core.appeals.rules.terms import (
    OTHER_LADDER,
    Deadline,
    EscalationStep,
    ProlongationLimit,
    stage_term,
)
from core.appeals.rules.ways import AnswerWays, Came
from core.shapes.deadlines.rules import Season, Standing, Told, Unit

__all__ = [
    "APPEALED",
    "EVERY",
    "FORWARDING",
    "MIGRATION_SENT",
    "NATURAL",
    "NEXT_FORWARDING",
    "NO_DAY",
    "OF_THE_HIGHEST",
    "OPEN_STATES",
    "ORDINARY",
    "OTHER_LADDER",
    "Addressees",
    "AnonymousRule",
    "AnswerKind",
    "AnswerWays",
    "AppealRule",
    "ApplicantKind",
    "ApplicantScope",
    "Came",
    "Channel",
    "ChannelKind",
    "ComplaintRule",
    "Deadline",
    "DisputeRule",
    "DraftFault",
    "DuplicateRule",
    "EscalationStep",
    "EvidenceRule",
    "Fact",
    "Facts",
    "Identification",
    "IdentificationRule",
    "Mark",
    "NamedSystem",
    "Numbering",
    "Occasion",
    "OtherOrder",
    "Outcome",
    "OutcomeGround",
    "OwnFact",
    "ProlongationLimit",
    "ProofKind",
    "ReceptionRule",
    "Regime",
    "Residence",
    "Retention",
    "Route",
    "Season",
    "SignatureKind",
    "SignatureRule",
    "StageRule",
    "Standing",
    "State",
    "SupplyDuty",
    "SurveyRule",
    "Target",
    "TemplateRule",
    "Told",
    "TransferRule",
    "Transition",
    "Unit",
    "Verdict",
    "Way",
    "accelerated",
    "own",
    "stage_term",
    "whole_addressees",
]
