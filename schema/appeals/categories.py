"""A category of the region's classifier, as a type."""

from datetime import date
from typing import Any

import strawberry

from core.appeals.classifier import model
from core.appeals.rules.stage_terms import StageTerm, WorkStage
from core.law import act as law
from core.shapes.deadlines.rules.units import Unit
from schema.directory.loaders import BODIES
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.fields import field
from schema.graphql.ids import Node
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import derived, related

CATEGORIES = Rows(model.Category.id)
CITED = (
    model.Category.key,
    model.Category.act,
    model.Category.annex,
    model.Category.row,
    model.Category.object,
    model.Category.name,
    model.Category.cause,
    model.Category.since,
)


@strawberry.type(description="Сколько классификатор даёт на стадию работы")
class CategoryTerm:
    """Resolved from `core.appeals.rules.stage_terms.StageTerm`."""

    stage: WorkStage = field("Стадия")
    length: int = field("Сколько")
    unit: Unit = field("Чего: дней или часов")
    words: str = field("Словами", lambda root: root.label)


@derived(model.Category.stages)
def _terms(root: model.Category, info: Any) -> list[StageTerm]:
    return list(root.terms)


@derived(*CITED)
def _clause(root: model.Category, info: Any) -> law.Clause:
    return root.clause


@derived(model.Category.first_day, model.Category.last_day)
def _season(root: model.Category, info: Any) -> str | None:
    return root.season.label if root.season else None


@derived(model.Category.evidence)
def _evidence(root: model.Category, info: Any) -> list[str]:
    return list(root.evidence)


@strawberry.type(description="Строка классификатора региона")
class Category(Node):
    """Rows of `core.appeals.classifier.model.Category`."""

    key: str = field("Ключ; тот же во всех редакциях")
    object: str = field("Объект")
    name: str = field("Категория")
    cause: str | None = field("Причина")
    theme: str | None = field("Ключ тематики, к которой относится")
    municipality: str | None = field("Ключ муниципального образования, если только там")
    season: str | None = field("Когда в году принимается; null — всегда", _season)
    terms: list[CategoryTerm] = field("Сроки стадий, рядом с законными", _terms)
    evidence: list[str] = field("Чем подтверждается «решено»: document, photo, act", _evidence)
    body: Body | None = field(
        "Какой орган предлагается; решает маршрут закона или координатор",
        related(BODIES, model.Category.body_id),
    )
    since: date = field("С какого дня действует")
    until: date | None = field("С какого дня больше не действует")
    clause: Clause = field("Строка приложения: на ней стоит всё, что из категории следует", _clause)

    @classmethod
    def is_type_of(cls, value: Any, info: Any) -> bool:
        """Rows of the classifier are this type."""
        return isinstance(value, model.Category)
