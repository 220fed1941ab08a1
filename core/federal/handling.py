"""The steps of an appeal: which state each asks for and leaves behind, and who may take it."""

from core.api import (
    FZ59,
    OPEN_STATES,
    PRACTICE,
    RU_1844,
    BodyKind,
    Clause,
    Fact,
    Permission,
    Rule,
    State,
    SupplyDuty,
    Transition,
    hookimpl,
)

REGISTRATION = FZ59.cite("8.2")
INQUIRY = FZ59.cite("10.2")
DELIVERY = RU_1844.cite("2.delivery-system")


def _lifecycle() -> tuple[Transition, ...]:
    """From registration to dispute; delegation belongs to the municipal layer."""
    held = frozenset({State.ASSIGNED, State.IN_WORK})
    return (
        _step("register", {State.RECEIVED}, None, "TAKE_IN", Fact.REGISTERED, REGISTRATION),
        _step(
            "route", {State.RECEIVED, State.QUEUED}, State.ASSIGNED, "ROUTE", Fact.ROUTED, DELIVERY
        ),
        _practice("accept", {State.ASSIGNED}, State.IN_WORK, "ACCEPT", Fact.ACCEPTED),
        _step("return", {State.ASSIGNED}, State.ASSIGNED, "ACCEPT", Fact.RETURNED, _cite("accept")),
        _practice("transfer", held, State.ASSIGNED, "TRANSFER", Fact.TRANSFERRED),
        _step("prolong", held, None, "PROLONG", Fact.PROLONGED, FZ59.cite("12.2")),
        _step("answer", {State.IN_WORK}, State.ANSWERED, "ANSWER", Fact.ANSWERED, DELIVERY),
        _step("ask", OPEN_STATES, None, "TRANSFER", Fact.ASKED, INQUIRY),
        _step("supply", frozenset(State), None, "ANSWER", Fact.SUPPLIED, INQUIRY),
        _practice("close", {State.ANSWERED}, State.CLOSED, "ANSWER", Fact.CLOSED),
        _step("withdraw", OPEN_STATES, State.CLOSED, "WITHDRAW", Fact.WITHDRAWN, FZ59.cite("5")),
        _practice("dispute", {State.CLOSED}, State.DISPUTED, "DISPUTE", Fact.DISPUTED),
        _step(
            "judge",
            {State.DISPUTED},
            State.IN_WORK,
            "JUDGE_DISPUTES",
            Fact.REOPENED,
            _cite("dispute"),
        ),
    )


def _supply_duties() -> tuple[SupplyDuty, ...]:
    """Bodies of the state and of municipalities, within fifteen days."""
    kinds = frozenset({BodyKind.STATE, BodyKind.EXECUTIVE, BodyKind.MUNICIPAL})
    return (SupplyDuty("bodies", kinds, days=15, clause=INQUIRY, floor=True),)


def _cite(step: str) -> Clause:
    return PRACTICE.cite(f"lifecycle.{step}")


def _practice(
    key: str, sources: set[State] | frozenset[State], target: State, permission: str, fact: Fact
) -> Transition:
    return _step(key, sources, target, permission, fact, _cite(key))


def _step(
    key: str,
    sources: set[State] | frozenset[State],
    target: State | None,
    permission: str,
    fact: Fact,
    clause: Clause,
) -> Transition:
    return Transition(key, frozenset(sources), target, Permission(permission), fact, clause=clause)


@hookimpl
def rules() -> tuple[Rule, ...]:
    """All of them, kind by kind."""
    return (
        *_lifecycle(),
        *_supply_duties(),
    )
