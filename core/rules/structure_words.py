"""Russian words for the codes of persons, steps, acts and answers."""

from __future__ import annotations

from enum import StrEnum

from core.rules.appointing import AppointmentState, Step, Trigger
from core.rules.authorities import ActKind, Authority
from core.rules.charges import Charge, Degree
from core.rules.growth import ProposalState
from core.rules.ranks import Per

STRUCTURE_WORDS: dict[type[StrEnum], dict[str, str]] = {
    Authority: {
        Authority.CURATOR: "куратор",
        Authority.EXECUTOR: "ответственный исполнитель",
        Authority.HEAD: "руководитель центра",
        Authority.BLOCK_RESPONSIBLE: "ответственный за блок",
        Authority.OWNING_BODY: "орган-владелец тематики",
        Authority.BODY: "названный орган",
        Authority.GOVERNOR: "Губернатор",
        Authority.ADMINISTRATION: "Администрация области",
        Authority.GOVERNMENT: "Правительство",
        Authority.REGION: "регион",
        Authority.COMPETENCE_CENTRE: "центр компетенций",
        Authority.MINISTRY: "Министерство",
        Authority.CENTRE: "центр",
        Authority.KEEPER: "ведущий справочник",
    },
    ActKind: {
        ActKind.GOVERNOR_ORDER: "распоряжение Губернатора",
        ActKind.RESOLUTION: "постановление",
        ActKind.ORDER: "приказ",
        ActKind.DECISION: "решение",
        ActKind.LETTER: "письмо",
        ActKind.INTERNAL: "внутренний акт центра",
    },
    Step: {
        Step.NOMINATE: "определяет кандидатуру",
        Step.SUBMIT: "представляет",
        Step.APPOINT: "назначает",
        Step.APPROVE: "утверждает состав",
    },
    AppointmentState: {
        AppointmentState.PROPOSED: "предложено",
        AppointmentState.NOMINATED: "кандидатура определена",
        AppointmentState.SUBMITTED: "представлено на утверждение",
        AppointmentState.APPOINTED: "назначено, ждёт утверждения состава",
        AppointmentState.IN_FORCE: "действует",
        AppointmentState.ENDED: "прекращено",
        AppointmentState.REFUSED: "отклонено",
    },
    Trigger: {
        Trigger.DISMISSAL: "уведомление об увольнении",
        Trigger.RECOMMENDATION: "рекомендация куратора",
    },
    Charge: {
        Charge.CENTRE: "создание и работа центра",
        Charge.ROADMAP: "мероприятия дорожной карты",
        Charge.MEASURES: "мероприятия по созданию и работе центра",
        Charge.BLOCK: "работа блока",
        Charge.INDICATORS: "показатели работы центра",
        Charge.UNIT_INDICATORS: "показатели подразделения центра компетенций",
    },
    Degree: {
        Degree.CONTRIBUTES: "способствует",
        Degree.ENSURES: "обеспечивает",
        Degree.ANSWERS: "отвечает",
        Degree.PERSONALLY: "несёт персональную ответственность",
    },
    Per: {
        Per.REGION: "на регион",
        Per.BLOCK: "на блок",
        Per.BLOCK_AND_BODY: "на блок от каждого органа",
    },
    ProposalState: {
        ProposalState.PROPOSED: "предложено",
        ProposalState.IN_FORCE: "в силе",
        ProposalState.REFUSED: "отклонено",
    },
}
