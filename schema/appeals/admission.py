"""Whom a document lets read a case."""

from datetime import date

import strawberry

from core.appeals.rules.admissions import AdmissionKind
from core.directory import model
from schema.directory.loaders import PERSONS
from schema.directory.types import Person
from schema.graphql.fields import field
from schema.graphql.resolvers import related


@strawberry.type(description="Допуск лица к одному обращению по документу")
class Admission:
    """Resolved from rows."""

    person: Person | None = field("Кто допущен", related(PERSONS, model.Admission.person_id))
    kind: AdmissionKind = field("По какому праву")
    document: str = field("Документ: вид и номер")
    dated: date = field("Дата документа")
    granted_by: str = field("Кто допустил: имя в системе входа")
    since: date = field("С какого дня")
    until: date = field("Первый день, когда допуска уже нет")
