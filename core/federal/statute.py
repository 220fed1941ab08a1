"""59-ФЗ in its order: rights, registration, forwarding, inquiries, signing, terms."""

from core.api import FZ59, Permission, hookimpl
from core.appeals.rules import (
    FORWARDING,
    NEXT_FORWARDING,
    OPEN_STATES,
    ComplaintRule,
    Deadline,
    Fact,
    Mark,
    Occasion,
    ProlongationLimit,
    Regime,
    State,
    SupplyDuty,
    Transition,
)
from core.directory.rules import STATE_ORGANS, BodyKind
from core.federal.authorship import (
    anonymous,
    identification,
    migration_answer,
    migration_forwarding,
    offence_forwarding,
)
from core.federal.grounds import grounds, leaving, measures, reception, ways
from core.federal.rights import rights
from core.law.rule import Rule

REGISTERED, ANSWERED, COPIED = Fact.REGISTERED, Fact.ANSWERED, Fact.COPIED
SENT_BACK, COURT_DECISION = Fact.SENT_BACK, Fact.COURT_DECISION
ASSIGNED, HELD = frozenset({State.ASSIGNED}), frozenset({State.ASSIGNED, State.IN_WORK})
IN_WORK, BEFORE_ANSWER = frozenset({State.IN_WORK}), HELD | {State.QUEUED}
STATE_BODIES = STATE_ORGANS | {BodyKind.MUNICIPAL}
MIGRATION = frozenset({"migration"})


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Articles 5, 7, 8 and 10 to 14; what is an appeal at all stands in `regimes`."""
    return (
        *rights(),
        _step("withdraw", OPEN_STATES, State.CLOSED, Permission.WITHDRAW, Fact.WITHDRAWN, "5.5"),
        *identification(),
        *_registration(),
        *_forwarding(),
        *_complaints(),
        *_inquiries(),
        _step("sign", IN_WORK, None, Permission.SIGN_ANSWERS, Fact.SIGNED, "10.3"),
        *ways(),
        leaving(),
        *anonymous(),
        *_court_decisions(),
        *grounds(),
        *_consideration(),
        *reception(),
        measures(),
    )


def _step(
    key: str,
    sources: frozenset[State],
    target: State | None,
    permission: Permission,
    fact: Fact,
    article: str,
) -> Transition:
    return Transition(key, sources, target, permission, fact, clause=FZ59.cite(article))


def _term(
    key: str,
    name: str,
    article: str,
    starts: Mark,
    stops: Mark,
    days: int,
    *,
    relieved_by: frozenset[Occasion] = frozenset(),
) -> Deadline:
    """A term of the statute, in calendar days.

    Of these only the answer can be put off; what need not be done is judged where it is done.
    """
    return Deadline(
        key,
        name,
        starts,
        stops,
        days,
        regimes=frozenset({Regime.APPEAL}),
        prolongable=stops is ANSWERED,
        relieved_by=relieved_by,
        conditional=stops in (NEXT_FORWARDING, COPIED, COURT_DECISION),
        clause=FZ59.cite(article),
        since=FZ59.in_force,
        floor=True,
    )


def _registration() -> tuple[Rule, ...]:
    received, permission = frozenset({State.RECEIVED}), Permission.TAKE_IN
    forwarded = "Регистрация переадресованного обращения"
    given_back = frozenset({Occasion(Fact.RETURNED), Occasion(Fact.QUEUED)})
    return (
        _term("registration", "Регистрация", "8.2", Fact.RECEIVED, REGISTERED, 3),
        _term(
            "next-registration",
            forwarded,
            "8.2",
            FORWARDING,
            Occasion(REGISTERED),
            3,
            relieved_by=given_back,
        ),
        _step("register", received, None, permission, REGISTERED, "8.2"),
        _step("register-forwarded", ASSIGNED, None, Permission.ACCEPT, REGISTERED, "8.2"),
    )


def _forwarding() -> tuple[Rule, ...]:
    """A body has these days from its own registration; the centre's routing is none (R47).

    Copies go to several bodies at once, and whoever sends an appeal on may ask for the results.
    """
    name, stops = "Направление по компетенции", NEXT_FORWARDING
    copies, transfer = "Направление копий нескольким органам", Permission.TRANSFER
    settled = frozenset({State.ANSWERED, State.CLOSED})
    return (
        _term("forwarding", name, "8.3", REGISTERED, stops, 7),
        offence_forwarding(),
        migration_forwarding(MIGRATION),
        _step(
            "forward-migration", BEFORE_ANSWER, State.ASSIGNED, transfer, Fact.TRANSFERRED, "8.3.1"
        ),
        _term("copies", copies, "8.4", REGISTERED, COPIED, 7),
        _step("copy", HELD, None, transfer, COPIED, "8.4"),
        _step("give-results", settled, None, Permission.ANSWER, Fact.RESULTS_GIVEN, "8.5"),
    )


def _complaints() -> tuple[Rule, ...]:
    """Whom a complaint never reaches, and what becomes of one that may go to nobody (8 ч. 6, 7)."""
    transfer, closed = Permission.TRANSFER, State.CLOSED
    return (
        ComplaintRule("complaint", clause=FZ59.cite("8.6"), floor=True),
        _step("name-official", OPEN_STATES, None, Permission.ROUTE, Fact.COMPLAINED, "8.6"),
        _step("name-body", OPEN_STATES, None, Permission.ROUTE, Fact.COMPLAINED, "8.6"),
        _step("send-back", BEFORE_ANSWER, closed, transfer, SENT_BACK, "8.7"),
    )


def _court_decisions() -> tuple[Rule, ...]:
    """Who writes against a court's decision is told within seven days how to appeal it."""
    name, stops = "Возврат обращения о судебном решении", COURT_DECISION
    return (
        _term("court-decision", name, "11.2", REGISTERED, stops, 7),
        _step("court-decision", BEFORE_ANSWER, State.CLOSED, Permission.TRANSFER, stops, "11.2"),
    )


def _inquiries() -> tuple[Rule, ...]:
    """Bodies of the state and of municipalities supply what is asked within fifteen days."""
    clause = FZ59.cite("10.2")
    return (
        _step("ask", OPEN_STATES, None, Permission.TRANSFER, Fact.ASKED, "10.2"),
        _step("supply", frozenset(State), None, Permission.ANSWER, Fact.SUPPLIED, "10.2"),
        SupplyDuty("bodies", STATE_BODIES, days=15, clause=clause, floor=True),
    )


def _consideration() -> tuple[Rule, ...]:
    """Thirty days, put off once by no more than thirty."""
    name = "Рассмотрение обращения"
    return (
        _term("answer", name, "12.1", REGISTERED, ANSWERED, 30),
        migration_answer(MIGRATION),
        ProlongationLimit("answer", times=1, days=30, clause=FZ59.cite("12.2"), floor=True),
        _step("prolong", HELD, None, Permission.PROLONG, Fact.PROLONGED, "12.2"),
    )
