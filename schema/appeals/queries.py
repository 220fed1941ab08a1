"""Looking for appeals: one by its id, many by a filter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypeVar

import strawberry
from sqlalchemy import Select, and_, select

from core.appeals import model
from core.appeals.address import AddressWord, address_sought
from core.appeals.charges import Charge
from core.appeals.content import searcher
from core.appeals.figures.subject import APPEALS, Figure
from core.appeals.number import as_kept, spellings
from core.appeals.queries import AppealFilter, View, matching, overdue, visible
from core.appeals.rules.intake import ApplicantKind, Regime
from core.appeals.rules.lateness import LateBy
from core.appeals.rules.lifecycle import OPEN_STATES, Outcome, State
from core.db.keyset import Order
from core.kernel.codes import Permission
from core.kernel.texts import LONGEST_ID
from core.law.russian import Code
from core.shapes.figures.analysis import span_for, tally
from core.shapes.figures.periods import Span
from schema.appeals.doubts import doubt_of
from schema.appeals.types import Appeal
from schema.graphql.context import Info
from schema.graphql.fields import field, optional
from schema.graphql.guards import needs
from schema.graphql.ids import GlobalId, decode_id, is_id, place_in
from schema.graphql.lookups import Asker, RowQuery, lookup
from schema.graphql.paging import After, Before, Connection, First, Last, Window, counting

T = TypeVar("T")


@strawberry.input(
    description="Какие обращения искать; все условия сразу, null среди значений — где их нет",
    name="AppealFilter",
)
class Filter:
    """`core.appeals.queries.AppealFilter` as clients write it."""

    state: list[State] | None = optional("В одном из этих состояний")
    outcome: list[Outcome | None] | None = optional("С одним из этих результатов")
    block: list[str | None] | None = optional("Ключи блоков")
    theme: list[str | None] | None = optional("Ключи тематик")
    body: list[strawberry.ID | None] | None = optional(
        "Ключи или глобальные номера органов, у которых обращение сейчас"
    )
    municipality: list[str | None] | None = optional("Ключи муниципальных образований")
    channel: list[str] | None = optional("Ключи каналов")
    due_rule: list[str | None] | None = optional("Ключи сроков, которые действуют")
    number: str | None = optional(
        "Регистрационный номер; пробелы, другие тире и буква О вместо нуля прощаются"
    )
    external_id: str | None = optional("Номер в системе, из которой пришло")
    applicant_kind: list[ApplicantKind] | None = optional("Обратился один из этих")
    regime: Regime | None = optional("Обращения по 59-ФЗ или сообщения")
    received_from: datetime | None = optional("Поступило в этот момент или позже")
    received_before: datetime | None = optional("Поступило раньше этого момента")
    due_from: datetime | None = optional("Срок в этот момент или позже")
    due_before: datetime | None = optional("Срок раньше этого момента")
    registered_from: datetime | None = optional("Зарегистрировано в этот момент или позже")
    registered_before: datetime | None = optional("Зарегистрировано раньше этого момента")
    answered_from: datetime | None = optional("Отвечено впервые в этот момент или позже")
    answered_before: datetime | None = optional("Отвечено впервые раньше этого момента")
    closed_from: datetime | None = optional("Закрыто в этот момент или позже")
    closed_before: datetime | None = optional("Закрыто раньше этого момента")
    changed_after: datetime | None = optional("Изменено позже этого момента")
    told_after: str | None = optional("Ход продолжен после этого места потока событий")
    significant: bool | None = optional("Под ускоренным решением ли")
    prolonged: bool | None = optional("Продлевалось ли")
    transferred: bool | None = optional("Передавалось или возвращалось ли")
    reworked: bool | None = optional("Возвращалось ли в работу после спора")
    overdue: bool | None = optional("Ответ опоздал или уже опаздывает")
    late_by: LateBy | None = optional(
        "Против какого срока нарушение: закона, механизма, иного; или вердикта нет"
    )
    undelivered: bool | None = optional("Ответ вернулся и ещё не направлен повторно")
    rated: bool | None = optional("Оценил ли заявитель результат")
    established: bool | None = optional("Можно ли установить, соблюдён ли срок")
    queued: bool | None = optional("В очереди координатора")
    without_deadline: bool | None = optional("Ни один срок ответа не действует")
    text: str | None = optional(
        "Слова текста в любой форме, все сразу; находится то, содержание чего вам открыто"
    )
    address: str | None = optional(
        "Начала слов адреса, все сразу; находится то, содержание чего вам открыто"
    )
    category: list[str | None] | None = optional("Ключи категорий классификатора, любой редакции")
    executor: list[strawberry.ID] | None = optional("Исполнители: глобальные номера сотрудников")
    view: View | None = optional("Только то, что входит в эти показатели")
    charge: list[Charge] | None = optional("Чья это ответственность")
    awaits_me: bool | None = optional("Открыто, и следующий шаг с ним за вами")


Asked = Annotated[
    Filter | None, strawberry.argument(name="filter", description="Какие обращения; без него все")
]


class AppealOrder(Code):
    """Keyset orders."""

    NEWEST = "newest", "сначала недавно поступившие"
    OLDEST = "oldest", "сначала давно поступившие"
    DUE_SOONEST = "due_soonest", "сначала ближайший срок; без срока не показываются"
    DUE_LATEST = "due_latest", "сначала дальний срок; без срока не показываются"
    DELAY = "delay", "сначала те, кто дольше всех ждёт ответа после срока; другие не показываются"
    CHANGED = "changed", "сначала недавно изменённые"
    CHANGED_EARLIEST = "changed_earliest", "сначала давно изменённые: так забирают новое"
    NUMBER = "number", "по регистрационному номеру"


Ordered = Annotated[
    AppealOrder | None,
    strawberry.argument(
        name="order",
        description="В каком порядке; без него сначала недавно поступившие,"
        " а из просроченных и отобранных по сроку — те, чей срок раньше",
    ),
]
ORDERS = {
    AppealOrder.NEWEST: Order((model.Appeal.received_at, model.Appeal.id), descending=True),
    AppealOrder.OLDEST: Order((model.Appeal.received_at, model.Appeal.id)),
    AppealOrder.DUE_SOONEST: Order((model.Appeal.due_at, model.Appeal.id)),
    AppealOrder.DUE_LATEST: Order((model.Appeal.due_at, model.Appeal.id), descending=True),
    AppealOrder.DELAY: Order((model.Appeal.late_at, model.Appeal.id)),
    AppealOrder.CHANGED: Order((model.Appeal.changed_at, model.Appeal.id), descending=True),
    AppealOrder.CHANGED_EARLIEST: Order((model.Appeal.changed_at, model.Appeal.id)),
    AppealOrder.NUMBER: Order((model.Appeal.number, model.Appeal.id)),
}


def found(asker: Asker, wanted: AppealFilter, order: AppealOrder) -> Select[model.Appeal]:
    """The rows that the actor may see and that fit; those without a place in the order are out."""
    rows = fitting(asker, wanted).where(ORDERS[order].columns[0].is_not(None))
    if order is not AppealOrder.DELAY:
        return rows
    return rows.where(overdue(asker.now), model.Appeal.state.in_(sorted(OPEN_STATES)))


def totalled(asker: Asker, wanted: AppealFilter, span: Span, due: bool) -> Select[int]:
    """How many rows `found` has, out of what is kept counted; where all are `due`, less the others.

    No cell tells those without a deadline from the rest, but they are few where people work.
    """
    asked = (asker.actor, asker.now, asker.dialect, (), wanted, span)
    whole = tally(APPEALS, *asked, (Figure.TOTAL,))
    if not due:
        return whole
    others = counting(fitting(asker, wanted).where(model.Appeal.due_at.is_(None)))
    return select(whole.scalar_subquery() - others.scalar_subquery())


def fitting(asker: Asker, wanted: AppealFilter) -> Select[model.Appeal]:
    """The rows that the actor may see and that fit, in no order."""
    seen = visible(searcher(asker.actor, wanted))
    fits = and_(seen, matching(wanted, asker.now, asker.dialect))
    return select(model.Appeal).where(fits)


def numbered(asker: Asker, number: int) -> Select[model.Appeal]:
    """The row with this number, if the actor may see it."""
    return select(model.Appeal).where(model.Appeal.id == number, visible(asker.actor))


def criteria(asked: Filter | None, info: Info) -> AppealFilter:
    """The filter as the core takes it."""
    if asked is None:
        return AppealFilter()
    bodies, body_keys = _bodies(_chosen(asked.body))
    return AppealFilter(
        states=_chosen(asked.state),
        outcomes=_chosen(asked.outcome),
        blocks=_chosen(asked.block),
        themes=_chosen(asked.theme),
        bodies=bodies,
        body_keys=body_keys,
        due_rules=_chosen(asked.due_rule),
        numbers=_spelt(asked.number, info),
        external_ids=() if asked.external_id is None else as_kept(asked.external_id),
        applicant_kinds=_chosen(asked.applicant_kind),
        municipalities=_chosen(asked.municipality),
        channels=_chosen(asked.channel),
        regime=asked.regime,
        received_from=asked.received_from,
        received_before=asked.received_before,
        due_from=asked.due_from,
        due_before=asked.due_before,
        registered_from=asked.registered_from,
        registered_before=asked.registered_before,
        answered_from=asked.answered_from,
        answered_before=asked.answered_before,
        closed_from=asked.closed_from,
        closed_before=asked.closed_before,
        changed_after=asked.changed_after,
        told_after=None if asked.told_after is None else place_in(asked.told_after),
        significant=asked.significant,
        prolonged=asked.prolonged,
        transferred=asked.transferred,
        reworked=asked.reworked,
        overdue=asked.overdue,
        late_by=asked.late_by,
        undelivered=asked.undelivered,
        rated=asked.rated,
        established=asked.established,
        queued=asked.queued,
        without_deadline=asked.without_deadline,
        text=asked.text,
        address=_where(asked.address, info),
        categories=_chosen(asked.category),
        executors=tuple(decode_id(one, "Person") for one in _chosen(asked.executor)),
        view=asked.view,
        charges=_chosen(asked.charge),
        awaiting=None if asked.awaits_me is None else (info.context.actor, asked.awaits_me),
    )


def _where(address: str | None, info: Info) -> Sequence[AddressWord]:
    if address is None or not address.strip():
        return ()
    return address_sought(address, info.context.rules, info.context.today)


def _spelt(number: str | None, info: Info) -> tuple[str, ...]:
    if number is None:
        return ()
    return spellings(number[:LONGEST_ID], info.context.rules, info.context.today)


def _bodies(asked: Sequence[str | None]) -> tuple[list[int | None], list[str]]:
    """Ids of the bodies that are named by global ids, and keys of the others."""
    ids, keys = list[int | None](), list[str]()
    for one in asked:
        if one is None:
            ids.append(None)
        elif is_id(one):
            ids.append(decode_id(one, "Body"))
        else:
            keys.append(one)
    return ids, keys


def _chosen(values: Sequence[T] | None) -> Sequence[T]:
    return values or ()


def usual_order(wanted: AppealFilter) -> AppealOrder:
    """The order of a list for which none is asked: what is looked for by deadlines has theirs."""
    by_deadlines = wanted.overdue or wanted.due_from or wanted.due_before
    return AppealOrder.DUE_SOONEST if by_deadlines else AppealOrder.NEWEST


@lookup(model.Appeal)
def _appeals(
    info: Info,
    asked: Asked = None,
    order: Ordered = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> RowQuery:
    wanted, window = criteria(asked, info), Window(first, after, last, before)
    order = order or usual_order(wanted)
    actor = searcher(info.context.actor, wanted)
    span = span_for(APPEALS, (), actor, wanted, info.context.zone)
    due = not wanted.overdue and order in (AppealOrder.DUE_SOONEST, AppealOrder.DUE_LATEST)
    total = (
        None
        if span is None or order is AppealOrder.DELAY
        else RowQuery(totalled, (wanted, span, due))
    )
    steady, doubt = wanted.text is None and not wanted.address, doubt_of(wanted, info.context)
    return RowQuery(found, (wanted, order), ORDERS[order], window, steady, total, doubt)


@lookup(model.Appeal)
def _appeal(info: Info, number: GlobalId) -> RowQuery:
    return RowQuery(numbered, (decode_id(number, "Appeal"),))


@strawberry.type
class AppealQuery:
    """Cases, cut to what the actor may see."""

    appeals: Connection[Appeal] = field(
        "Обращения, которые вам видны", _appeals, needs(Permission.READ_APPEALS)
    )
    appeal: Appeal | None = field(
        "Обращение; null, если его нет или оно вам не видно",
        _appeal,
        needs(Permission.READ_APPEALS),
    )
