"""Whose an appeal is: each registration of it, by which body, and what each was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import strawberry

from core.appeals.ledger import pure
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules import registrations
from schema.appeals.chronicle import FACTS
from schema.appeals.loaders import ENTRIES
from schema.directory.loaders import BODIES_BY_KEY
from schema.directory.types import Body
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.reading import derived, related


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
