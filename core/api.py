"""All of core that the layers of law may import: `municipal` and the plugins import only this."""

from __future__ import annotations

from core.access import ANONYMOUS, Actor, Grant, Scope, require
from core.acts import FZ59, PRACTICE, RU_1844
from core.appeals.case import open_case, reasoned
from core.appeals.handover import receiver
from core.appeals.model import Appeal
from core.clusters.service import run_propose
from core.database import Base, Id, UtcDateTime
from core.directory.bodies import find_body, load_bodies
from core.errors import Refusal, RefusalCode
from core.escalation.service import run_sweep
from core.events import Event
from core.extensions import GraphQLPart, Job, Listener
from core.hookspecs import hookimpl
from core.indicators.recompute import run_recompute
from core.rollups.folding import run_fold
from core.rules.act import Act, Clause, Edition
from core.rules.answers import DisputeRule, EvidenceRule, SurveyRule, TemplateRule
from core.rules.appointing import (
    ANY_ROLE,
    AppointmentStep,
    DutiesAct,
    Involvement,
    NominationLimit,
    ReplacementRule,
    Step,
    Trigger,
)
from core.rules.authorities import ActKind, Authority, Ground
from core.rules.blocks import Block, BlockKind, Body, BodyKind, Owner, Theme
from core.rules.calendar import Calendar
from core.rules.charges import Charge, Degree, Foundation, Mandate, Responsibility
from core.rules.directions import Direction, DirectionTask
from core.rules.duty import Duty
from core.rules.growth import BlockGrowth, BlockStep
from core.rules.handling import ComplaintRule, DuplicateRule, Retention, TransferRule
from core.rules.indicators import (
    ChainStep,
    Deed,
    IndicatorKind,
    OwnerKind,
    RequiredTarget,
    Stage,
    chain,
)
from core.rules.intake import (
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
from core.rules.lifecycle import OPEN_STATES, Fact, Outcome, State, Transition
from core.rules.passport import Municipality, Passport, TerritoryCode
from core.rules.ranks import (
    AcceptedPosition,
    Headcount,
    Per,
    Pool,
    Qualification,
    Rank,
    RankFloor,
    Seat,
)
from core.rules.roles import Permission, Reach, Role
from core.rules.routing import Facts, Route, Target
from core.rules.rule import Rule
from core.rules.russian import Code
from core.rules.supply import SupplyDuty
from core.rules.terms import Deadline, EscalationStep, ProlongationLimit, Unit
from core.satisfaction.service import issue_survey
from core.serves import serves
from core.structure.replacing import run_watch
from core.territory import load_municipalities
from core.work import Work

__all__ = [
    "ANONYMOUS",
    "ANY_ROLE",
    "FZ59",
    "NATURAL",
    "OPEN_STATES",
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
    "GraphQLPart",
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
    "Outcome",
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
    "Seat",
    "Stage",
    "State",
    "Step",
    "SupplyDuty",
    "SurveyRule",
    "Target",
    "TemplateRule",
    "TerritoryCode",
    "Theme",
    "TransferRule",
    "Transition",
    "Trigger",
    "Unit",
    "UtcDateTime",
    "Work",
    "chain",
    "find_body",
    "hookimpl",
    "issue_survey",
    "load_bodies",
    "load_municipalities",
    "open_case",
    "reasoned",
    "receiver",
    "require",
    "run_fold",
    "run_propose",
    "run_recompute",
    "run_sweep",
    "run_watch",
    "serves",
]
