"""Every hook a layer of law may answer: federal, municipal, region. Called once, at start.

Each returns a tuple and is optional; a layer's chapters answer them in the order of its act.
"""

from __future__ import annotations

from pathlib import Path

import pluggy

from core.appeals.rules.answers import DisputeRule, EvidenceRule, SurveyRule, TemplateRule
from core.appeals.rules.handling import ComplaintRule, DuplicateRule, Retention, TransferRule
from core.appeals.rules.intake import (
    Addressees,
    ApplicantScope,
    Channel,
    IdentificationRule,
    NamedSystem,
    Numbering,
)
from core.appeals.rules.lifecycle import Transition
from core.appeals.rules.routing import Route
from core.appeals.rules.supply import SupplyDuty
from core.appeals.rules.terms import Deadline, EscalationStep, ProlongationLimit
from core.directory.rules.bodies import Body, Owner, Theme
from core.indicators.rules.kinds import IndicatorKind, RequiredTarget
from core.kernel.extensions import Job, Listener
from core.kernel.rules.calendar import Calendar
from core.kernel.rules.passport import Municipality, Passport
from core.kernel.rules.roles import Role
from core.law.act import Act
from core.region.structure_hooks import STRUCTURE_HOOKS
from core.structure.rules.blocks import BlockRule

hookspec = pluggy.HookspecMarker("tsur")
hookimpl = pluggy.HookimplMarker("tsur")


@hookspec
def acts() -> tuple[Act, ...]:  # type: ignore[empty-body]
    """The acts whose clauses the layer cites; the first is its principal one, all are its own."""


@hookspec
def passports() -> tuple[Passport, ...]:  # type: ignore[empty-body]
    """The region's card, one rule with the key `region`; only a region answers."""


@hookspec
def municipalities() -> tuple[Municipality, ...]:  # type: ignore[empty-body]
    """The region's municipalities under stable keys, with their ОКТМО codes and dates."""


@hookspec
def calendars() -> tuple[Calendar, ...]:  # type: ignore[empty-body]
    """The production calendar by which working days are counted, key `production`."""


@hookspec
def themes() -> tuple[Theme, ...]:  # type: ignore[empty-body]
    """Themes: the federal eight, and what a region adds."""


@hookspec
def blocks() -> tuple[BlockRule, ...]:  # type: ignore[empty-body]
    """Blocks as sets of themes, as the region's act divides them."""


@hookspec
def bodies() -> tuple[Body, ...]:  # type: ignore[empty-body]
    """Bodies that the act names; they are entered in the directory at migration."""


@hookspec
def owners() -> tuple[Owner, ...]:  # type: ignore[empty-body]
    """Which body answers for which theme, where the act says so."""


@hookspec
def roles() -> tuple[Role, ...]:  # type: ignore[empty-body]
    """Roles with permissions, reach and rank."""


@hookspec
def applicant_scopes() -> tuple[ApplicantScope, ...]:  # type: ignore[empty-body]
    """Whose appeals a view counts: `federal`, and `region` where the act is narrower (R11)."""


@hookspec
def addressees() -> tuple[Addressees, ...]:  # type: ignore[empty-body]
    """To whom the appeals of a view are written: `federal` and `region`."""


@hookspec
def channels() -> tuple[Channel, ...]:  # type: ignore[empty-body]
    """Channels of feedback and the regime of what comes through each."""


@hookspec
def systems() -> tuple[NamedSystem, ...]:  # type: ignore[empty-body]
    """Information systems that the act calls by name."""


@hookspec
def identification() -> tuple[IdentificationRule, ...]:  # type: ignore[empty-body]
    """From when an electronic appeal asks for identification, key `electronic`."""


@hookspec
def numbering() -> tuple[Numbering, ...]:  # type: ignore[empty-body]
    """How registration numbers are formed, key `appeal`."""


@hookspec
def lifecycle() -> tuple[Transition, ...]:  # type: ignore[empty-body]
    """The steps of an appeal: from which states, to which, with which permission."""


@hookspec
def deadlines() -> tuple[Deadline, ...]:  # type: ignore[empty-body]
    """Terms between two facts of the ledger."""


@hookspec
def prolongations() -> tuple[ProlongationLimit, ...]:  # type: ignore[empty-body]
    """How often and how far an answer may be put off, key `answer`."""


@hookspec
def transfers() -> tuple[TransferRule, ...]:  # type: ignore[empty-body]
    """When the coordinator steps in between bodies, key `appeal`."""


@hookspec
def complaints() -> tuple[ComplaintRule, ...]:  # type: ignore[empty-body]
    """The bar on sending a complaint to whom it is about, key `complaint`."""


@hookspec
def routes() -> tuple[Route, ...]:  # type: ignore[empty-body]
    """Which body an appeal is delivered to, by priority."""


@hookspec
def escalations() -> tuple[EscalationStep, ...]:  # type: ignore[empty-body]
    """The rungs of the ladder for what is near or past due."""


@hookspec
def evidence() -> tuple[EvidenceRule, ...]:  # type: ignore[empty-body]
    """What must be attached before an appeal is called solved; key is a theme or `*`."""


@hookspec
def templates() -> tuple[TemplateRule, ...]:  # type: ignore[empty-body]
    """Whether the centre makes templates of answers, key `answer`."""


@hookspec
def surveys() -> tuple[SurveyRule, ...]:  # type: ignore[empty-body]
    """The satisfaction survey after closing, key `closing`."""


@hookspec
def disputes() -> tuple[DisputeRule, ...]:  # type: ignore[empty-body]
    """The window in which an answer may be disputed, key `answer`."""


@hookspec
def duplicates() -> tuple[DuplicateRule, ...]:  # type: ignore[empty-body]
    """When two cases are proposed as one problem, key `appeal`."""


@hookspec
def retention() -> tuple[Retention, ...]:  # type: ignore[empty-body]
    """How long records are kept, key by kind of record."""


@hookspec
def indicator_kinds() -> tuple[IndicatorKind, ...]:  # type: ignore[empty-body]
    """Kinds of indicators: who proposes, agrees and approves them, in which order."""


@hookspec
def required_targets() -> tuple[RequiredTarget, ...]:  # type: ignore[empty-body]
    """Indicators that must be there with a target; the key is their kind."""


@hookspec
def supply_duties() -> tuple[SupplyDuty, ...]:  # type: ignore[empty-body]
    """Which bodies must supply facts about a case when asked."""


@hookspec
def listeners() -> tuple[Listener, ...]:  # type: ignore[empty-body]
    """What runs in the transaction of an event."""


@hookspec
def jobs() -> tuple[Job, ...]:  # type: ignore[empty-body]
    """Work done later or periodically."""


@hookspec
def graphql_parts() -> tuple[str, ...]:  # type: ignore[empty-body]
    """Modules with a `SCHEMA` that the layer adds to the API, read when the API is built.

    They are named, not imported: who asks for the law alone reads no web.
    """


@hookspec
def directories() -> tuple[Path, ...]:  # type: ignore[empty-body]
    """Files of bodies that no act names, as `tsur directory load` reads them; the demo does."""


@hookspec
def migrations() -> tuple[Path, ...]:  # type: ignore[empty-body]
    """Folders of Alembic versions, one a layer that owns tables; the branch label is its name."""


RULE_HOOKS = (
    "passports", "municipalities", "calendars", "themes", "blocks", "bodies", "owners", "roles",
    "applicant_scopes", "addressees", "channels", "systems", "identification", "numbering",
    "lifecycle", "deadlines", "prolongations", "transfers", "complaints", "routes", "escalations",
    "evidence", "surveys", "disputes", "duplicates", "retention", "indicator_kinds",
    "required_targets", "supply_duties", "templates",
    *STRUCTURE_HOOKS,
)  # fmt: skip
