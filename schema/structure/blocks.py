"""Blocks to come: proposed, agreed, in force."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from core.kernel.codes import ActKind, Authority, Permission
from core.law import act as law
from core.shapes.chains.model import DecisionRecord
from core.structure import model
from core.structure.block_proposals import NewBlock, decide_block, propose_block, refuse_block
from core.structure.queries import block_proposals
from core.structure.rules import growth
from core.structure.rules.blocks import BlockKind
from core.structure.rules.growth import ProposalState
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by, public
from schema.graphql.ids import decode_id, id_of
from schema.graphql.loaders import Rows
from schema.graphql.resolvers import related
from schema.law.queries import On
from schema.law.types import CLAUSE, KEY
from schema.structure.appointments import DecisionInput
from schema.structure.ordered import of_blocks

RECORDS = Rows(
    DecisionRecord.subject_id,
    DecisionRecord.id,
    (DecisionRecord.subject == model.BLOCK_PROPOSAL, DecisionRecord.agreed.is_(True)),
)


@strawberry.type(description="Шаг, которым появляется блок")
class BlockStep:
    """A rule."""

    key: str = field(KEY)
    order: int = field("Очередь; шаги одной очереди — в любом порядке")
    by: Authority = field("Чьё решение")
    grounds: list[ActKind] = field("Каким актом", lambda root: sorted(root.grounds))
    clause: Clause = field(CLAUSE)


def _clause(root: Any, info: Info) -> law.Clause | None:
    return info.context.rules.clause(root.clause or "")


@strawberry.type(description="Пройденный шаг")
class BlockRecord:
    """Resolved from rows."""

    step: str = field("Ключ шага")
    by: Authority = field("Чьё решение", lambda root: root.party)
    ground: str | None = field("Акт")
    actor: str = field("Кто внёс: имя в системе входа")
    at: datetime = field("Когда")
    clause: Clause | None = field(CLAUSE, _clause)


@strawberry.type(description="Предложение блока или более широких тематик")
class BlockProposal:
    """Resolved from rows."""

    id: strawberry.ID = field("Глобальный номер", id_of)
    key: str = field("Ключ блока")
    name: str = field("Название")
    kind: BlockKind = field("Отраслевой или тематический")
    themes: list[str] = field("Ключи тематик")
    significant: bool = field("Действует ли ускоренное решение: явный выбор решения")
    widens: bool = field("Расширяет ли действующий блок")
    reason: str = field("Зачем")
    state: ProposalState = field("Где предложение")
    proposed_at: datetime = field("Когда предложено")
    since: date | None = field("Первый день блока")
    clause: Clause | None = field("Норма, по которой блок в силе", _clause)
    records: list[BlockRecord] = field("Пройденные шаги", related(RECORDS, model.BlockProposal.id))

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of proposals are this type."""
        return isinstance(value, model.BlockProposal)


ProposalResult = Annotated[
    BlockProposal | Refusal,
    strawberry.union("BlockProposalResult", description="Предложение или отказ с нормой"),
]


@strawberry.input(description="Новый блок; ключ действующего блока расширяет его тематики")
class ProposeBlockInput:
    """`core.structure.block_proposals.NewBlock`."""

    key: str = field("Ключ блока")
    name: str = field("Название")
    kind: BlockKind = field("Отраслевой или тематический")
    themes: list[str] = field("Ключи тематик")
    significant: bool = field("Действует ли ускоренное решение")
    reason: str = field("Зачем")

    def content(self) -> NewBlock:
        """The block as core takes it."""
        return NewBlock(**{**vars(self), "themes": tuple(self.themes)})


@strawberry.input(description="Решение о предложенном блоке")
class DecideBlockInput:
    """A step."""

    proposal: strawberry.ID = field("Номер предложения")
    decision: DecisionInput = field("Чьё решение")
    since: date | None = optional("Первый день блока; без него сегодня")


@strawberry.input(description="Отклонение предложенного блока")
class RefuseBlockInput:
    """A refusal."""

    proposal: strawberry.ID = field("Номер предложения")
    decision: DecisionInput = field("Чьё решение")
    reason: str = field("Причина")


def _steps(info: Info, on: On = None) -> list[growth.BlockStep]:
    steps = info.context.rules.all(growth.BlockStep, on or info.context.today)
    return sorted(steps, key=lambda step: step.order)


async def _proposals(info: Info, state: ProposalState | None = None) -> list[model.BlockProposal]:
    async with info.context.reading() as work:
        return list(await work.session.scalars(block_proposals(state)))


@ordered_by(of_blocks)
async def _propose(info: Info, given: Input[ProposeBlockInput]) -> model.BlockProposal:
    async with info.context.work() as work:
        return await propose_block(work, given.content())


@ordered_by(of_blocks)
async def _decide(info: Info, given: Input[DecideBlockInput]) -> model.BlockProposal:
    number = decode_id(given.proposal, "BlockProposal")
    async with info.context.work() as work:
        return await decide_block(work, number, given.decision.content(), given.since)


@ordered_by(of_blocks)
async def _refuse(info: Info, given: Input[RefuseBlockInput]) -> model.BlockProposal:
    number = decode_id(given.proposal, "BlockProposal")
    async with info.context.work() as work:
        return await refuse_block(work, number, given.decision.content(), given.reason)


READ = needs(Permission.READ_DIRECTORY)


@strawberry.type
class GrowthQuery:
    """How blocks are added, and which are on their way."""

    block_steps: list[BlockStep] = field(
        "Как в регионе добавляют блок (подп. «в» п. 11 Правил № 1844)", _steps, public()
    )
    block_proposals: list[BlockProposal] = field("Предложения блоков", _proposals, READ)


@strawberry.type
class GrowthMutation:
    """Who may the law of the region says."""

    propose_block: ProposalResult = field("Предложить блок", _propose, READ)
    decide_block: ProposalResult = field("Решить о предложенном блоке", _decide, READ)
    refuse_block: ProposalResult = field("Отклонить предложенный блок", _refuse, READ)
