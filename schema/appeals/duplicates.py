"""Cases of one problem: proposed by the machine, joined and split by people."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from core.appeals import model
from core.appeals.duplicates import repeats, search, service
from core.appeals.duplicates.model import Cluster as ClusterRow
from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal as CoreRefusal
from schema.appeals.allowed import takes
from schema.appeals.steps import AppealResult, ReasonedInput, StepInput
from schema.appeals.types import Cluster, DuplicateProposal
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id

MOST_JOINED = 200
ClusterResult = Annotated[
    Cluster | Refusal, strawberry.union("ClusterResult", description="Группа или отказ")
]


@strawberry.type(description="Найденные похожие обращения")
class Proposals:
    """New proposals."""

    proposals: list[DuplicateProposal] = field("Похожие; прежние найденные не повторяются")


ProposalsResult = Annotated[
    Proposals | Refusal, strawberry.union("ProposalsResult", description="Похожие или отказ")
]


@strawberry.input(description="Какие обращения об одной проблеме и почему")
class JoinInput:
    """Two cases or more."""

    ids: list[strawberry.ID] = field("Номера обращений")
    reason: str = field("Почему это одна проблема")


@ordered_by(PRACTICE.cite("duplicates"))
async def _join(info: Info, given: Input[JoinInput]) -> ClusterRow:
    numbers = _numbers(given.ids)
    async with info.context.work() as work:
        return await service.join(work, numbers, given.reason)


@strawberry.input(description="Какие обращения одного автора рассмотреть вместе")
class RepeatsInput:
    """The main one and its repeats."""

    main: strawberry.ID = field("Номер обращения, на которое будет ответ")
    repeats: list[strawberry.ID] = field("Номера повторных обращений того же автора")
    reason: str = field("Почему это один вопрос")


@ordered_by(repeats.SAME_AUTHOR)
async def _repeats(info: Info, given: Input[RepeatsInput]) -> ClusterRow:
    numbers = _numbers(given.repeats)
    async with info.context.work() as work:
        main = decode_id(given.main, "Appeal")
        return await repeats.join_repeats(work, main, numbers, given.reason)


def _numbers(ids: Sequence[strawberry.ID]) -> list[int]:
    if len(ids) > MOST_JOINED:
        text = f"За один раз объединяется не больше {MOST_JOINED} обращений"
        raise CoreRefusal(RefusalCode.TOO_MUCH, text)
    return [decode_id(one, "Appeal") for one in ids]


@takes(service.SPLIT)
async def _split(info: Info, given: Input[ReasonedInput]) -> model.Appeal:
    async with info.context.work() as work:
        return await service.split(
            work, given.number, given.reason, expected_version=given.expected_version
        )


@takes(search.PROPOSE)
async def _propose(info: Info, given: Input[StepInput]) -> Proposals:
    async with info.context.work() as work:
        found: list[Any] = await search.propose(work, given.number)
    return Proposals(proposals=found)


@strawberry.type
class DuplicateMutation:
    """Joining and splitting are events that can be undone by each other."""

    join_appeals: ClusterResult = field(
        "Объединить обращения об одной проблеме", _join, needs(Permission.JOIN_DUPLICATES)
    )
    join_repeats: ClusterResult = field(
        "Рассмотреть вместе повторные обращения одного автора: ответ один, уведомление по каждому",
        _repeats,
        needs(Permission.JOIN_DUPLICATES),
    )
    split_appeal: AppealResult = field(
        "Вынуть обращение из группы", _split, needs(Permission.JOIN_DUPLICATES)
    )
    propose_duplicates: ProposalsResult = field(
        "Найти похожие обращения сейчас, не дожидаясь очередного поиска",
        _propose,
        needs(Permission.JOIN_DUPLICATES),
    )
