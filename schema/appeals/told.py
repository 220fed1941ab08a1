"""What an appeal's row comes to by the law: its channel, theme, block, grounds, verdicts."""

from collections.abc import Callable
from typing import TypeVar

from core.appeals import model
from core.appeals.queries import is_overdue, verdicts_of
from core.appeals.rules import intake
from core.appeals.rules.lateness import LateBy
from core.directory.rules import bodies
from core.kernel.rules import passport
from core.kernel.rules.calendar import local_date
from core.law import act as law
from core.law.rule import Rule
from core.structure.blocks import known
from core.structure.model import BlockProposal
from core.structure.rules import blocks
from schema.graphql.context import Info
from schema.graphql.resolvers import derived
from schema.law import decided

R = TypeVar("R", bound=Rule)


def lasting_rule(kind: type[Rule]) -> Callable[[Info, str | None], Rule | None]:
    """The rule of a key where it is the same on every day."""

    def lasting(info: Info, key: str | None) -> Rule | None:
        return info.context.rules.lasting(kind, key) if key else None

    return lasting


def _on_receipt(info: Info, root: model.Appeal, kind: type[R], key: str | None) -> R | None:
    """The rule that a column names, by the edition of the day of receipt."""
    on = local_date(root.received_at, info.context.zone)
    return None if key is None else info.context.rules.find(kind, key, on)


@derived(model.Appeal.channel, model.Appeal.received_at, lasting=lasting_rule(intake.Channel))
def channel_of(root: model.Appeal, info: Info) -> intake.Channel | None:
    """The channel, as the law of the day of receipt knows it."""
    return _on_receipt(info, root, intake.Channel, root.channel)


@derived(model.Appeal.theme, model.Appeal.received_at, lasting=lasting_rule(bodies.Theme))
def theme_of(root: model.Appeal, info: Info) -> bodies.Theme | None:
    """The theme, by the same law."""
    return _on_receipt(info, root, bodies.Theme, root.theme)


@derived(
    model.Appeal.municipality, model.Appeal.received_at, lasting=lasting_rule(passport.Municipality)
)
def municipality_of(root: model.Appeal, info: Info) -> passport.Municipality | None:
    """Where the problem is."""
    return _on_receipt(info, root, passport.Municipality, root.municipality)


@derived(
    model.Appeal.residence_municipality,
    model.Appeal.received_at,
    lasting=lasting_rule(passport.Municipality),
)
def home_of(root: model.Appeal, info: Info) -> passport.Municipality | None:
    """Where the author lives."""
    return _on_receipt(info, root, passport.Municipality, root.residence_municipality)


@derived(
    model.Appeal.block,
    model.Appeal.received_at,
    *decided.COLUMNS,
    rows=decided.OF_KEY,
    by=model.Appeal.block,
)
def block_of(root: model.Appeal, info: Info, found: list[BlockProposal]) -> blocks.Block | None:
    """The block as it stood when the appeal came: of an act, or decided since."""
    on = local_date(root.received_at, info.context.zone)
    return known(found, info.context.rules).find(root.block, on)


@derived(model.Appeal.regime_clause)
def regime_clause_of(root: model.Appeal, info: Info) -> law.Clause | None:
    """The ground of the regime."""
    return None if root.regime_clause is None else info.context.rules.clause(root.regime_clause)


@derived(model.Appeal.unanswered_by)
def unanswered_by_of(root: model.Appeal, info: Info) -> law.Clause | None:
    """The norm by which no answer is owed."""
    return None if root.unanswered_by is None else info.context.rules.clause(root.unanswered_by)


@derived(model.Appeal.late_at)
def is_late(root: model.Appeal, info: Info) -> bool:
    """Late by the governing term."""
    return is_overdue(root, info.context.now)


@derived(
    model.Appeal.late_at,
    model.Appeal.statute_due_at,
    model.Appeal.statute_late_at,
    model.Appeal.mechanism_late_at,
    model.Appeal.not_established,
)
def late_by(root: model.Appeal, info: Info) -> list[LateBy]:
    """By whose term it is late."""
    return verdicts_of(root, info.context.now)
