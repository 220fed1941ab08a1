"""What has happened to an appeal: its ledger, its holders, its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import strawberry

from core.appeals import model
from core.appeals.ledger import pure
from core.appeals.rules.answers import AnswerKind, warned_of
from core.appeals.rules.ledger import COORDINATOR, Holding, holdings
from core.appeals.rules.lifecycle import Fact, Outcome
from core.appeals.rules.signatures import SignatureKind, Way
from core.attachments import model as attachments
from core.directory import model as directory
from core.law import act as law
from schema.appeals import content
from schema.appeals.content import content_of
from schema.appeals.loaders import ENTRIES
from schema.attachments.loaders import ATTACHMENTS
from schema.attachments.types import Attachment
from schema.directory.loaders import BODIES, BODIES_BY_KEY
from schema.directory.types import Body
from schema.graphql.clauses import Clause
from schema.graphql.context import Info
from schema.graphql.fields import field
from schema.graphql.ids import id_of
from schema.graphql.resolvers import derived, related

FACTS = (
    model.LedgerEntry.seq,
    model.LedgerEntry.fact,
    model.LedgerEntry.at,
    model.LedgerEntry.body,
    model.LedgerEntry.data,
)
"""The columns of an entry that `pure` takes."""


@derived(model.LedgerEntry.clause)
def _clause(root: model.LedgerEntry, info: Info) -> law.Clause | None:
    return None if root.clause is None else info.context.rules.clause(root.clause)


@strawberry.type(description="Событие хронологии; записанное не меняется и не удаляется")
class LedgerEntry:
    """Resolved from rows."""

    seq: int = field("Номер по порядку")
    fact: Fact = field("Что произошло")
    at: datetime = field("Когда произошло")
    recorded_at: datetime = field("Когда записано")
    actor: str = field("Кто записал: имя в системе входа")
    body: Body | None = field(
        "Кто держит с этого момента; при запросе — кого спросили",
        related(BODIES_BY_KEY, model.LedgerEntry.body),
    )
    clause: Clause | None = field("Норма, по которой это сделано", _clause)
    reason: str | None = content_of("Причина", content.ENTRY, model.LedgerEntry.reason)


@dataclass(frozen=True, slots=True)
class Held:
    """A holding and its length in seconds up to the moment of the request."""

    holding: Holding
    seconds: int


def _held_by(root: Held) -> str | None:
    return None if root.holding.body == COORDINATOR else root.holding.body


@strawberry.type(description="Кто держал обращение и сколько; отрезки стыкуются")
class Holder:
    """Resolved from `Held`."""

    body: Body | None = field("Орган; null означает координатора", related(BODIES_BY_KEY, _held_by))
    since: datetime = field("С какого момента", lambda root: root.holding.since)
    until: datetime | None = field("По какой; null, если держит", lambda root: root.holding.until)
    seconds: int = field("Сколько секунд")


def _attached(root: Mapping[str, Any]) -> int | None:
    return root.get("attachment")


@strawberry.type(description="Подтверждение того, что проблема решена")
class Evidence:
    """Resolved from the answer's JSON."""

    kind: str = field("Вид подтверждения", lambda root: root["kind"])
    reference: str = field("Где хранится, словами", lambda root: root["reference"])
    attachment: Attachment | None = field(
        "Вложение; null у ответов, данных до вложений", related(ATTACHMENTS, _attached)
    )


async def _enclosed(
    root: strawberry.Parent[model.Answer], info: Info
) -> list[attachments.Attachment]:
    load = info.context.loaders.load
    rows = [await load(ATTACHMENTS, one["attachment"]) for one in root.attachments]
    return [row for row in rows if row is not None]


@derived(model.Answer.outcome, model.Answer.plan_date)
def _warnings(root: model.Answer, _info: Info) -> list[str]:
    return warned_of(root.outcome, root.plan_date)


@strawberry.type(description="Ответ заявителю")
class Answer:
    """Resolved from rows."""

    id: strawberry.ID = field("Номер ответа", id_of)
    body: Body | None = field("Какой орган ответил", related(BODIES, model.Answer.body_id))
    author: str = field("Кто ответил: имя в системе входа")
    text: str | None = content_of("Текст", content.ANSWER, model.Answer.text)
    kind: AnswerKind = field("Окончательный или промежуточный")
    outcome: Outcome | None = field("Результат; null у промежуточного ответа")
    norm: str | None = field("Норма, на которой стоит отказ")
    plan_date: date | None = field("К какому дню запланировано решение")
    evidence: list[Evidence] | None = content_of(
        "Подтверждения", content.ANSWER, model.Answer.evidence
    )
    attachments: list[Attachment] = field(
        "Вложения, которые уходят с ответом и вам открыты", _enclosed
    )
    written_at: datetime = field("Когда подготовлен проект")
    signer: str | None = field("Кто подписал: имя в системе входа; null, если проект не подписан")
    signed_as: str | None = field("По какой должности или полномочию подписан")
    signature: SignatureKind | None = field("Вид подписи по 63-ФЗ или на бумаге")
    signed_at: datetime | None = field("Когда подписан")
    sent_at: datetime | None = field("Когда отправлен: этим остановлен срок; null, если ещё нет")
    late: bool | None = field("Позже ли срока отправлен; null, пока не отправлен")
    returned_at: datetime | None = field("Когда проект возвращён на исправление")
    returned_for: str | None = field("Ключ причины возврата проекта")
    warnings: list[str] = field(
        "Ключи причин, по которым проект может быть возвращён: о них предупреждают подписывающего",
        _warnings,
    )


@strawberry.type(description="Передача ответа для доставки, с подтверждением и исходом")
class Dispatch:
    """Resolved from rows."""

    way: Way = field("Способ")
    number: str | None = field("Чем подтверждена: номер реестра, отправления или сообщения")
    address_ground: str | None = field(
        "На каком основании не по адресу из обращения; null, если по нему"
    )
    sender: str = field("Кто передал: имя в системе входа")
    handed_at: datetime | None = field("Когда передана; null, пока канал не подтвердил отправку")
    delivered_at: datetime | None = field("Когда стало известно о вручении")
    returned_at: datetime | None = field("Когда стало известно о возврате")
    return_reason: str | None = field("Почему вернулась или отменена")
    annulled_at: datetime | None = field("Когда признана ошибкой отправителя")


@derived(*FACTS, rows=ENTRIES, by=model.Appeal.id)
def holders_of(root: model.Appeal, info: Info, rows: Sequence[model.LedgerEntry]) -> list[Held]:
    """Resolver of an appeal's `holders`."""
    now = info.context.now
    return [Held(part, int(part.length(now).total_seconds())) for part in holdings(pure(rows))]


async def body_by_key(info: Info, key: str | None) -> directory.Body | None:
    """The body with this key, None for none."""
    body: directory.Body | None = await info.context.loaders.load(BODIES_BY_KEY, key)
    return body
