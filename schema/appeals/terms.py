"""Terms beside that of the answer, and what officials were warned of."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

import strawberry

from core.appeals.escalation import model as warned
from core.appeals.escalation.service import digest
from core.appeals.terms import model, queries
from core.kernel.codes import Permission
from core.law import act as law
from schema.appeals.loaders import APPEALS
from schema.appeals.types import Appeal
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.resolvers import related

Key = Annotated[str | None, strawberry.argument(description="Только сроки с этим ключом")]


def _clause(root: strawberry.Parent[model.AppealTerm], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


def _step_clause(root: strawberry.Parent[warned.Escalation], info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause)


@strawberry.type(description="Срок обращения, который не является сроком ответа")
class AppealTerm:
    """Resolved from rows."""

    appeal: Appeal | None = field("Обращение", related(APPEALS, model.AppealTerm.appeal_id))
    rule: str = field("Ключ срока")
    ordinal: int = field("Который по счёту срок начат этой нормой, с 1")
    name: str = field("Название срока")
    clause: Clause | None = field(
        "Норма, которая устанавливает срок; null, если её устанавливает классификатор", _clause
    )
    due_at: datetime = field("Последний момент срока")
    running: bool = field("Идёт ли срок")
    breached_at: datetime | None = field("Когда нарушен: последний момент срока; null, если нет")


@strawberry.type(description="Предупреждение о сроке обращения")
class TermWarning:
    """Resolved from rows of escalation."""

    appeal: Appeal | None = field("Обращение", related(APPEALS, warned.Escalation.appeal_id))
    step: str = field("Ключ ступени")
    term: str | None = field("Ключ срока; null, если это действующий срок ответа")
    clause: Clause | None = field("Норма о предупреждении", _step_clause)
    due_at: datetime = field("Последний момент срока")
    raised_at: datetime = field("Когда предупреждение записано")
    day_off: bool = field("Истекает ли срок в нерабочий день")


async def _running(
    info: Info,
    overdue: Annotated[
        bool, strawberry.argument(description="Только те, чей последний момент прошёл")
    ] = False,
    rule: Key = None,
) -> Sequence[model.AppealTerm]:
    async with info.context.reading() as work:
        return await queries.running_terms(work, overdue=overdue, rule=rule)


async def _broken(info: Info, rule: Key = None) -> Sequence[model.AppealTerm]:
    async with info.context.reading() as work:
        return await queries.broken_terms(work, rule=rule)


async def _warnings(
    info: Info,
    on: Annotated[
        date | None, strawberry.argument(description="День региона; без него сегодняшний")
    ] = None,
) -> Sequence[warned.Escalation]:
    async with info.context.reading() as work:
        return await digest(work, on or work.today)


@strawberry.type
class TermQuery:
    """Lists of `core.appeals.terms.queries` and the digest of warnings."""

    running_terms: list[AppealTerm] = field(
        "Сроки, которые идут помимо срока ответа: стадии, проекты, исполнение обещанного; сначала "
        "ближайший, не больше двухсот",
        _running,
        needs(Permission.READ_APPEALS),
    )
    broken_terms: list[AppealTerm] = field(
        "Нарушенные сроки, которые не являются сроком ответа, и те, что с тех пор окончены; "
        "сначала новые, не больше двухсот",
        _broken,
        needs(Permission.READ_APPEALS),
    )
    warnings: list[TermWarning] = field(
        "О каких сроках предупреждено должностное лицо, которое спрашивает; сначала самые срочные",
        _warnings,
        needs(Permission.READ_APPEALS),
    )
