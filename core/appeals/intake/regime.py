"""By which law something is handled: told by its channel, how its author is known and its matter.

Whoever hands it over is asked only where the channel brings both appeals and messages (R49).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from core.appeals.rules.intake import (
    OF_THE_RULES,
    Channel,
    Identification,
    IdentificationRule,
    Regime,
)
from core.appeals.rules.regimes import AnonymousRule, AppealRule, OtherOrder
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.act import Clause
from core.law.rulebook import Rulebook


class Filing(NamedTuple):
    """What the law asks of something that comes in.

    `identified_by` is how the channel says that it knows the author, None where it says nothing.
    `named` and `reachable` tell of surname and address; `told` is false where nothing at all is
    known of the author, which is no proof that there was nothing. `regime` and `order` (the key of
    an OtherOrder) are the words of whoever hands it over.
    """

    identified_by: Identification | None = None
    named: bool = False
    reachable: bool = False
    told: bool = False
    anonymous: bool = False
    regime: Regime | None = None
    order: str | None = None


class Judgement(NamedTuple):
    """The regime with its ground; `said` where the words of whoever handed it over decided.

    `unanswered` is the norm by which no answer is owed.
    """

    regime: Regime
    clause: Clause
    identified_by: Identification
    said: bool = False
    unanswered: Clause | None = None


def judge(filing: Filing, channel: Channel, rules: Rulebook, on: date) -> Judgement:
    """What this is by the law of the local day `on`.

    Refuses WRONG_IDENTIFICATION, REGIME_BY_LAW and UNKNOWN_ORDER.
    """
    known = _identification(filing, channel)
    found = _by_law(known, channel, rules, on)
    if filing.regime is not None:
        found = _as_said(filing.regime, found, channel)
    if filing.order is not None:
        found = _by_other_law(filing.order, found, rules, on)
    nobody = _nobody(filing, known)
    rule = rules.find(AnonymousRule, "anonymous", on)
    if nobody and rule and found.regime is Regime.APPEAL:
        return found._replace(unanswered=rule.clause)
    return found


def _identification(filing: Filing, channel: Channel) -> Identification:
    """How the author is known; a name alone is enough only where a document or paper bears it."""
    given = filing.identified_by or Identification.NONE
    if given is not Identification.NONE:
        if given not in channel.identifies:
            text = f"Канал «{channel.name}» не устанавливает личность так: {given.label}"
            raise Refusal(RefusalCode.WRONG_IDENTIFICATION, text, channel.clause)
        return given
    if channel.electronic or filing.anonymous or not filing.named:
        return Identification.NONE
    if Identification.RECEPTION in channel.identifies:
        return Identification.RECEPTION
    on_paper = Identification.PAPER in channel.identifies and filing.reachable
    return Identification.PAPER if on_paper else Identification.NONE


def _by_law(known: Identification, channel: Channel, rules: Rulebook, on: date) -> Judgement:
    if channel.regime is not Regime.APPEAL:
        return Judgement(channel.regime, channel.clause, known)
    asked = rules.find(IdentificationRule, "electronic", on) if channel.electronic else None
    if asked and known is Identification.NONE:
        return Judgement(asked.otherwise, asked.clause, known)
    ground = asked.clause if asked else rules.get(AppealRule, "appeal", on).clause
    return Judgement(Regime.APPEAL, ground, known)


def _as_said(said: Regime, found: Judgement, channel: Channel) -> Judgement:
    """What is said counts only where the channel brings both; doubt goes to the appeal (R57)."""
    if not channel.either or said not in OF_THE_RULES:
        text = (
            f"Режим поступившего по каналу «{channel.name}» определяет закон, а не передающий:"
            f" {found.regime.label}"
        )
        raise Refusal(RefusalCode.REGIME_BY_LAW, text, found.clause)
    if said is found.regime:
        return found
    return found._replace(regime=said, clause=channel.clause, said=True)


def _by_other_law(key: str, found: Judgement, rules: Rulebook, on: date) -> Judgement:
    """Of appeals alone: what is no appeal is none under the other law either."""
    order = rules.find(OtherOrder, key, on)
    if order is None:
        raise Refusal(RefusalCode.UNKNOWN_ORDER, f"Порядка «{key}» нет")
    if found.regime is not Regime.APPEAL:
        return found
    return found._replace(regime=order.regime, clause=order.clause, said=True)


def _nobody(filing: Filing, known: Identification) -> bool:
    """Whether it is known that surname or address are missing."""
    if known is not Identification.NONE:
        return False
    return filing.anonymous or (filing.told and not (filing.named and filing.reachable))
