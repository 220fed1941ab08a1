"""How a case is lived: by the temper of the body that holds it, step by step, up to now."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from core.appeals.rules.lifecycle import Fact, Outcome, State
from core.appeals.rules.signatures import Way
from core.demo.life import (
    APPLICANT,
    COORDINATOR,
    CURATOR,
    Life,
    NotYet,
    Poll,
    Quarrel,
    Reply,
)
from core.demo.tempers import ORDINARY, Temper
from core.kernel.rules.calendar import local_date
from core.shapes.deadlines.rules.counting import add_calendar_days, end_of_day

WITHDRAWN = 0.01
RETURNED = 0.15
UNDELIVERED = 0.02
RECEIPTED = 0.2
RETURNED_BY_POST = "истёк срок хранения письма"
MARKED = 0.35
DISPUTED = 0.3
UPHELD = 0.55
WITHOUT_TERM = timedelta(days=20)
OUTCOMES = {
    Outcome.SOLVED: 44,
    Outcome.EXPLAINED: 28,
    Outcome.PLANNED: 11,
    Outcome.PARTLY_SOLVED: 6,
    Outcome.NOT_CONFIRMED: 6,
    Outcome.REFUSED: 5,
}


def live(life: Life) -> None:
    """Everything that has happened to the case since intake."""
    try:
        _deliver(life)
        if life.chance(WITHDRAWN):
            return _withdraw(life)
        _work(life)
        _close(life)
        if _disputed(life) and _judged(life):
            _answer(life, life.after(least=2, most=12), _outcome(life))
            _close(life)
    except NotYet:
        return None


def _temper(life: Life) -> Temper:
    return life.world.tempers.get(life.holder or "", ORDINARY)


def _deliver(life: Life) -> None:
    """What no route fits the coordinator gives to somebody within days."""
    if life.holder is not None:
        return
    local = life.world.bodies.administration(life.start.municipality, life.today)
    receivers = life.receivers()
    if not receivers:
        raise NotYet
    life.reach(life.after(least=0.1, most=4))
    body = local if local and local in receivers else life.rng.choice(receivers)
    life.move(body)
    life.note("route", Fact.ROUTED, COORDINATOR, body=body, reason=life.say("route"))


def _withdraw(life: Life) -> None:
    life.closed_at = life.reach(life.after(least=0.5, most=6))
    life.state, life.outcome = State.CLOSED, Outcome.WITHDRAWN
    life.note("withdraw", Fact.WITHDRAWN, CURATOR, reason=life.say("withdraw"))


def _work(life: Life) -> None:
    if life.chance(_temper(life).instant):
        _accept(life, instantly=True)
        _answer(life, life.soon(), Outcome.EXPLAINED, "brush_off")
        return
    _accept(life)
    if life.chance(_temper(life).passing) and life.receivers():
        _pass_on(life)
    temper = _temper(life)
    if life.prolongable_at and life.chance(temper.prolonging):
        _prolong(life)
    if life.chance(temper.forgetting):
        raise NotYet
    due = life.due_at or life.start.registered_at + WITHOUT_TERM
    share = life.rng.lognormvariate(math.log(temper.pace), temper.spread)
    at = life.start.registered_at + share * (due - life.start.registered_at)
    _answer(life, max(at, life.after(least=0.1, most=1)), _outcome(life))


def _accept(life: Life, *, instantly: bool = False, registering: bool = False) -> None:
    life.reach(life.soon() if instantly else life.after(least=0.05, most=1.9))
    if registering:
        _register(life)
    life.state = State.IN_WORK
    life.note("accept", Fact.ACCEPTED, life.official, data={"executor_rank": 20})


def _register(life: Life) -> None:
    """What another body forwarded is registered, and the term of the answer is the body's own."""
    life.note("register", Fact.REGISTERED, life.official, body=life.holder)
    if life.prolongable_at is None:
        return
    governed = life.due_at == life.prolongable_at
    days = add_calendar_days(life.today, life.start.days)
    life.prolongable_at = end_of_day(days, life.world.zone)
    life.due_at = life.prolongable_at if governed else life.due_at


def _pass_on(life: Life) -> None:
    """A body that passes cases on does it when the term is nearly over."""
    due, late = life.due_at, _temper(life).passing > ORDINARY.passing
    last_days = due - timedelta(days=life.rng.uniform(0.3, 2)) if due and late else None
    at = last_days or life.after(least=0.5, most=4)
    body = life.rng.choice(life.receivers())
    life.reach(at)
    sender, actor = life.holder or "", life.official
    life.move(body)
    life.transfers += 1
    life.note("transfer", Fact.TRANSFERRED, actor, body=body, reason=life.say("transfer"))
    given_back = life.chance(RETURNED)
    if given_back:
        life.reach(life.after(least=0.2, most=1.5))
        actor = life.official
        life.move(sender)
        life.previous = None
        life.transfers += 1
        life.note("return", Fact.RETURNED, actor, body=sender, reason=life.say("return"))
    _accept(life, registering=not given_back)


def _prolong(life: Life) -> None:
    """Put off shortly before the term, once, by someone above the executor."""
    until, limit = life.prolongable_at, life.law.prolongation
    if until is None or until <= life.moment + timedelta(hours=6):
        return
    life.reach(max(life.moment, until - timedelta(days=life.rng.uniform(0.2, 3))))
    days = life.rng.randrange(10, limit.days + 1)
    life.prolonged_days = days
    life.prolonged_to = local_date(until, life.world.zone) + timedelta(days=days)
    life.due_at = until + timedelta(days=days)
    data = {"days": days, "plan_date": life.prolonged_to.isoformat()}
    life.note("prolong", Fact.PROLONGED, life.head, reason=life.say("prolong"), data=data)


def _outcome(life: Life) -> Outcome:
    return life.rng.choices(list(OUTCOMES), list(OUTCOMES.values()))[0]


def _answer(life: Life, at: datetime, outcome: Outcome, text: str | None = None) -> None:
    """The official drafts, the head signs, the post takes it; now and then it comes back."""
    at, author = life.reach(at), life.official
    plan = life.today + timedelta(days=life.rng.randrange(20, 120))
    reply = Reply(
        written_at=at,
        author=author,
        body=life.holder or "",
        outcome=outcome,
        text=life.world.vocabulary.answer(life.rng, text or outcome),
        plan_date=plan if outcome is Outcome.PLANNED else None,
    )
    life.replies.append(reply)
    life.note("draft", Fact.DRAFTED, author)
    reply.signed_at, reply.signer = life.reach(life.soon()), life.head
    life.note("sign", Fact.SIGNED, life.head)
    _send(life, reply)


def _send(life: Life, reply: Reply) -> None:
    reply.at = life.reach(life.soon())
    reply.late = life.due_at is not None and reply.at > life.due_at
    reply.number = f"реестр {life.today:%d.%m} № {life.rng.randrange(1, 400)}"
    life.state, life.outcome = State.ANSWERED, reply.outcome
    life.plan_date = reply.plan_date or life.plan_date
    data = {"outcome": reply.outcome, "late": reply.late, "way": Way.POST, "number": reply.number}
    life.note("answer", Fact.ANSWERED, reply.author, data=data)
    if life.chance(UNDELIVERED):
        reply.returned_at = life.reach(life.after(least=3, most=9))
        life.note("undeliver", Fact.UNDELIVERED, reply.author, reason=RETURNED_BY_POST)
    elif life.chance(RECEIPTED):
        reply.delivered_at = life.reach(life.after(least=1, most=6))
        life.note("deliver", Fact.DELIVERED, reply.author, reason="уведомление о вручении")


def _close(life: Life) -> None:
    life.closed_at = life.reach(life.after(least=0.1, most=2))
    life.state = State.CLOSED
    life.note("close", Fact.CLOSED, life.official)
    life.polls.append(Poll(life.closed_at))


def _disputed(life: Life) -> bool:
    """Some applicants give a mark, and some of those who give a bad one dispute the result."""
    poll = life.polls[-1]
    if not life.chance(MARKED):
        return False
    poll.answered_at = life.reach(life.moment + timedelta(hours=life.rng.uniform(1, 200)))
    poll.mark = life.rng.choices((1, 2, 3, 4, 5), _temper(life).marks)[0]
    if poll.mark > life.law.survey.bad_mark or not life.chance(DISPUTED):
        return False
    poll.quarrel = Quarrel(life.moment, life.holder or "", life.say("dispute"))
    life.state = State.DISPUTED
    life.note("dispute", Fact.DISPUTED, APPLICANT, data={"round": 1})
    return True


def _judged(life: Life) -> bool:
    """Outside the executor's line; whether the case goes back into work."""
    quarrel = life.polls[-1].quarrel
    at = life.reach(life.after(least=2, most=9))
    upheld = life.chance(UPHELD)
    verdict = life.say("upheld" if upheld else "dismissed")
    if quarrel is not None:
        quarrel.judged_at, quarrel.upheld, quarrel.verdict = at, upheld, verdict
    if not upheld:
        life.state = State.CLOSED
        life.note("judge", Fact.UPHELD, CURATOR, reason=verdict)
        return False
    life.state, life.closed_at = State.IN_WORK, None
    life.reworks += 1
    life.note("judge", Fact.REOPENED, CURATOR, reason=verdict)
    return True
