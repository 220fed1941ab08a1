"""A message turns out to be an appeal: never the other way round, and no clock is set back."""

from __future__ import annotations

from collections.abc import Iterator

from core.appeals.case import Case
from core.appeals.choices import Choice
from core.appeals.intake.regime import Filing, Judgement, judge
from core.appeals.model import Appeal
from core.appeals.rules.intake import Channel, Identification, Regime
from core.appeals.rules.lifecycle import Fact, Transition
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work
from core.law.act import Clause


def _check_message(case: Case) -> None:
    if Regime(case.appeal.regime) is not Regime.MESSAGE:
        text = "Обращением признаётся только сообщение; обращение сообщением не становится"
        raise Refusal(RefusalCode.REGIME_BY_LAW, text, case.step.clause)


def _grounds(case: Case) -> Iterator[tuple[Channel, Identification]]:
    """By which way and with which knowledge of its author a message is filed as an appeal."""
    for way in case.work.rules.all(Channel, case.work.today):
        for known in Identification:
            try:
                _ground(case.work, way.key, known, case.step.clause)
            except Refusal:
                continue
            yield way, known


def _channels(case: Case) -> list[Choice]:
    found = {way.key: way.name for way, _ in _grounds(case)}
    return [Choice(key, name) for key, name in sorted(found.items(), key=lambda one: one[1])]


def _known(case: Case) -> list[Choice]:
    found = {known for _, known in _grounds(case)}
    return [Choice(one, one.label) for one in Identification if one in found]


CHANGE = Step(
    "change-regime", (_check_message,), choices={"channel": _channels, "identified_by": _known}
)


@serves(FZ59.cite("4.1"))
async def change_regime(
    work: Work,
    appeal_id: int,
    channel: str,
    identified_by: Identification,
    reason: str,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """The author of a message has filed it by a way of art. 4: it is registered as an appeal now.

    `channel` is the key of that way, `identified_by` how it knows the author; together they are
    the ground. Thirty days run from this registration, the mechanism's go on from the first
    receipt (R49). Needs CHANGE_REGIME. Refuses REGIME_BY_LAW for what is no message and for a way
    by which no appeal can come, UNKNOWN_CHANNEL and WRONG_IDENTIFICATION.
    """
    case = await CHANGE.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    judged = _ground(work, channel, identified_by, case.step.clause)
    await _become(case, judged, channel, reason)
    registered = Case(work, case.appeal, case.rows, _registering(work))
    return await registered.advance(fact=Fact.REGISTERED)


def _ground(work: Work, key: str, known: Identification, clause: Clause) -> Judgement:
    way = work.rules.find(Channel, key, work.today)
    if way is None:
        raise Refusal(RefusalCode.UNKNOWN_CHANNEL, f"Канала «{key}» в регионе нет")
    judged = judge(Filing(identified_by=known), way, work.rules, work.today)
    nobody = judged.identified_by is Identification.NONE
    if judged.regime is not Regime.APPEAL or nobody:
        text = f"По каналу «{way.name}» с таким установлением личности обращения не поступают"
        raise Refusal(RefusalCode.REGIME_BY_LAW, text, clause)
    return judged


async def _become(case: Case, judged: Judgement, channel: str, reason: str) -> None:
    appeal, now = case.appeal, case.work.now
    appeal.regime, appeal.regime_clause = judged.regime, judged.clause.ref
    if judged.identified_by.stronger_than(Identification(appeal.identified_by or "none")):
        appeal.identified_by, appeal.identified_at = judged.identified_by, now
    appeal.registered_at = now
    data = {
        "regime": judged.regime,
        "regime_clause": judged.clause.ref,
        "identified_by": judged.identified_by,
        "channel": channel,
    }
    await case.advance(clause=judged.clause, reason=reason, data=data)


def _registering(work: Work) -> Transition:
    return work.rules.get(Transition, "register", work.today)
