"""The product's vocabulary: permissions, reasons of refusal, who decides and in what act."""

from __future__ import annotations

from core.law.russian import Code


class Permission(Code):
    """One thing that an official may do; the name is printed beside each field of the API."""

    TAKE_IN = "TAKE_IN", "приём обращений"
    READ_APPEALS = "READ_APPEALS", "чтение обращений"
    READ_CONTENT = "READ_CONTENT", "чтение содержания обращений"
    READ_PERSONAL_DATA = "READ_PERSONAL_DATA", "чтение персональных данных"
    READ_JOURNAL = "READ_JOURNAL", "чтение журнала"
    READ_DIRECTORY = "READ_DIRECTORY", "чтение справочника"
    ROUTE = "ROUTE", "направление"
    ACCEPT = "ACCEPT", "принятие в работу"
    TRANSFER = "TRANSFER", "передача"
    ANSWER = "ANSWER", "ответ"
    SIGN_ANSWERS = "SIGN_ANSWERS", "подписание ответов"
    CHECK_ANSWERS = "CHECK_ANSWERS", "проверка ответов до отправки"
    CONCLUDE = "CONCLUDE", "оставление без ответа по существу"
    END_CORRESPONDENCE = "END_CORRESPONDENCE", "прекращение переписки"
    PROLONG = "PROLONG", "продление срока"
    DELEGATE = "DELEGATE", "делегирование"
    IDENTIFY = "IDENTIFY", "установление личности заявителя"
    CHANGE_REGIME = "CHANGE_REGIME", "признание сообщения обращением"
    SHOW_MATERIALS = "SHOW_MATERIALS", "ознакомление заявителя с материалами"
    WITHDRAW = "WITHDRAW", "отзыв от имени заявителя"
    DISPUTE = "DISPUTE", "оспаривание от имени заявителя"
    JUDGE_DISPUTES = "JUDGE_DISPUTES", "рассмотрение споров"
    JOIN_DUPLICATES = "JOIN_DUPLICATES", "объединение повторов"
    SEND_NOTICES = "SEND_NOTICES", "отправка уведомлений"
    OPERATE = "OPERATE", "обслуживание системы"
    MANAGE_DIRECTORY = "MANAGE_DIRECTORY", "ведение справочника"
    MANAGE_INDICATORS = "MANAGE_INDICATORS", "ведение показателей"
    READ_WORKLOAD = "READ_WORKLOAD", "чтение загрузки"
    PROPOSE_STAFFING = "PROPOSE_STAFFING", "предложения по кадрам"


class RefusalCode(Code):
    """Why something was refused; front ends branch on the code, people read the text."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    INVALID = "INVALID"
    UNKNOWN_REGION = "UNKNOWN_REGION"
    UNKNOWN_THEME = "UNKNOWN_THEME"
    UNKNOWN_CHANNEL = "UNKNOWN_CHANNEL"
    UNKNOWN_MUNICIPALITY = "UNKNOWN_MUNICIPALITY"
    UNKNOWN_ORDER = "UNKNOWN_ORDER"
    UNKNOWN_BODY = "UNKNOWN_BODY"
    BODY_CLOSED = "BODY_CLOSED"
    BODY_COMPLAINED_OF = "BODY_COMPLAINED_OF"
    OFFICIAL_COMPLAINED_OF = "OFFICIAL_COMPLAINED_OF"
    COMPETENT_ELSEWHERE = "COMPETENT_ELSEWHERE"
    UNKNOWN_ROLE = "UNKNOWN_ROLE"
    UNKNOWN_BLOCK = "UNKNOWN_BLOCK"
    UNKNOWN_DIRECTION = "UNKNOWN_DIRECTION"
    PERSON_DISMISSED = "PERSON_DISMISSED"
    RANK_TOO_LOW = "RANK_TOO_LOW"
    OUTSIDE_POOL = "OUTSIDE_POOL"
    POWERS_REQUIRED = "POWERS_REQUIRED"
    SEAT_TAKEN = "SEAT_TAKEN"
    NO_RESPONSIBLE = "NO_RESPONSIBLE"
    SECOND_PERSON_REQUIRED = "SECOND_PERSON_REQUIRED"
    WRONG_AUTHORITY = "WRONG_AUTHORITY"
    WRONG_STEP = "WRONG_STEP"
    GROUND_REQUIRED = "GROUND_REQUIRED"
    IDENTITY_REQUIRED = "IDENTITY_REQUIRED"
    NOT_SAME_AUTHOR = "NOT_SAME_AUTHOR"
    KIND_NOT_ALLOWED = "KIND_NOT_ALLOWED"
    NOT_PROVIDED = "NOT_PROVIDED"
    DATE_OUT_OF_RANGE = "DATE_OUT_OF_RANGE"
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    TEXT_UNREADABLE = "TEXT_UNREADABLE"
    REGIME_BY_LAW = "REGIME_BY_LAW"
    WRONG_IDENTIFICATION = "WRONG_IDENTIFICATION"
    DUPLICATE_DIFFERS = "DUPLICATE_DIFFERS"
    WRONG_STATE = "WRONG_STATE"
    STALE = "STALE"
    REASON_REQUIRED = "REASON_REQUIRED"
    PROLONGED_ALREADY = "PROLONGED_ALREADY"
    PROLONGATION_TOO_LONG = "PROLONGATION_TOO_LONG"
    DEADLINE_PASSED = "DEADLINE_PASSED"
    NOT_PROLONGABLE = "NOT_PROLONGABLE"
    APPROVER_TOO_LOW = "APPROVER_TOO_LOW"
    EVIDENCE_REQUIRED = "EVIDENCE_REQUIRED"
    PROOF_REQUIRED = "PROOF_REQUIRED"
    WRONG_WAY = "WRONG_WAY"
    CARD_REQUIRED = "CARD_REQUIRED"
    CONSENT_REQUIRED = "CONSENT_REQUIRED"
    NORM_REQUIRED = "NORM_REQUIRED"
    PLAN_DATE_REQUIRED = "PLAN_DATE_REQUIRED"
    NO_DRAFT = "NO_DRAFT"
    NOT_SIGNED = "NOT_SIGNED"
    NOT_AUTHORISED_TO_SIGN = "NOT_AUTHORISED_TO_SIGN"
    SIGNATURE_TOO_WEAK = "SIGNATURE_TOO_WEAK"
    WRONG_ADDRESS = "WRONG_ADDRESS"
    LINK_INVALID = "LINK_INVALID"
    LINK_EXPIRED = "LINK_EXPIRED"
    ALREADY_ANSWERED = "ALREADY_ANSWERED"
    DISPUTE_WINDOW_CLOSED = "DISPUTE_WINDOW_CLOSED"
    JUDGE_NOT_INDEPENDENT = "JUDGE_NOT_INDEPENDENT"
    WRONG_MAPPING = "WRONG_MAPPING"
    BROKEN_FILE = "BROKEN_FILE"
    CERTIFICATE_INVALID = "CERTIFICATE_INVALID"
    TOO_MUCH = "TOO_MUCH"
    MALFORMED = "MALFORMED"
    INTERNAL = "INTERNAL"


class Authority(Code):
    """Who takes a step. Persons of the centre bear the name of their role; others are outside."""

    CURATOR = "curator", "куратор"
    EXECUTOR = "executor", "ответственный исполнитель"
    HEAD = "head", "руководитель центра"
    BLOCK_RESPONSIBLE = "block-responsible", "ответственный за блок"
    OWNING_BODY = "owning-body", "орган-владелец тематики"
    BODY = "body", "названный орган"
    GOVERNOR = "governor", "Губернатор"
    ADMINISTRATION = "administration", "Администрация области"
    GOVERNMENT = "government", "Правительство"
    REGION = "region", "регион"
    COMPETENCE_CENTRE = "competence-centre", "центр компетенций"
    MINISTRY = "ministry", "Министерство"
    CENTRE = "centre", "центр"
    KEEPER = "keeper", "ведущий справочник"

    @property
    def of_the_centre(self) -> bool:
        """Whether it is a role of the centre, held by a person who acts here himself."""
        return self in OF_THE_CENTRE

    @property
    def is_body(self) -> bool:
        """Whether a body of the directory decides."""
        return self in (Authority.OWNING_BODY, Authority.BODY)

    def covers(self, other: Authority) -> bool:
        """Whether a step that this one is to take may be taken by the other.

        Whether a body owns the theme is asked beside it.
        """
        region = self is Authority.REGION and other in OF_THE_REGION
        owner = self is Authority.OWNING_BODY and other is Authority.BODY
        return other is self or region or owner


OF_THE_CENTRE = frozenset(
    {Authority.CURATOR, Authority.EXECUTOR, Authority.HEAD, Authority.BLOCK_RESPONSIBLE}
)


OF_THE_REGION = frozenset({Authority.GOVERNOR, Authority.ADMINISTRATION, Authority.GOVERNMENT})


class ActKind(Code):
    """What kind of act a decision is written in."""

    GOVERNOR_ORDER = "governor_order", "распоряжение Губернатора"
    RESOLUTION = "resolution", "постановление"
    ORDER = "order", "приказ"
    DECISION = "decision", "решение"
    LETTER = "letter", "письмо"
    INTERNAL = "internal", "внутренний акт центра"
