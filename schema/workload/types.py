"""Workload of specialists and blocks, and staffing proposals, as the API shows them."""

from datetime import date, datetime
from typing import Any

import orjson
import strawberry

from core.law import act as law
from core.workload import ledger, model
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.figures import Figure
from schema.graphql.ids import Node
from schema.graphql.loaders import Rows
from schema.law.types import CLAUSE

STAFFING = Rows(model.StaffingProposal.id)
BLOCK = "Ключ блока"


def _held(root: strawberry.Parent[ledger.Load]) -> float:
    return root.held.total_seconds()


@strawberry.type(description="Загрузка одного специалиста органа в одном блоке")
class Load:
    """Resolved from `core.workload.ledger.Load`."""

    block: str | None = field(BLOCK)
    body: str = field("Ключ органа; coordinator значит очередь координатора")
    specialist: str | None = field("Имя в системе входа; null, пока никто не принял")
    open: int = field("Сколько обращений в работе на конец периода")
    inflow: int = field("Сколько поступило в эти руки за период")
    held_seconds: float = field("Сколько секунд обращения были в этих руках, точно", _held)


@strawberry.type(description="Загрузка за период")
class Loads:
    """Resolved from `core.workload.service.Loads`."""

    rows: list[Load] = field("По блокам, органам и специалистам")
    clause: Clause | None = field("Норма, которая велит вести учёт; null, если её нет")


@strawberry.type(description="Доля блока в обращениях и в составе")
class Representation:
    """Resolved from `core.workload.service.Representation`."""

    block: str = field(BLOCK)
    messages: int = field("Сколько обращений и сообщений за период")
    share: Figure | None = field("Какая часть от всех; null, если их не было")
    staff: int = field("Сколько людей в блоке в последний день периода")
    due: Figure | None = field("Сколько было бы, если делить людей по числу обращений")


def _figures(root: strawberry.Parent[model.StaffingProposal]) -> str:
    return orjson.dumps(root.figures).decode()


def _clause(root: strawberry.Parent[model.StaffingProposal], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


@strawberry.type(description="Предложение по кадровому усилению; передаётся как сведения")
class StaffingProposal(Node):
    """Resolved from rows."""

    block: str | None = field("Ключ блока; null, если о центре в целом")
    addressee: str = field("Ключ роли, которой адресовано")
    text: str = field("Предложение")
    positions: int = field("Сколько должностей")
    period_from: date = field("Первый день периода, по которому посчитано")
    period_to: date = field("Первый день после него")
    figures: str = field("Показатели загрузки: JSON", _figures)
    author: str = field("Кто подготовил: имя в системе входа")
    clause: Clause | None = field(CLAUSE, _clause)
    made_at: datetime = field("Когда")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of proposals are this type."""
        return isinstance(value, model.StaffingProposal)
