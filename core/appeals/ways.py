"""Checking the way on which an answer is to go (59-ФЗ, 10 ч. 4 with 6 ч. 2)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core.appeals.model import Appeal
from core.appeals.rules.intake import Channel
from core.appeals.rules.signatures import Way
from core.appeals.rules.ways import AnswerWays, came, fault_of_ways
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.work import Work
from core.law.rulebook import Rulebook


def ways_rule(rules: Rulebook, channel: str, on: date) -> AnswerWays | None:
    """The ways for what came by the channel with this key, by the edition of the local day."""
    found = rules.find(Channel, channel, on)
    return rules.find(AnswerWays, came(found), on) if found is not None else None


def check_ways(
    work: Work,
    appeal: Appeal,
    chosen: Collection[Way],
    *,
    indefinite: bool = False,
    discloses: bool = False,
) -> None:
    """Refuse WRONG_WAY, with the clause, where the answer may not go on the chosen ways.

    `indefinite` and `discloses` as `fault_of_ways` takes them; the edition is of the day of
    receipt.
    """
    rule = ways_rule(work.rules, appeal.channel, local_date(appeal.received_at, work.zone))
    if rule is None:
        return
    wrong = fault_of_ways(rule, chosen, indefinite=indefinite, discloses=discloses)
    if wrong is not None:
        raise Refusal(RefusalCode.WRONG_WAY, wrong, rule.clause)
