"""Registering what another body forwarded: each registration is a body's own (8 ч. 2; R47)."""

from __future__ import annotations

from datetime import date, datetime

from core.appeals.case import Case
from core.appeals.model import Appeal
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import State, Transition
from core.appeals.rules.registrations import FORWARDING, awaits_registration
from core.appeals.step import Step
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.serves import serves
from core.kernel.texts import LONGEST_ID, filled
from core.kernel.work import Work
from core.law.periods import midnight


def _check_forwarded(case: Case) -> None:
    if not awaits_registration(case.entries):
        text = "Обращение не переадресовано этому органу или уже зарегистрировано им"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)


REGISTER = Step("register-forwarded", (_check_forwarded,))


@serves(FZ59.cite("8.2"))
async def register_forwarded(
    work: Work,
    appeal_id: int,
    number: str,
    on: date | None = None,
    *,
    expected_version: int | None = None,
) -> Appeal:
    """The receiver registers the case under its own number on a local day. Needs ACCEPT.

    `on` None is today; no day before that of the forwarding, and none to come. Refuses what
    was not forwarded to it, or is registered already (WRONG_STATE).
    """
    case = await REGISTER.open(work, appeal_id, expected_version)
    forwarding = FORWARDING.among(case.entries)[-1]
    data = {"number": _number(case, number)}
    case.appeal.prolonged_to = None
    return await case.advance(body=forwarding.body, data=data, at=_moment(case, forwarding, on))


async def register_pending(case: Case) -> None:
    """What was forwarded to the holder becomes registered with it, once."""
    if not awaits_registration(case.entries):
        return
    holder = FORWARDING.among(case.entries)[-1].body
    rule = case.work.rules.get(Transition, "register", case.work.today)
    state = State(case.appeal.state)
    case.appeal.prolonged_to = None
    await case.advance(fact=rule.fact, state=state, body=holder, clause=rule.clause)


def _number(case: Case, number: str) -> str:
    own = number.strip()
    if filled(own, LONGEST_ID):
        return own
    text = f"Укажите регистрационный номер, не длиннее {LONGEST_ID} знаков"
    raise Refusal(RefusalCode.INVALID, text, case.step.clause)


def _moment(case: Case, forwarding: Entry, on: date | None) -> datetime:
    """When it was registered: of an earlier day its beginning, but not before the forwarding."""
    work = case.work
    if on is None or on == work.today:
        return work.now
    if not local_date(forwarding.at, work.zone) <= on < work.today:
        text = "Дата регистрации раньше переадресации или ещё не наступила"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, case.step.clause)
    return max(forwarding.at, midnight(on, work.zone))
