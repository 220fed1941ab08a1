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
    READ_DOCUMENTS = "READ_DOCUMENTS", "чтение документов центра"
    MANAGE_DOCUMENTS = "MANAGE_DOCUMENTS", "ведение документов центра"


class RefusalCode(Code):
    """Why something was refused; front ends branch on the code, people read the text."""

    UNAUTHENTICATED = "UNAUTHENTICATED", "нет токена, или он не действует"
    FORBIDDEN = "FORBIDDEN", "назначения этого не разрешают"
    NOT_FOUND = "NOT_FOUND", "такого нет, или он вам не виден"
    INVALID = "INVALID", "сказанное не годится; текст говорит, что именно"
    UNKNOWN_REGION = "UNKNOWN_REGION", "такого региона нет"
    UNKNOWN_THEME = "UNKNOWN_THEME", "такой тематики в регионе нет"
    UNKNOWN_CATEGORY = "UNKNOWN_CATEGORY", "такой категории в классификаторе нет"
    OUT_OF_SEASON = "OUT_OF_SEASON", "категория принимается в другое время года"
    UNKNOWN_CHANNEL = "UNKNOWN_CHANNEL", "такого канала в регионе нет"
    UNKNOWN_MUNICIPALITY = "UNKNOWN_MUNICIPALITY", "такого муниципального образования нет"
    UNKNOWN_ORDER = "UNKNOWN_ORDER", "такого порядка рассмотрения нет"
    UNKNOWN_BODY = "UNKNOWN_BODY", "такого органа в справочнике нет"
    BODY_CLOSED = "BODY_CLOSED", "орган упразднён"
    BODY_COMPLAINED_OF = "BODY_COMPLAINED_OF", "жалобу не направляют органу, который обжалуется"
    OFFICIAL_COMPLAINED_OF = (
        "OFFICIAL_COMPLAINED_OF",
        "жалобу на себя не рассматривают",
    )
    COMPETENT_ELSEWHERE = "COMPETENT_ELSEWHERE", "жалобу может рассмотреть другой орган"
    UNKNOWN_ROLE = "UNKNOWN_ROLE", "такой роли в регионе нет"
    UNKNOWN_BLOCK = "UNKNOWN_BLOCK", "такого блока нет"
    UNKNOWN_DIRECTION = "UNKNOWN_DIRECTION", "такого направления нет"
    PERSON_DISMISSED = "PERSON_DISMISSED", "сотрудника нет, или он уволен"
    RANK_TOO_LOW = "RANK_TOO_LOW", "должность ниже, чем требует акт"
    OUTSIDE_POOL = "OUTSIDE_POOL", "кандидат не из тех, кого допускает акт"
    POWERS_REQUIRED = "POWERS_REQUIRED", "нет акта о полномочиях, которых требует роль"
    SEAT_TAKEN = "SEAT_TAKEN", "место занято"
    NO_RESPONSIBLE = "NO_RESPONSIBLE", "ответственного нет"
    SECOND_PERSON_REQUIRED = "SECOND_PERSON_REQUIRED", "права самому себе даёт другой человек"
    WRONG_AUTHORITY = "WRONG_AUTHORITY", "этот шаг делает другой"
    WRONG_STEP = "WRONG_STEP", "очередь другого шага"
    GROUND_REQUIRED = "GROUND_REQUIRED", "не указано основание"
    IDENTITY_REQUIRED = "IDENTITY_REQUIRED", "автор не установлен"
    NOT_SAME_AUTHOR = "NOT_SAME_AUTHOR", "авторы обращений разные"
    KIND_NOT_ALLOWED = "KIND_NOT_ALLOWED", "такой вид здесь не допускается"
    NOT_PROVIDED = "NOT_PROVIDED", "акты этого не предусматривают"
    DATE_OUT_OF_RANGE = "DATE_OUT_OF_RANGE", "дата раньше или позже возможной"
    TEXT_EMPTY = "TEXT_EMPTY", "текст пуст"
    TEXT_TOO_LONG = "TEXT_TOO_LONG", "текст длиннее допустимого"
    TEXT_UNREADABLE = "TEXT_UNREADABLE", "в тексте недопустимые знаки"
    REGIME_BY_LAW = "REGIME_BY_LAW", "режим определяет закон, а не выбор"
    WRONG_IDENTIFICATION = "WRONG_IDENTIFICATION", "так личность не устанавливают"
    DUPLICATE_DIFFERS = "DUPLICATE_DIFFERS", "под этим номером принято другое"
    WRONG_STATE = "WRONG_STATE", "в нынешнем состоянии шаг невозможен"
    STALE = "STALE", "другой сотрудник изменил это раньше вас: прочтите заново"
    REASON_REQUIRED = "REASON_REQUIRED", "не указана причина"
    PROLONGED_ALREADY = "PROLONGED_ALREADY", "срок уже продлевался"
    PROLONGATION_TOO_LONG = "PROLONGATION_TOO_LONG", "продление дольше допустимого"
    DEADLINE_PASSED = "DEADLINE_PASSED", "срок уже истёк"
    NOT_PROLONGABLE = "NOT_PROLONGABLE", "этот срок не продлевается"
    APPROVER_TOO_LOW = "APPROVER_TOO_LOW", "решает тот, кто выше исполнителя"
    EVIDENCE_REQUIRED = "EVIDENCE_REQUIRED", "нет подтверждения решения"
    PROOF_REQUIRED = "PROOF_REQUIRED", "нет доказательства, которого требует норма"
    WRONG_WAY = "WRONG_WAY", "так ответ не направляют"
    CARD_REQUIRED = "CARD_REQUIRED", "нужна карточка личного приёма"
    CONSENT_REQUIRED = "CONSENT_REQUIRED", "нужно согласие гражданина"
    NORM_REQUIRED = "NORM_REQUIRED", "не указана норма"
    PLAN_DATE_REQUIRED = "PLAN_DATE_REQUIRED", "не указана дата в будущем"
    NO_DRAFT = "NO_DRAFT", "проекта ответа нет"
    NOT_SIGNED = "NOT_SIGNED", "ответ не подписан"
    NOT_AUTHORISED_TO_SIGN = "NOT_AUTHORISED_TO_SIGN", "права подписи нет"
    SIGNATURE_TOO_WEAK = "SIGNATURE_TOO_WEAK", "такой подписью ответ не подписывают"
    WRONG_ADDRESS = "WRONG_ADDRESS", "адрес не из обращения, и его никто не сообщал"
    LINK_INVALID = "LINK_INVALID", "ссылка недействительна"
    LINK_EXPIRED = "LINK_EXPIRED", "срок ссылки истёк"
    ALREADY_ANSWERED = "ALREADY_ANSWERED", "ответ уже дан"
    DISPUTE_WINDOW_CLOSED = "DISPUTE_WINDOW_CLOSED", "срок для оспаривания прошёл"
    JUDGE_NOT_INDEPENDENT = "JUDGE_NOT_INDEPENDENT", "спор решает тот, кто не готовил ответ"
    WRONG_MAPPING = "WRONG_MAPPING", "разметка файла не годится"
    BROKEN_FILE = "BROKEN_FILE", "файл не читается"
    FILE_EMPTY = "FILE_EMPTY", "файл пуст"
    FILE_TOO_BIG = "FILE_TOO_BIG", "файл или все файлы вместе больше допустимого"
    FILES_TOO_MANY = "FILES_TOO_MANY", "файлов больше допустимого"
    FILE_NAME = "FILE_NAME", "имя файла не годится"
    FILE_TYPE = "FILE_TYPE", "такой тип файлов не принимается"
    FILE_DISGUISED = "FILE_DISGUISED", "файл не то, чем назван, или это программа"
    FILE_ARCHIVE = "FILE_ARCHIVE", "архив повреждён или разворачивается сверх меры"
    FILE_INFECTED = "FILE_INFECTED", "в файле найдено вредоносное"
    FILE_UNCHECKED = "FILE_UNCHECKED", "файл не проверен: нужна причина, по которой его открывают"
    FILE_NOT_READY = "FILE_NOT_READY", "такого вида файла ещё нет или не будет"
    CERTIFICATE_INVALID = "CERTIFICATE_INVALID", "справка не подлинная"
    MANY_PERSONS = "MANY_PERSONS", "данных стольких людей сразу без причины не читают"
    TOO_MUCH = "TOO_MUCH", "запрошено больше допустимого"
    UNAVAILABLE = "UNAVAILABLE", "система сейчас не может этого сделать: повторите позже"
    TOO_OFTEN = "TOO_OFTEN", "запросов слишком много: повторите через названное время"
    TOO_SLOW = "TOO_SLOW", "запрос шлют слишком долго: повторите его"
    MALFORMED = "MALFORMED", "запрос составлен неверно"
    INTERNAL = "INTERNAL", "внутренняя ошибка; её номер в extensions.id"


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
    HIGHEST_OFFICIAL = "highest-official", "высшее должностное лицо"
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


OF_THE_REGION = frozenset(
    {
        Authority.GOVERNOR,
        Authority.ADMINISTRATION,
        Authority.GOVERNMENT,
        Authority.HIGHEST_OFFICIAL,
    }
)


class ActKind(Code):
    """What kind of act a decision is written in."""

    GOVERNOR_ORDER = "governor_order", "распоряжение Губернатора"
    RESOLUTION = "resolution", "постановление"
    ORDER = "order", "приказ"
    DECISION = "decision", "решение"
    LETTER = "letter", "письмо"
    INTERNAL = "internal", "внутренний акт центра"
    REGULATION = "regulation", "регламент"
