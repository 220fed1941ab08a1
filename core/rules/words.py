"""Russian words for what the rules hold as codes, as a lawyer would say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from core.rules.blocks import BlockKind, BodyKind
from core.rules.handling import Fact, State, Unit
from core.rules.indicator_words import INDICATOR_WORDS
from core.rules.intake import ApplicantKind, ChannelKind, Regime, Residence
from core.rules.roles import Permission, Reach
from core.rules.structure_words import STRUCTURE_WORDS

WORDS: dict[type[StrEnum], dict[str, str]] = {
    BodyKind: {
        BodyKind.STATE: "государственные органы",
        BodyKind.EXECUTIVE: "исполнительные органы",
        BodyKind.MUNICIPAL: "органы местного самоуправления",
        BodyKind.FUND: "территориальные внебюджетные фонды",
        BodyKind.SUBORDINATE: "подведомственные организации",
        BodyKind.ORGANISATION: "государственные и муниципальные организации",
        BodyKind.PARTICIPATION: "организации с государственным или муниципальным участием",
        BodyKind.OTHER: "иные",
    },
    ApplicantKind: {
        ApplicantKind.CITIZEN: "граждане Российской Федерации",
        ApplicantKind.FOREIGNER: "иностранные граждане",
        ApplicantKind.STATELESS: "лица без гражданства",
        ApplicantKind.LEGAL_ENTITY: "юридические лица",
        ApplicantKind.UNKNOWN: "заявители, о которых ничего не известно",
    },
    Residence: {
        Residence.REGION: "в регионе",
        Residence.RUSSIA: "в России",
        Residence.ABROAD: "за рубежом",
        Residence.UNKNOWN: "неизвестно где",
    },
    Regime: {
        Regime.APPEAL: "обращение",
        Regime.MESSAGE: "сообщение",
    },
    ChannelKind: {
        ChannelKind.FEDERAL_SYSTEM: "федеральная система",
        ChannelKind.REGIONAL_SYSTEM: "региональная система",
        ChannelKind.MUNICIPAL_SYSTEM: "муниципальная система",
        ChannelKind.OPEN_PUBLICATION: "открытые публикации",
        ChannelKind.DIRECT: "напрямую",
    },
    State: {
        State.RECEIVED: "поступило",
        State.QUEUED: "в очереди координатора",
        State.ASSIGNED: "направлено",
        State.IN_WORK: "в работе",
        State.ANSWERED: "отвечено",
        State.CLOSED: "закрыто",
        State.DISPUTED: "оспорено",
    },
    Fact: {
        Fact.RECEIVED: "поступление",
        Fact.REGISTERED: "регистрация",
        Fact.ROUTED: "направление",
        Fact.QUEUED: "постановка в очередь",
        Fact.TRANSFERRED: "передача",
        Fact.ACCEPTED: "принятие",
        Fact.RETURNED: "возврат",
        Fact.DELEGATED: "делегирование",
        Fact.PROLONGED: "продление",
        Fact.ANSWERED: "ответ",
        Fact.CLOSED: "закрытие",
        Fact.WITHDRAWN: "отзыв",
        Fact.SURVEYED: "оценка",
        Fact.DISPUTED: "оспаривание",
        Fact.UPHELD: "подтверждение ответа",
        Fact.REOPENED: "возврат в работу",
        Fact.JOINED: "объединение",
        Fact.SPLIT: "разделение",
        Fact.ASKED: "запрос сведений",
        Fact.SUPPLIED: "представление сведений",
    },
    Unit: {
        Unit.CALENDAR_DAYS: "календарных",
        Unit.WORKING_DAYS: "рабочих",
        Unit.GIVEN: "обещанных",
    },
    Reach: {
        Reach.REGION: "весь регион",
        Reach.BLOCKS: "свои блоки",
        Reach.MUNICIPALITY: "своё муниципальное образование",
        Reach.BODY: "свой орган",
    },
    Permission: {
        Permission.TAKE_IN: "приём обращений",
        Permission.READ_APPEALS: "чтение обращений",
        Permission.READ_PERSONAL_DATA: "чтение персональных данных",
        Permission.READ_JOURNAL: "чтение журнала",
        Permission.READ_DIRECTORY: "чтение справочника",
        Permission.ROUTE: "направление",
        Permission.ACCEPT: "принятие в работу",
        Permission.TRANSFER: "передача",
        Permission.ANSWER: "ответ",
        Permission.PROLONG: "продление срока",
        Permission.DELEGATE: "делегирование",
        Permission.WITHDRAW: "отзыв от имени заявителя",
        Permission.DISPUTE: "оспаривание от имени заявителя",
        Permission.JUDGE_DISPUTES: "рассмотрение споров",
        Permission.JOIN_DUPLICATES: "объединение повторов",
        Permission.SEND_NOTICES: "отправка уведомлений",
        Permission.OPERATE: "обслуживание системы",
        Permission.MANAGE_DIRECTORY: "ведение справочника",
        Permission.MANAGE_INDICATORS: "ведение показателей",
        Permission.READ_WORKLOAD: "чтение загрузки",
        Permission.PROPOSE_STAFFING: "предложения по кадрам",
    },
    BlockKind: {
        BlockKind.SECTOR: "отраслевые",
        BlockKind.THEMATIC: "тематические",
    },
    **STRUCTURE_WORDS,
    **INDICATOR_WORDS,
}

EVIDENCE = {"document": "документ", "photo": "фотография"}


def word(code: StrEnum) -> str:
    """The word for one code."""
    return WORDS[type(code)][code]


def words(codes: Iterable[StrEnum]) -> list[str]:
    """The words of codes of one kind, in the order in which they stand above."""
    return [word(code) for code in sorted(codes, key=_place)]


def listed(codes: Iterable[StrEnum]) -> str:
    """The same, split by commas."""
    return ", ".join(words(codes))


def _place(code: StrEnum) -> int:
    return list(WORDS[type(code)]).index(code)


def keys(names: Iterable[str]) -> str:
    """Keys as code, in the alphabet's order."""
    return ", ".join(f"`{name}`" for name in sorted(names))


def days(number: int, kind: str = "") -> str:
    """«1 день», «3 дня», «30 календарных дней»."""
    one, few, many = "день", "дня", "дней"
    word = plural(number, one, few, many)
    return f"{number} {kind} {word}" if kind else f"{number} {word}"


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form that goes with the number."""
    last = abs(number) % 100
    if 11 <= last <= 14:
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(last % 10, many)


def period(since: date | None, until: date | None) -> str:
    """«с 16.11.2020 до 01.01.2025», the second day no longer in force; «всегда» without ends."""
    parts = []
    if since is not None:
        parts.append(f"с {since:%d.%m.%Y}")
    if until is not None:
        parts.append(f"до {until:%d.%m.%Y}")
    return " ".join(parts) or "всегда"
