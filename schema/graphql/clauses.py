"""Acts and clauses as the API shows them: the ground of every rule and refusal."""

from datetime import date
from typing import Annotated

import strawberry

from core.law import act as law
from core.law import traceability as coverage
from core.law.traceability import Kind as ServerKind
from schema.graphql.context import Info
from schema.graphql.enums import described
from schema.graphql.fields import field

described(ServerKind, "Чем исполняется норма", name="ServerKind")


@strawberry.type(description="Что исполняет норму")
class Server:
    """Resolved from `core.law.traceability.Server`."""

    kind: ServerKind = field("Чем исполняется")
    name: str = field("Вид и ключ правила, имя действия или поле API")


def _served_by(root: strawberry.Parent[law.Clause], info: Info) -> list[coverage.Server]:
    return list(info.context.region.citations.get(root.ref, ()))


@strawberry.type(description="Норма акта: на ней стоит правило, срок или отказ")
class Clause:
    """A clause; resolved from `core.law.act.Clause`."""

    ref: str = field("Номер нормы в реестре, например ru.1844/10.в")
    title: str = field("Как пишет юрист: акт и пункт")
    number: str = field("Номер, как он напечатан в акте")
    text: str = field("Дословный текст нормы", lambda root: root.quote)
    quote: str = field("Дословная выдержка, то же, что text")
    says: str = field("Смысл нормы по-английски")
    area: str = field("Область, например sla")
    software: str = field("Чем норма становится: rule, workflow, data, report или none")
    served_by: list[Server] = field("Что исполняет норму в этом регионе", _served_by)
    introduced: date | None = field("Когда норма введена, если не сразу")
    amended: list[date] = field("Когда норма изменялась")
    repealed: date | None = field("Когда норма утратила силу")


@strawberry.type(description="Редакция акта")
class Edition:
    """A dated wording; resolved from `core.law.act.Edition`."""

    date: "date" = field("Дата редакции")
    act: str = field("Акт, который внёс изменения")


def _clauses(
    root: strawberry.Parent[law.Act],
    area: Annotated[str | None, strawberry.argument(description="Только этой области")] = None,
    software: Annotated[
        str | None, strawberry.argument(description="Только rule, workflow, data, report или none")
    ] = None,
    on: Annotated[
        date | None, strawberry.argument(description="Только действовавшие в этот день")
    ] = None,
) -> list[law.Clause]:
    return [
        clause
        for clause in root.clauses.values()
        if (area is None or clause.area == area)
        and (software is None or clause.software == software)
        and (on is None or (root.date <= on and clause.holds(on)))
    ]


@strawberry.type(description="Правовой акт и его нормы")
class Act:
    """An act; resolved from `core.law.act.Act`."""

    id: strawberry.ID = field("Номер акта в реестре, например ru.1844")
    title: str = field("Полное название")
    short: str = field("Краткое название")
    adopted: str = field("Кем и когда принят")
    number: str = field("Номер акта")
    date: "date" = field("Дата принятия")
    editions: list[Edition] = field("Редакции")
    registered: bool = field(
        "Сверен ли текст с реестром актов; false у общих законов и порядка изделия"
    )
    note: str | None = field("Оговорка об источнике текста")
    clauses: list[Clause] = field("Нормы по порядку", _clauses)
