"""Whose an appeal is: each registration of it, by which body, and what each was asked for."""

from collections.abc import Sequence
from datetime import datetime

import strawberry

from core.appeals.ledger import pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules import registrations, results
from core.appeals.rules.lifecycle import Fact
from schema.appeals.chronicle import FACTS
from schema.appeals.loaders import ENTRIES
from schema.directory.loaders import BODIES_BY_KEY
from schema.directory.types import Body
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.resolvers import derived, related


def _body(root: registrations.Registration) -> str | None:
    return root.body


@strawberry.type(description="Регистрация обращения органом: от неё идёт срок этого органа")
class Registration:
    """Resolved from `core.appeals.rules.registrations.Registration`."""

    seq: int = field("Номер события в хронологии")
    at: datetime = field("Когда зарегистрировано")
    body: Body | None = field(
        "Каким органом; null, пока центр не выбрал его", related(BODIES_BY_KEY, _body)
    )
    number: str | None = field("Номер самого органа; null, если он тот же, что у обращения")
    presumed: bool = field("День регистрации неизвестен, взят день поступления")


@derived(*FACTS, rows=ENTRIES, by=Appeal.id)
def registrations_of(
    root: Appeal, info: Info, rows: Sequence[LedgerEntry]
) -> list[registrations.Registration]:
    """Resolver of an appeal's `registrations`."""
    return list(registrations.registrations(pure(rows)))


def _copied_to(root: LedgerEntry) -> str | None:
    return root.body


@strawberry.type(description="Копия обращения, направленная органу; у него это отдельное дело")
class SentCopy:
    """Resolved from rows of the ledger."""

    seq: int = field("Номер события в хронологии")
    at: datetime = field("Когда направлена")
    body: Body | None = field("Какому органу", related(BODIES_BY_KEY, _copied_to))
    question: str | None = field("На какой вопрос ответит этот орган", lambda root: root.reason)


@derived(*FACTS, LedgerEntry.reason, rows=ENTRIES, by=Appeal.id)
def copies_of(root: Appeal, info: Info, rows: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Resolver of an appeal's `copies`."""
    return [row for row in rows if row.fact == Fact.COPIED]


def _asker(root: results.AskedResults) -> str | None:
    return root.asker


def _asked(root: results.AskedResults) -> str | None:
    return root.of


@strawberry.type(description="Запрос результатов рассмотрения; срока для него закон не называет")
class AskedResults:
    """Resolved from `core.appeals.rules.results.AskedResults`."""

    seq: int = field("Номер события в хронологии")
    asker: Body | None = field("Какой орган запросил", related(BODIES_BY_KEY, _asker))
    of: Body | None = field("У какого органа", related(BODIES_BY_KEY, _asked))
    asked_at: datetime = field("Когда запрошены")
    given_at: datetime | None = field("Когда представлены; null, если ещё нет")


@derived(*FACTS, rows=ENTRIES, by=Appeal.id)
def asked_results_of(
    root: Appeal, info: Info, rows: Sequence[LedgerEntry]
) -> list[results.AskedResults]:
    """Resolver of an appeal's `askedResults`."""
    return list(results.asked_results(pure(rows)))
