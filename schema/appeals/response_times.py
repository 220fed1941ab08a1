"""Both times of an answer, to the interim one and to the final one (R55)."""

from datetime import date
from typing import Annotated

import strawberry

from core.appeals import response_times
from core.kernel.codes import Permission
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.guards import needs


@strawberry.type(description="За какое время отвечено на поступившее в периоде")
class ResponseTimes:
    """Resolved from `core.appeals.response_times.ResponseTimes`."""

    received: int = field("Сколько поступило")
    informed: int = field("На сколько направлен промежуточный ответ")
    mean_seconds_to_interim: float | None = field(
        "Среднее время от поступления до первого промежуточного ответа, секунд; null, если их нет",
    )
    answered: int = field("На сколько направлен окончательный ответ")
    mean_seconds_to_final: float | None = field(
        "Среднее время от поступления до окончательного ответа, секунд; null, если их нет",
    )


async def _times(
    info: Info,
    since: Annotated[date, strawberry.argument(description="С какого дня поступления")],
    until: Annotated[date, strawberry.argument(description="По какой день включительно")],
) -> response_times.ResponseTimes:
    async with info.context.reading() as work:
        return await response_times.response_times(work, since, until)


@strawberry.type
class ResponseQuery:
    """What is told of both times."""

    response_times: ResponseTimes = field(
        "Время до промежуточного и до окончательного ответа, каждое отдельно",
        _times,
        needs(Permission.READ_APPEALS),
    )
