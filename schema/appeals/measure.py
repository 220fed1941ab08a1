"""A measure taken by what an appeal showed."""

from datetime import date, datetime

import strawberry

from core.appeals.measures import model
from core.appeals.rules.measures import MeasureKind
from schema.directory.loaders import BODIES
from schema.directory.types import Body
from schema.graphql.fields import field
from schema.graphql.resolvers import related


@strawberry.type(description="Мера, принятая по результатам рассмотрения")
class Measure:
    """Resolved from rows."""

    seq: int = field("Номер в хронологии обращения")
    kind: MeasureKind = field("Какая мера")
    done: str = field("Что сделано")
    responsible: str | None = field("Должность и фамилия привлечённого к ответственности")
    act_number: str | None = field("Номер акта о привлечении")
    act_date: date | None = field("Дата акта о привлечении")
    taken_on: date = field("Когда принята")
    body: Body | None = field("Какой орган рассматривал", related(BODIES, model.Measure.body_id))
    recorded_at: datetime = field("Когда записана")
