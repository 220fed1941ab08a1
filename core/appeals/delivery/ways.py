"""On which ways an answer may go: by how the appeal came, and by how the answer is signed."""

from __future__ import annotations

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting
from core.appeals.delivery.signatures import kinds_for
from core.appeals.model import Answer
from core.appeals.rules.intake import Regime
from core.appeals.rules.signatures import Way
from core.appeals.ways import check_ways
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal


def check_came(case: Case, way: Way) -> None:
    """Refuse WRONG_WAY what no appeal that came so is answered on."""
    if Regime(case.appeal.regime) is Regime.APPEAL:
        check_ways(case.work, case.appeal, {way})


def check_signed_for(case: Case, answer: Answer, way: Way) -> None:
    """Refuse SIGNATURE_TOO_WEAK what an answer that is signed so may not go on."""
    rules = kinds_for(case)
    fit = [rule for rule in rules if way in rule.ways]
    if rules and not any(answer.signature in rule.kinds for rule in fit):
        text = f"Ответ с такой подписью нельзя направить {way.label}"
        raise Refusal(RefusalCode.SIGNATURE_TOO_WEAK, text, (fit or rules)[0].clause)


async def ways_of(case: Case, answer: Answer, *, again: bool = False) -> list[Choice]:
    """Ways on which the answer may go as it is signed: the first time, or `again`."""

    def judge(way: Way) -> None:
        if not again:
            check_came(case, way)
        check_signed_for(case, answer, way)

    return await fitting(Way, judge, lambda one: Choice(one, one.label))
