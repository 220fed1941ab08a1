"""The region's law for everyone: passport, acts, and the rulebook of any day."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

import strawberry

from core.appeals.rules import intake, terms
from core.directory.rules import bodies
from core.kernel.rules import passport, roles
from core.law import act as law
from core.law import rule
from core.law.rulebook import Rulebook as Law
from core.structure.blocks import known, load_blocks
from core.structure.model import BlockProposal
from core.structure.rules import blocks
from schema.graphql.clauses import Act, Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import public
from schema.graphql.resolvers import derived
from schema.law import decided
from schema.law.types import Block, Channel, DeadlineRule, Municipality, Passport, Role, Rule, Theme

R = TypeVar("R", bound=rule.Rule)
On = Annotated[
    date | None, strawberry.argument(description="По редакции какого дня; без него сегодня")
]


@dataclass(frozen=True, slots=True)
class Edition:
    """The law as it stood on a day, for a municipality if one is named."""

    law: Law
    on: date
    municipality: str | None = None

    def all(self, kind: type[R]) -> list[R]:
        """The rules of a kind in force."""
        return list(self.law.all(kind, self.on, municipality=self.municipality))


def _edition(root: strawberry.Parent[Edition]) -> str:
    return root.law.edition


def _rules(
    root: strawberry.Parent[Edition],
    kinds: Annotated[
        list[str] | None, strawberry.argument(description="Только эти виды, например Deadline")
    ] = None,
) -> list[rule.Rule]:
    wanted = (k for k in root.law.kinds() if kinds is None or k.kind_name() in kinds)
    return [found for kind in wanted for found in root.all(kind)]


def _themes(root: strawberry.Parent[Edition]) -> list[bodies.Theme]:
    return root.all(bodies.Theme)


def _in_force(_root: Edition) -> str:
    return decided.IN_FORCE


@derived(*decided.COLUMNS, rows=decided.EVERY, by=_in_force)
def _blocks(root: Edition, info: Info, found: list[BlockProposal]) -> list[blocks.Block]:
    """Of acts, and decided since: no page of the law shows the half of them."""
    return list(known(found, root.law).all(root.on))


def _roles(root: strawberry.Parent[Edition]) -> list[roles.Role]:
    return root.all(roles.Role)


def _channels(root: strawberry.Parent[Edition]) -> list[intake.Channel]:
    return root.all(intake.Channel)


def _municipalities(root: strawberry.Parent[Edition]) -> list[passport.Municipality]:
    return root.all(passport.Municipality)


def _deadlines(root: strawberry.Parent[Edition]) -> list[terms.Deadline]:
    return root.all(terms.Deadline)


@strawberry.type(description="Книга правил: всё право региона в редакции одного дня")
class Rulebook:
    """Resolved from `Edition`."""

    edition: str = field("Отпечаток книги; его называет справка о сроке", _edition)
    on: date = field("День редакции")
    rules: list[Rule] = field("Правила, действующие в этот день", _rules)
    themes: list[Theme] = field("Тематики", _themes)
    blocks: list[Block] = field("Блоки", _blocks)
    roles: list[Role] = field("Роли", _roles)
    channels: list[Channel] = field("Каналы", _channels)
    municipalities: list[Municipality] = field("Муниципальные образования", _municipalities)
    deadlines: list[DeadlineRule] = field("Сроки", _deadlines)


def _passport(info: Info) -> passport.Passport:
    return info.context.region.passport


def _acts(info: Info) -> list[law.Act]:
    return list(info.context.rules.acts.values())


def _clause(
    info: Info,
    ref: Annotated[str, strawberry.argument(description="Например ru.1844/10.в")],
) -> law.Clause | None:
    return info.context.rules.clause(ref)


def _rulebook(
    info: Info,
    on: On = None,
    municipality: Annotated[
        str | None, strawberry.argument(description="Ключ муниципального образования")
    ] = None,
) -> Edition:
    return Edition(info.context.rules, on or info.context.today, municipality)


async def _blocks_on(info: Info, on: On = None) -> list[blocks.Block]:
    async with info.context.reading() as work:
        held = await load_blocks(work.session, work.rules)
    return list(held.all(on or info.context.today))


def _municipalities_on(info: Info, on: On = None) -> list[passport.Municipality]:
    return _rulebook(info, on).all(passport.Municipality)


@strawberry.type
class RulebookQuery:
    """What needs no token."""

    passport: Passport = field("Карточка региона", _passport, public())
    acts: list[Act] = field("Акты, на которых стоят правила региона", _acts, public())
    clause: Clause | None = field("Норма по её номеру в реестре", _clause, public())
    rulebook: Rulebook = field("Книга правил региона", _rulebook, public())
    blocks: list[Block] = field("Блоки центра, с решёнными позже", _blocks_on, public())
    municipalities: list[Municipality] = field(
        "Муниципальные образования", _municipalities_on, public()
    )
