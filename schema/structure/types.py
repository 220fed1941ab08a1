"""Parts of the centre as the API shows them: ranks, roles, who held what and answers for it."""

from datetime import datetime
from typing import Any

import strawberry

from core.directory import model as directory
from core.kernel.codes import ActKind, Authority
from core.law import act as law
from core.reports.words import words_of
from core.structure import model
from core.structure.rules import appointments, charges, directions
from core.structure.rules.charges import Degree
from schema.directory.loaders import BODIES_BY_KEY
from schema.directory.types import Appointment, Body, Person
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import id_of
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import derived, related
from schema.law.types import CLAUSE, KEY, NAME


@strawberry.type(description="Должность на общей для регионов шкале")
class Rank:
    """A rule."""

    key: str = field(KEY)
    name: str = field(NAME)
    level: int = field("Уровень: больше значит выше")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Не ниже какой должности назначают на роль")
class RankFloor:
    """A rule."""

    role: str = field("Ключ роли", lambda root: root.key)
    rank: str = field("Ключ должности")
    level: int = field("Её уровень")
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Кто и в каком порядке назначает на роль")
class AppointmentStep:
    """A rule."""

    role: str = field("Ключ роли; * — любая, о которой акты молчат")
    step: appointments.Step = field("Шаг")
    by: Authority = field("Кто его делает")
    bodies: list[str] = field("Ключи органов, если названы", lambda root: sorted(root.bodies))
    blocks: list[str] = field("Ключи блоков, если только в них", lambda root: sorted(root.blocks))
    grounds: list[ActKind] = field("Каким актом", lambda root: sorted(root.grounds))
    clause: Clause = field(CLAUSE)


async def _partners(
    root: strawberry.Parent[directions.Direction], info: Info
) -> list[directory.Body]:
    keys = sorted(root.partners)
    found = [await info.context.loaders.load(BODIES_BY_KEY, key) for key in keys]
    return [body for body in found if body is not None]


@strawberry.type(description="Направление или функция центра")
class CentreDirection:
    """A rule."""

    key: str = field(KEY)
    name: str = field("Название в регионе")
    federal: str | None = field("Федеральный код; null, если направление есть только здесь")
    partners: list[Body] = field("С какими органами ведётся", _partners)
    clause: Clause = field(CLAUSE)


def _says(root: strawberry.Parent[charges.Mandate], info: Info) -> str:
    return words_of(info.context.rules).said(root)


@strawberry.type(description="Что акт поручает роли или органу")
class Mandate:
    """A rule."""

    holder: str = field("Ключ роли или органа")
    body: bool = field("Орган ли это")
    what: str = field("Что поручено")
    wording: str = field("То же одним предложением", _says)
    clause: Clause = field(CLAUSE)


@strawberry.type(description="Кто занимал роль в этот день")
class RoleHolder:
    """Resolved from `core.structure.accountability.Holder`."""

    person: Person = field("Должностное лицо")
    appointment: Appointment = field("Назначение")
    delegate: Person | None = field("Кто в этот день действовал за него")


@strawberry.type(description="Ответственность роли за предмет и кто тогда её занимал")
class ChargeAnswer:
    """Resolved from `core.structure.accountability.Answer`."""

    role: str = field("Ключ роли", lambda root: root.rule.role)
    degree: Degree = field("Как отвечает", lambda root: root.rule.degree)
    clause: Clause = field(CLAUSE, lambda root: root.rule.clause)
    holders: list[RoleHolder] = field("Кто занимал роль; пусто, если никто")


REPLACED = Rows(directory.Appointment.id)


@derived(model.Replacement.clause)
def _clause(root: model.Replacement, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


@strawberry.type(description="Замена: другую кандидатуру предлагают в срок")
class Replacement:
    """Resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    appointment: Appointment = field(
        "Кого заменяют", related(REPLACED, model.Replacement.appointment_id)
    )
    block: str = field("Ключ блока")
    trigger: appointments.Trigger = field("Почему")
    received_at: datetime = field("Когда получено уведомление или рекомендация")
    due_at: datetime = field("Последний момент для предложения")
    proposed_at: datetime | None = field("Когда предложено")
    candidate: Appointment | None = field(
        "Предложенная кандидатура", related(REPLACED, model.Replacement.candidate_id)
    )
    breached_at: datetime | None = field("Момент нарушения: сам срок")
    clause: Clause | None = field(CLAUSE, _clause)

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of replacements are this type."""
        return isinstance(value, model.Replacement)
