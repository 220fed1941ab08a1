"""What is done about obligations: proven, tied to a document, decided; one's own calendar."""

from datetime import date
from typing import Annotated, Any

import strawberry

from core.kernel.codes import Permission
from core.law.periods import Periodicity
from core.obligations import model
from core.obligations.calendar import Listed, listed
from core.obligations.entries import Place
from core.obligations.feed import issue_feed, revoke_feed
from core.obligations.fulfilment import assign_document, prove_obligation
from core.obligations.law import NewObligation, decide_obligation
from schema.graphql.context import Info
from schema.graphql.errors import Refusal
from schema.graphql.fields import Input, field, optional
from schema.graphql.guards import needs, ordered_by
from schema.graphql.ids import decode_id
from schema.indicators.queries import DocumentInput
from schema.obligations.ordered import of_decision, of_obligation
from schema.obligations.types import Obligation

ObligationResult = Annotated[
    Obligation | Refusal,
    strawberry.union("ObligationResult", description="Обязанность или отказ с нормой"),
]


@strawberry.type(description="Внесённое решение об обязанности или её сроке")
class ObligationDecision:
    """Resolved from rows."""

    key: str = field("Ключ обязанности")
    within: int | None = field("Дней после окончания периода")
    ground: str = field("Акт")
    since: date = field("Первый день")

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of decisions are this type."""
        return isinstance(value, model.ObligationDecision)


DecisionResult = Annotated[
    ObligationDecision | Refusal,
    strawberry.union("ObligationDecisionResult", description="Решение или отказ с нормой"),
]


@strawberry.input(description="Обязанность одного периода")
class ObligationInput:
    """A place."""

    kind: str = field("Ключ обязанности")
    start: date = field("Первый день периода или день разовой")
    block: str | None = optional("Ключ блока, если обязанность блока")

    def place(self) -> Place:
        """The place as core takes it."""
        return self.kind, self.block or "", self.start


@strawberry.input(description="Подтверждение исполнения")
class ProveObligationInput:
    """A proof."""

    obligation: ObligationInput = field("Какая обязанность")
    on: date = field("День исполнения")
    proof: DocumentInput = field("Акт, который подтверждает")
    document: strawberry.ID | None = optional("Документ центра, если он есть")


@strawberry.input(description="За какой период документ")
class AssignDocumentInput:
    """A link."""

    obligation: ObligationInput = field("Какая обязанность")
    document: strawberry.ID = field("Номер документа")


@strawberry.input(description="Решение: срок известной обязанности или новая обязанность")
class DecideObligationInput:
    """`NewObligation` as clients write it."""

    kind: str = field("Ключ обязанности")
    since: date = field("Первый день")
    clause: str = field("Полный номер нормы, на которой стоит решение")
    ground: DocumentInput = field("Акт")
    within: int | None = optional("Дней после окончания периода")
    name: str | None = optional("Название новой обязанности")
    owner: str | None = optional("Ключ роли, которая обязана")
    period: Periodicity | None = optional("Период новой обязанности")
    document: str | None = optional("Ключ вида документа, которым исполняют")

    def new(self) -> NewObligation:
        """The decision as core takes it."""
        return NewObligation(
            self.kind,
            self.since,
            self.clause,
            self.within,
            self.name,
            self.owner,
            self.period,
            self.document,
        )


@strawberry.type(description="Адрес календаря: показывается один раз")
class ObligationFeed:
    """The answer of `issueObligationFeed`."""

    address: str = field("Адрес для программы-календаря; прежний больше не действует")


@strawberry.type(description="Что стало с адресом своего календаря")
class RevokedFeed:
    """The answer of `revokeObligationFeed`."""

    revoked: bool = field("Был ли адрес: теперь он не действует")


FeedResult = Annotated[
    ObligationFeed | Refusal,
    strawberry.union("ObligationFeedResult", description="Адрес календаря или отказ"),
]
RevokedFeedResult = Annotated[
    RevokedFeed | Refusal,
    strawberry.union("RevokedFeedResult", description="Отозванный адрес календаря или отказ"),
]


@ordered_by(of_obligation)
async def _prove(info: Info, given: Input[ProveObligationInput]) -> Listed:
    number = decode_id(given.document, "Document") if given.document else None
    async with info.context.work() as work:
        row = await prove_obligation(
            work, given.obligation.place(), given.on, given.proof.ground(), number
        )
        return listed(work, row)


@ordered_by(of_obligation)
async def _assign(info: Info, given: Input[AssignDocumentInput]) -> Listed:
    number = decode_id(given.document, "Document")
    async with info.context.work() as work:
        return listed(work, await assign_document(work, given.obligation.place(), number))


@ordered_by(of_decision)
async def _decide(info: Info, given: Input[DecideObligationInput]) -> model.ObligationDecision:
    async with info.context.work() as work:
        return await decide_obligation(work, given.new(), given.ground.ground())


async def _issue(info: Info) -> ObligationFeed:
    async with info.context.work() as work:
        token = await issue_feed(work)
        return ObligationFeed(address=f"{work.public_url}/{work.region}/c/{token}.ics")


async def _revoke(info: Info) -> RevokedFeed:
    async with info.context.work() as work:
        return RevokedFeed(revoked=await revoke_feed(work))


READ, MANAGE = needs(Permission.READ_DOCUMENTS), needs(Permission.MANAGE_DOCUMENTS)


@strawberry.type
class ObligationMutation:
    """Proofs, decisions, the feed."""

    prove_obligation: ObligationResult = field(
        "Подтвердить исполнение актом: раньше срока — исполнено", _prove, MANAGE
    )
    assign_obligation_document: ObligationResult = field(
        "Сказать, за какой период документ", _assign, READ
    )
    decide_obligation: DecisionResult = field(
        "Внести акт, который установил обязанность или её срок (R6)", _decide, MANAGE
    )
    issue_obligation_feed: FeedResult = field(
        "Выдать адрес своего календаря обязанностей", _issue, READ
    )
    revoke_obligation_feed: RevokedFeedResult = field(
        "Отозвать адрес своего календаря", _revoke, READ
    )
