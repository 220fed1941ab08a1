"""An obligation of one period as the API shows it."""

from datetime import date, datetime
from typing import Any

import strawberry

from core.directory import model as directory
from core.documents import model as documents
from core.law import act as law
from core.obligations.calendar import Listed
from core.obligations.rules import ObligationState
from schema.directory.loaders import PERSONS
from schema.directory.types import Person
from schema.documents.types import DOCUMENTS, Document
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.law.types import CLAUSE, KEY, NAME


def _clause(root: strawberry.Parent[Listed], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.row.clause)


async def _document(root: strawberry.Parent[Listed], info: Info) -> documents.Document | None:
    found: documents.Document | None = await info.context.loaders.load(
        DOCUMENTS, root.row.document_id
    )
    return found


async def _answering(root: strawberry.Parent[Listed], info: Info) -> list[directory.Person]:
    people = [await info.context.loaders.load(PERSONS, one) for one in root.row.answering]
    return [person for person in people if person is not None]


@strawberry.type(description="Обязанность одного периода: по праву этого периода")
class Obligation:
    """Resolved from `Listed`."""

    kind: str = field(KEY, lambda root: root.row.key)
    name: str = field(NAME, lambda root: root.row.name)
    block: str | None = field("Ключ блока, если по блоку", lambda root: root.row.block or None)
    owner: str = field("Кто обязан: ключ роли или органа", lambda root: root.row.owner)
    owner_name: str = field("Кто обязан, словами", lambda root: root.owner)
    period: str | None = field(
        "Период: 2026, 2026-Q1, 2026-05; null — один раз", lambda root: root.row.period
    )
    start: date = field("Первый день периода", lambda root: root.row.start)
    due: date = field("Последний день срока", lambda root: root.row.due)
    closes: date = field(
        "День, после которого остаётся неисполненной (R6)", lambda root: root.row.closes
    )
    state: ObligationState = field("Как исполнена")
    advised: bool = field("Только рекомендована (R42)", lambda root: root.row.advised)
    document_kind: str | None = field(
        "Каким видом документа исполняют", lambda root: root.row.document
    )
    document: Document | None = field("Документ, которым исполнена", _document)
    proof: str | None = field("Акт, который подтверждает исполнение", lambda root: root.row.proof)
    done_at: datetime | None = field("Когда исполнена", lambda root: root.row.done_at)
    breached_at: datetime | None = field(
        "Момент нарушения: сам срок", lambda root: root.row.breached_at
    )
    answering: list[Person] = field("Кто отвечал в последний день срока", _answering)
    ground: str | None = field("Решение, которое её установило", lambda root: root.row.ground)
    clause: Clause | None = field(CLAUSE, _clause)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """What is listed of obligations is this type."""
        return isinstance(value, Listed)
