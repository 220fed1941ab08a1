"""One appeal with everything that belongs to it; resolved from rows as they are."""

from datetime import date, datetime
from typing import Any

import strawberry

from core.appeals import model
from core.appeals.duplicates import model as clusters
from core.appeals.rules.intake import ApplicantKind, Identification, Regime, Residence
from core.appeals.rules.lateness import LateBy
from core.appeals.rules.lifecycle import Outcome, State
from core.appeals.rules.signatures import Way
from core.kernel.codes import Permission
from schema.appeals import loaders
from schema.appeals.admission import Admission
from schema.appeals.allowed import AppealStep, steps_of
from schema.appeals.applicant import Applicant, applicant_of
from schema.appeals.case_notice import CaseNotice
from schema.appeals.categories import CATEGORIES, Category
from schema.appeals.chronicle import Answer, Dispatch, Holder, LedgerEntry, holders_of
from schema.appeals.conclusions import Conclusion
from schema.appeals.content import content
from schema.appeals.deadlines import AppealDeadline, judged
from schema.appeals.measure import Measure
from schema.appeals.no_term import NoTermReason, no_term_of
from schema.appeals.notes import Note
from schema.appeals.reception import card_of
from schema.appeals.registrations import (
    AskedResults,
    Registration,
    SentCopy,
    asked_results_of,
    copies_of,
    registrations_of,
)
from schema.appeals.routing import Routing, routing_of
from schema.appeals.satisfaction import Dispute, Survey
from schema.appeals.step_choices import StepField, offered
from schema.appeals.told import (
    block_of,
    channel_of,
    home_of,
    is_late,
    late_by,
    municipality_of,
    regime_clause_of,
    theme_of,
    unanswered_by_of,
)
from schema.appeals.ways import answer_ways
from schema.attachments.loaders import OF_APPEALS
from schema.attachments.types import Attachment
from schema.directory.loaders import BODIES, PERSONS
from schema.directory.types import Body, Person
from schema.graphql.clauses import Clause
from schema.graphql.fields import field
from schema.graphql.guards import needs
from schema.graphql.ids import Node
from schema.graphql.resolvers import related
from schema.law.types import Block, Channel, Municipality, Theme
from schema.operation.journal import JournalEntry, journal_of


@strawberry.type(description="Обращение гражданина или сообщение из открытой публикации")
class Appeal(Node):
    """Rows of `core.appeals.model.Appeal`."""

    number: str = field("Регистрационный номер")
    version: int = field("Растёт с каждым изменением; передайте его в expectedVersion")
    channel: Channel | None = field("Канал, которым пришло", channel_of)
    external_id: str = field("Номер в системе, из которой пришло")
    regime: Regime = field("По какому закону рассматривается")
    regime_clause: Clause | None = field(
        "Норма, по которой определён режим; null у поступившего раньше, чем её стали записывать",
        regime_clause_of,
    )
    identified_by: Identification | None = field("Как установлена личность заявителя")
    identified_at: datetime | None = field("Когда она установлена")
    unanswered_by: Clause | None = field(
        "Норма, по которой ответ не даётся; null, если он даётся", unanswered_by_of
    )
    text: str | None = content("Текст", model.Appeal.text)
    topic: str | None = field("Тема, как её назвал источник")
    theme: Theme | None = field("Тематика", theme_of)
    category: Category | None = field(
        "Категория классификатора: строка, какой она была при выборе",
        related(CATEGORIES, model.Appeal.category_id),
    )
    block: Block | None = field("Блок", block_of)
    significant: bool = field("Под ускоренным решением ли")
    municipality: Municipality | None = field("Муниципальное образование", municipality_of)
    address: str | None = content("Адрес, о котором речь", model.Appeal.address)
    latitude: float | None = content("Широта", model.Appeal.latitude)
    longitude: float | None = content("Долгота", model.Appeal.longitude)
    addressee: Body | None = field("Кому адресовано", related(BODIES, model.Appeal.addressee_id))
    complained_body: Body | None = field(
        "Кого обжалует", related(BODIES, model.Appeal.complained_body_id)
    )
    complained_official: Person | None = field(
        "Должностное лицо, действия которого обжалуются: к делу оно не допускается",
        related(PERSONS, model.Appeal.complained_person_id),
    )
    body: Body | None = field(
        "У кого сейчас; null означает координатора", related(BODIES, model.Appeal.body_id)
    )
    executor: Person | None = field(
        "Исполнитель: кто в органе этим занимается", related(PERSONS, model.Appeal.executor_id)
    )
    changed_at: datetime = field("Когда изменено в последний раз")
    previous_body: Body | None = field(
        "У кого было до того", related(BODIES, model.Appeal.previous_body_id)
    )
    held_since: datetime = field("С какого момента у нынешнего держателя")
    state: State = field("Где находится")
    outcome: Outcome | None = field("Что из него вышло")
    received_at: datetime = field("Когда поступило")
    registered_at: datetime | None = field("Когда зарегистрировано")
    due_at: datetime | None = field("Последний момент ответа по самому строгому сроку")
    overdue: bool = field("Ответ опоздал или уже опаздывает", is_late)
    late_by: list[LateBy] = field(
        "Чей срок нарушен, каждый сам по себе: 59-ФЗ, механизма; или вердикта нет", late_by
    )
    statute_due_at: datetime | None = field("Последний момент срока 59-ФЗ")
    mechanism_due_at: datetime | None = field("Последний момент срока ускоренного решения")
    informed_at: datetime | None = field("Когда направлен первый промежуточный ответ")
    answered_at: datetime | None = field("Когда ответ отправлен впервые")
    undelivered: bool = field("Ответ вернулся, и его нужно направить повторно")
    closed_at: datetime | None = field("Когда закрыто")
    plan_date: date | None = field("К какому дню запланировано решение")
    plan_due_at: datetime | None = field(
        "Последний момент исполнения запланированного; null, если его не ждут"
    )
    plans_put_off: int = field("Сколько раз перенесён день исполнения запланированного")
    prolonged_to: date | None = field("До какого дня продлён срок ответа")
    applicant_kind: ApplicantKind = field("Кто обратился")
    residence: Residence = field("Где заявитель живёт постоянно")
    residence_municipality: Municipality | None = field(
        "Муниципальное образование, где живёт заявитель; null, если это неизвестно", home_of
    )
    in_region_view: bool = field("Входит ли в показатели региона")
    in_federal_view: bool = field("Входит ли в федеральные показатели")
    prolongations: int = field("Сколько раз продлено")
    prolonged_days: int = field("На сколько дней продлено всего")
    transfers: int = field("Сколько раз передано и возвращено")
    reworks: int = field("Сколько раз возвращено в работу после спора")
    mark: int | None = field("Оценка заявителя от 1 до 5")
    ledger: list[LedgerEntry] = field(
        "Хронология: из неё выведено всё остальное", related(loaders.ENTRIES, model.Appeal.id)
    )
    holders: list[Holder] = field("Кто сколько держал; сумма равна всему времени", holders_of)
    registrations: list[Registration] = field(
        "Регистрации: первая и по одной на каждый орган, которому переадресовано", registrations_of
    )
    copies: list[SentCopy] = field("Копии, направленные другим органам", copies_of)
    copied_from: "Appeal | None" = field(
        "Обращение, копией которого это дело является; null, если оно не копия или вам не видно",
        related(loaders.APPEALS, model.Appeal.copy_of_id),
    )
    asked_results: list[AskedResults] = field(
        "Кто из направивших запросил результаты рассмотрения", asked_results_of
    )
    deadline: AppealDeadline = field("Сроки с объяснением и нормами", judged)
    no_term_reason: NoTermReason | None = field(
        "Почему срок сейчас не идёт; null, пока какой-то срок действует", no_term_of
    )
    routing: Routing = field("Какой маршрут решил и почему не другие", routing_of)
    answers: list[Answer] = field("Ответы заявителю", related(loaders.ANSWERS, model.Appeal.id))
    dispatches: list[Dispatch] = field(
        "Когда и как ответы передавались для доставки и что из этого вышло",
        related(loaders.DISPATCHES, model.Appeal.id),
    )
    notices: list[CaseNotice] = field(
        "Уведомления заявителю и как далеко каждое дошло", related(loaders.NOTICES, model.Appeal.id)
    )
    surveys: list[Survey] = field(
        "Опросы, по одному на закрытие", related(loaders.SURVEYS, model.Appeal.id)
    )
    disputes: list[Dispute] = field(
        "Споры о результате", related(loaders.DISPUTES, model.Appeal.id)
    )
    disputed: "Appeal | None" = field(
        "Обращение, ответ на которое оспаривает это; null, если вам оно не видно",
        related(loaders.APPEALS, model.Appeal.disputes_id),
    )
    answered_with: "Appeal | None" = field(
        "Обращение того же автора, вместе с которым на это отвечают; null, если вам оно не видно",
        related(loaders.APPEALS, model.Appeal.repeats_id),
    )
    signatories: int = field("Сколько человек подписали; отвечают одному из них")
    reception_card: str | None = field(
        "Карточка личного приёма; каждое чтение остаётся в журнале",
        card_of,
        needs(Permission.READ_PERSONAL_DATA),
    )
    answer_ways: list[Way] = field(
        "Какими способами направляется ответ; затрагивающий многих можно также разместить",
        answer_ways,
    )
    conclusions: list[Conclusion] = field(
        "Решения не давать ответ по существу", related(loaders.CONCLUSIONS, model.Appeal.id)
    )
    notes: list[Note] | None = field(
        "Заметки должностных лиц, которые вам открыты; исправленные тоже остаются",
        related(loaders.NOTES, model.Appeal.id),
        needs(Permission.READ_CONTENT),
    )
    attachments: list[Attachment] | None = field(
        "Вложения обращения; пусто, если его содержание вам не открыто",
        related(OF_APPEALS, model.Appeal.id),
        needs(Permission.READ_CONTENT),
    )
    measures: list[Measure] = field(
        "Меры, принятые по результатам рассмотрения", related(loaders.MEASURES, model.Appeal.id)
    )
    cluster: "Cluster | None" = field(
        "Обращения о той же проблеме", related(loaders.CLUSTERS, model.Appeal.cluster_id)
    )
    proposals: "list[DuplicateProposal]" = field(
        "Похожие обращения, о которых никто ещё не решил",
        related(loaders.PROPOSALS, model.Appeal.id),
        needs(Permission.JOIN_DUPLICATES),
    )
    admissions: list[Admission] = field(
        "Кого допустили читать обращение и по какому документу",
        related(loaders.ADMISSIONS, model.Appeal.id),
        needs(Permission.SHOW_MATERIALS),
    )
    steps: list[AppealStep] = field(
        "Что можно сделать с обращением сейчас вам, и почему нельзя остальное", steps_of
    )
    step_choices: list[StepField] = field("Что можно выбрать в полях открытого вам шага", offered)
    journal: list[JournalEntry] = field(
        "Журнал изменений", journal_of, needs(Permission.READ_JOURNAL)
    )
    applicant: Applicant | None = field(
        "Заявитель; каждое чтение остаётся в журнале",
        applicant_of,
        needs(Permission.READ_PERSONAL_DATA),
    )

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of appeals are this type."""
        return isinstance(value, model.Appeal)


@strawberry.type(description="Группа обращений об одной проблеме; люди при этом не объединяются")
class Cluster(Node):
    """Rows of `core.appeals.duplicates.model.Cluster`."""

    opened_at: datetime = field("Когда собрана")
    appeals: list[Appeal] = field(
        "Обращения группы, которые вам видны", related(loaders.MEMBERS, clusters.Cluster.id)
    )

    @classmethod
    def is_type_of(cls, value: object, info: Any) -> bool:
        """Rows of clusters are this type."""
        return isinstance(value, clusters.Cluster)


@strawberry.type(description="Похожее обращение; решают люди")
class DuplicateProposal:
    """Rows of `core.appeals.duplicates.model.LikeCase` that are like another."""

    appeal: Appeal | None = field(
        "Похожее обращение: первое из группы, а для первого второе; null, если вам оно не видно",
        related(loaders.APPEALS, clusters.LikeCase.other_id),
    )
    score: int = field("Сходство в тысячных")
    reasons: str = field("Чем похоже")
    group: "LikeGroup" = field(
        "Все похожие вместе: предложение одно на группу",
        related(loaders.LIKE_GROUPS, clusters.LikeCase.group_id),
    )


@strawberry.type(description="Похожие обращения, найденные вместе; объединяют их люди")
class LikeGroup:
    """Rows of `core.appeals.duplicates.model.LikeGroup`."""

    size: int = field("Сколько в группе обращений, и тех, что вам не видны")
    appeals: list["LikeAppeal"] = field(
        f"Обращения группы в том порядке, в каком найдены, не больше {loaders.MOST_LIKE}",
        related(loaders.LIKE_CASES, clusters.LikeGroup.id),
    )


@strawberry.type(description="Обращение в группе похожих")
class LikeAppeal:
    """Rows of `core.appeals.duplicates.model.LikeCase`."""

    appeal: Appeal | None = field(
        "Обращение; null, если вам оно не видно",
        related(loaders.APPEALS, clusters.LikeCase.appeal_id),
    )
    score: int = field("Сходство с первым в тысячных; у первого со вторым")
    reasons: str = field("Чем похоже")
