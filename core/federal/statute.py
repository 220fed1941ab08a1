"""59-ФЗ in its order: withdrawal, registration, forwarding, inquiries, signing, terms."""

from datetime import date

from core.api import FZ59, PRACTICE, Permission, hookimpl
from core.appeals.rules import (
    FORWARDING,
    NEXT_FORWARDING,
    OPEN_STATES,
    ComplaintRule,
    Deadline,
    Fact,
    IdentificationRule,
    Mark,
    Occasion,
    ProlongationLimit,
    Regime,
    SignatureKind,
    SignatureRule,
    State,
    SupplyDuty,
    Transition,
    Way,
)
from core.directory.rules import BodyKind
from core.law.rule import Rule

REGISTERED, ANSWERED = Fact.REGISTERED, Fact.ANSWERED
HELD = frozenset({State.ASSIGNED, State.IN_WORK})
STATE_BODIES = frozenset({BodyKind.STATE, BodyKind.EXECUTIVE, BodyKind.MUNICIPAL})
MIGRATION = frozenset({"migration"})


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Articles 5, 7, 8, 10 and 12."""
    return (
        _step("withdraw", OPEN_STATES, State.CLOSED, Permission.WITHDRAW, Fact.WITHDRAWN, "5"),
        _identification(),
        *_registration(),
        *_forwarding(),
        ComplaintRule("complaint", clause=FZ59.cite("8.6"), floor=True),
        *_inquiries(),
        *_signing(),
        *_consideration(),
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
    themes: frozenset[str] = frozenset(),
    relieved_by: frozenset[Occasion] = frozenset(),
) -> Deadline:
    """A term of the statute, in calendar days.

    Of these only the answer can be put off, and only forwarding is judged where it is done.
    """
    return Deadline(
        key,
        name,
        starts,
        stops,
        days,
        regimes=frozenset({Regime.APPEAL}),
        themes=themes,
        prolongable=stops is ANSWERED,
        relieved_by=relieved_by,
        conditional=stops == NEXT_FORWARDING,
        clause=FZ59.cite(article),
        since=FZ59.date,
        floor=True,
    )


def _identification() -> IdentificationRule:
    """Since 30 March 2025 an electronic appeal without identification is held as a message."""
    return IdentificationRule(
        "electronic",
        otherwise=Regime.MESSAGE,
        clause=FZ59.cite("7.3"),
        since=date(2025, 3, 30),
        floor=True,
    )


def _registration() -> tuple[Rule, ...]:
    received, permission = frozenset({State.RECEIVED}), Permission.TAKE_IN
    forwarded, given_back = "Регистрация переадресованного обращения", Occasion(Fact.RETURNED)
    return (
        _term("registration", "Регистрация", "8.2", Fact.RECEIVED, REGISTERED, 3),
        _term(
            "next-registration",
            forwarded,
            "8.2",
            FORWARDING,
            Occasion(REGISTERED),
            3,
            relieved_by=frozenset({given_back}),
        ),
        _step("register", received, None, permission, REGISTERED, "8.2"),
    )


def _forwarding() -> tuple[Deadline, ...]:
    """A body has these days from its own registration; the centre's routing is none (R47)."""
    name, migration, stops = "Направление по компетенции", "migration-forwarding", NEXT_FORWARDING
    return (
        _term("forwarding", name, "8.3", REGISTERED, stops, 7),
        _term(migration, f"{name}: миграция", "8.3.1", REGISTERED, stops, 5, themes=MIGRATION),
    )


def _inquiries() -> tuple[Rule, ...]:
    """Bodies of the state and of municipalities supply what is asked within fifteen days."""
    clause = FZ59.cite("10.2")
    return (
        _step("ask", OPEN_STATES, None, Permission.TRANSFER, Fact.ASKED, "10.2"),
        _step("supply", frozenset(State), None, Permission.ANSWER, Fact.SUPPLIED, "10.2"),
        SupplyDuty("bodies", STATE_BODIES, days=15, clause=clause, floor=True),
    )


def _signing() -> tuple[Rule, ...]:
    """Whoever may sign, signs on paper or with a qualified signature (R64)."""
    step, permission = frozenset({State.IN_WORK}), Permission.SIGN_ANSWERS
    paper, qualified = frozenset({Way.POST, Way.IN_PERSON}), SignatureKind.QUALIFIED
    by_hand, clause = SignatureKind.HANDWRITTEN, PRACTICE.cite("signature")
    electronic = frozenset({Way.ELECTRONIC})
    return (
        _step("sign", step, None, permission, Fact.SIGNED, "10.3"),
        SignatureRule("paper", paper, frozenset({by_hand, qualified}), clause=clause),
        SignatureRule("electronic", electronic, frozenset({qualified}), clause=clause),
    )


def _consideration() -> tuple[Rule, ...]:
    """Thirty days, put off once by no more than thirty."""
    name, migration = "Рассмотрение обращения", "Рассмотрение обращения о миграции"
    return (
        _term("answer", name, "12.1", REGISTERED, ANSWERED, 30),
        _term("migration-answer", migration, "12.1.1", REGISTERED, ANSWERED, 20, themes=MIGRATION),
        ProlongationLimit("answer", times=1, days=30, clause=FZ59.cite("12.2"), floor=True),
        _step("prolong", HELD, None, Permission.PROLONG, Fact.PROLONGED, "12.2"),
    )
