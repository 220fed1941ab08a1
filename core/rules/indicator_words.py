"""Russian words for the codes of indicators and of their periods."""

from __future__ import annotations

from enum import StrEnum

from core.rules.figures import Direction
from core.rules.indicators import Deed, IndicatorState, OwnerKind, Stage
from core.rules.periods import Periodicity

INDICATOR_WORDS: dict[type[StrEnum], dict[str, str]] = {
    Deed: {
        Deed.PROPOSE: "предлагает",
        Deed.AGREE: "согласует",
        Deed.APPROVE: "утверждает",
    },
    IndicatorState: {
        IndicatorState.PROPOSED: "предложен",
        IndicatorState.APPROVED: "утверждён",
        IndicatorState.DECLINED: "отклонён",
    },
    OwnerKind: {
        OwnerKind.CENTRE: "центр",
        OwnerKind.UNIT: "подразделение центра компетенций",
        OwnerKind.BLOCK: "блок",
        OwnerKind.THEME: "тематика",
        OwnerKind.BODY: "орган",
        OwnerKind.MUNICIPALITY: "муниципальное образование",
        OwnerKind.CATEGORY: "категория региональных проблем",
    },
    Stage: {
        Stage.ASSESSED: "оценка",
        Stage.CONSOLIDATED: "свод",
        Stage.CHECKED: "проверка",
    },
    Direction: {
        Direction.UP: "чем больше, тем лучше",
        Direction.DOWN: "чем меньше, тем лучше",
    },
    Periodicity: {
        Periodicity.MONTH: "месяц",
        Periodicity.QUARTER: "квартал",
        Periodicity.YEAR: "год",
    },
}
