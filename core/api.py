"""All of core that the layers of law may import: `municipal` and the plugins import only this."""

from __future__ import annotations

from core.appeals.case import open_case
from core.appeals.duplicates.service import run_propose
from core.appeals.escalation.service import run_sweep
from core.appeals.figures.folding import run_fold
from core.appeals.handover import receiver
from core.appeals.model import Appeal
from core.appeals.own_facts import record_fact
from core.appeals.rules.answers import DisputeRule, EvidenceRule, SurveyRule, TemplateRule
from core.appeals.rules.handling import ComplaintRule, DuplicateRule, Retention, TransferRule
from core.appeals.rules.intake import (
    NATURAL,
    Addressees,
    ApplicantKind,
    ApplicantScope,
    Channel,
    ChannelKind,
    IdentificationRule,
    NamedSystem,
    Numbering,
    Regime,
    Residence,
)
from core.appeals.rules.lifecycle import OPEN_STATES, Fact, Outcome, State, Transition
from core.appeals.rules.occasions import EVERY, ORDINARY, Occasion, OwnFact, StageRule, own
from core.appeals.rules.routing import Facts, Route, Target
from core.appeals.rules.supply import SupplyDuty
from core.appeals.rules.terms import Deadline, EscalationStep, ProlongationLimit, stage_term
from core.appeals.satisfaction.service import issue_survey
from core.db.database import Base, Id, UtcDateTime
from core.directory.bodies import find_body, load_bodies
from core.directory.rules.bodies import Body, BodyKind, Owner, Theme
from core.indicators.recompute import run_recompute
from core.indicators.rules.kinds import (
    ChainStep,
    Deed,
    IndicatorKind,
    OwnerKind,
    RequiredTarget,
    Stage,
    chain,
)
from core.kernel.access import ANONYMOUS, Actor, Grant, Scope, require
from core.kernel.acts.federal import FZ59, PRACTICE, RU_1844
from core.kernel.codes import ActKind, Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.extensions import Job, Listener
from core.kernel.rules.calendar import Calendar, WorkingHours
from core.kernel.rules.passport import Municipality, Passport, TerritoryCode
from core.kernel.rules.roles import Reach, Role
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Act, Clause, Edition
from core.law.duty import Duty
from core.law.rule import Rule
from core.law.russian import Code
from core.region.hooks import hookimpl
from core.region.municipalities import load_municipalities
from core.shapes.chains.rules import Ground
from core.shapes.deadlines.rules.units import Season, Told, Unit
from core.structure.replacing import run_watch
from core.structure.rules.appointing import (
    ANY_ROLE,
    AppointmentStep,
    DutiesAct,
    Involvement,
    NominationLimit,
    ReplacementRule,
    Step,
    Trigger,
)
from core.structure.rules.blocks import Block, BlockKind
from core.structure.rules.charges import Charge, Degree, Foundation, Mandate, Responsibility
from core.structure.rules.directions import Direction, DirectionTask
from core.structure.rules.growth import BlockGrowth, BlockStep
from core.structure.rules.ranks import (
    AcceptedPosition,
    Headcount,
    Per,
    Pool,
    Qualification,
    Rank,
    RankFloor,
    Seat,
)

__all__ = [
    "ANONYMOUS",
    "ANY_ROLE",
    "EVERY",
    "FZ59",
    "NATURAL",
    "OPEN_STATES",
    "ORDINARY",
    "PRACTICE",
    "RU_1844",
    "AcceptedPosition",
    "Act",
    "ActKind",
    "Actor",
    "Addressees",
    "Appeal",
    "ApplicantKind",
    "ApplicantScope",
    "AppointmentStep",
    "Authority",
    "Base",
    "Block",
    "BlockGrowth",
    "BlockKind",
    "BlockStep",
    "Body",
    "BodyKind",
    "Calendar",
    "ChainStep",
    "Channel",
    "ChannelKind",
    "Charge",
    "Clause",
    "Code",
    "ComplaintRule",
    "Deadline",
    "Deed",
    "Degree",
    "Direction",
    "DirectionTask",
    "DisputeRule",
    "DuplicateRule",
    "DutiesAct",
    "Duty",
    "Edition",
    "EscalationStep",
    "Event",
    "EvidenceRule",
    "Fact",
    "Facts",
    "Foundation",
    "Grant",
    "Ground",
    "Headcount",
    "Id",
    "IdentificationRule",
    "IndicatorKind",
    "Involvement",
    "Job",
    "Listener",
    "Mandate",
    "Municipality",
    "NamedSystem",
    "NominationLimit",
    "Numbering",
    "Occasion",
    "Outcome",
    "OwnFact",
    "Owner",
    "OwnerKind",
    "Passport",
    "Per",
    "Permission",
    "Pool",
    "ProlongationLimit",
    "Qualification",
    "Rank",
    "RankFloor",
    "Reach",
    "Refusal",
    "RefusalCode",
    "Regime",
    "ReplacementRule",
    "RequiredTarget",
    "Residence",
    "Responsibility",
    "Retention",
    "Role",
    "Route",
    "Rule",
    "Scope",
    "Season",
    "Seat",
    "Stage",
    "StageRule",
    "State",
    "Step",
    "SupplyDuty",
    "SurveyRule",
    "Target",
    "TemplateRule",
    "TerritoryCode",
    "Theme",
    "Told",
    "TransferRule",
    "Transition",
    "Trigger",
    "Unit",
    "UtcDateTime",
    "Work",
    "WorkingHours",
    "chain",
    "find_body",
    "hookimpl",
    "issue_survey",
    "load_bodies",
    "load_municipalities",
    "open_case",
    "own",
    "reasoned",
    "receiver",
    "record_fact",
    "require",
    "run_fold",
    "run_propose",
    "run_recompute",
    "run_sweep",
    "run_watch",
    "serves",
    "stage_term",
]
