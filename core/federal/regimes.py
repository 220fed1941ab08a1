"""59-ФЗ where it says what it covers: matters of other laws, and what an appeal is."""

from core.api import FZ59, FZ152, Permission, hookimpl
from core.appeals.rules import (
    OPEN_STATES,
    AppealRule,
    Channel,
    ChannelKind,
    Deadline,
    Fact,
    OtherOrder,
    Regime,
    Transition,
    Unit,
)
from core.law.rule import Rule

OTHER_LAWS, APPEAL = FZ59.cite("1.2"), FZ59.cite("4.1")


@hookimpl
def rules() -> tuple[Rule, ...]:
    """1 ч. 2 and 4 п. 1."""
    return (*_other_laws(), *_appeals())


def _other_laws() -> tuple[Rule, ...]:
    """Of the terms only that of 152-ФЗ is known to the product; no other is invented (R65)."""
    return (
        _order("services", Regime.SERVICE_COMPLAINT, "Федеральный закон № 210-ФЗ"),
        _order("information", Regime.INFORMATION_REQUEST, "Федеральный закон № 8-ФЗ"),
        _order("personal-data", Regime.DATA_REQUEST, "Федеральный закон № 152-ФЗ"),
        Deadline(
            "data-request",
            "Ответ субъекту персональных данных",
            Fact.RECEIVED,
            Fact.ANSWERED,
            10,
            Unit.WORKING_DAYS,
            regimes=frozenset({Regime.DATA_REQUEST}),
            clause=FZ152.cite("20"),
            since=FZ152.date,
            floor=True,
        ),
    )


def _order(key: str, regime: Regime, law: str) -> OtherOrder:
    return OtherOrder(key, regime, law, clause=OTHER_LAWS, floor=True)


def _appeals() -> tuple[Rule, ...]:
    """Paper, electronic documents and receptions; e-mail is electronic and identifies nobody.

    A call is no appeal whoever calls (R51); a region whose act takes calls replaces the channel.
    """
    return (
        AppealRule("appeal", clause=APPEAL, floor=True),
        Channel("e-mail", "Электронная почта", ChannelKind.DIRECT, Regime.APPEAL, clause=APPEAL),
        Channel(
            "hotline",
            "Горячая линия",
            ChannelKind.TELEPHONE,
            Regime.MESSAGE,
            electronic=False,
            clause=APPEAL,
        ),
        Transition(
            "change-regime",
            OPEN_STATES,
            None,
            Permission.CHANGE_REGIME,
            Fact.REGIME_CHANGED,
            clause=APPEAL,
        ),
    )
