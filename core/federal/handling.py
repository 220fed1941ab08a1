"""The product's practice: the steps of a case, moves between bodies, routes, the ladder.

Regions route below priority 50, so what an act orders decides before these defaults.
"""

from core.api import FZ59, PRACTICE, Permission, hookimpl
from core.appeals.rules import (
    NO_DAY,
    OTHER_LADDER,
    Deadline,
    DraftFault,
    EscalationStep,
    Fact,
    Regime,
    Route,
    SignatureKind,
    SignatureRule,
    State,
    Target,
    TransferRule,
    Transition,
    Way,
)
from core.law.rule import Rule

ASSIGNED, CLOSED = frozenset({State.ASSIGNED}), frozenset({State.CLOSED})
HELD, IN_WORK = frozenset({State.ASSIGNED, State.IN_WORK}), State.IN_WORK


@hookimpl
def rules() -> tuple[Rule, ...]:
    """Steps; three moves, then the coordinator, two days to accept; routes; the ladder."""
    return (
        *_steps(),
        TransferRule("appeal", limit=3, accept_within_days=2, clause=PRACTICE.cite("transfer")),
        _route("addressee", 50, Target.ADDRESSEE),
        _route("owner", 60, Target.OWNER),
        _route("municipality", 70, Target.MUNICIPALITY),
        _rung("reminder", 1, 7, "body-official"),
        _rung("body-head", 2, 3, "body-head"),
        _rung("block", 3, 0, "block-responsible"),
        _rung("head", 4, -1, "head", repeat_days=7),
        _eve(),
        *_rungs_beside(),
    )


def _steps() -> tuple[Rule, ...]:
    """Delegation belongs to the municipal layer."""
    accept, answer = Permission.ACCEPT, Permission.ANSWER
    answered, disputed = frozenset({State.ANSWERED}), frozenset({State.DISPUTED})
    return (
        _step("accept", ASSIGNED, IN_WORK, accept, Fact.ACCEPTED),
        _step("return", ASSIGNED, State.ASSIGNED, accept, Fact.RETURNED, "accept"),
        _step("transfer", HELD, State.ASSIGNED, Permission.TRANSFER, Fact.TRANSFERRED),
        _step("close", answered, State.CLOSED, answer, Fact.CLOSED),
        _step("dispute", answered | CLOSED, State.DISPUTED, Permission.DISPUTE, Fact.DISPUTED),
        _step("judge", disputed, IN_WORK, Permission.JUDGE_DISPUTES, Fact.REOPENED, "dispute"),
        _send_back(),
        *_answering(),
    )


def _send_back() -> Deadline:
    """How soon a complaint that may go to nobody is returned the statute does not say (8 ч. 7)."""
    return Deadline(
        "send-back",
        "Возврат жалобы заявителю",
        Fact.REGISTERED,
        Fact.SENT_BACK,
        7,
        regimes=frozenset({Regime.APPEAL}),
        conditional=True,
        clause=PRACTICE.cite("return"),
        since=FZ59.in_force,
    )


def _answering() -> tuple[Rule, ...]:
    """A draft and what becomes of an answer on its way; who signs is said by the statute (R66).

    To citizens answers go on paper or with a qualified signature (R64).
    """
    paper, electronic = frozenset({Way.POST, Way.IN_PERSON}), frozenset({Way.ELECTRONIC})
    qualified, clause = SignatureKind.QUALIFIED, PRACTICE.cite("signature")
    on_paper = frozenset({SignatureKind.HANDWRITTEN, qualified})
    answer, at_work = Permission.ANSWER, frozenset({IN_WORK})
    sent = frozenset({State.ANSWERED, State.CLOSED})
    on_its_way = sent | {State.DISPUTED}
    return (
        _step("draft", at_work, None, answer, Fact.DRAFTED),
        SignatureRule("paper", paper, on_paper, clause=clause),
        SignatureRule("electronic", electronic, frozenset({qualified}), clause=clause),
        _step("deliver", on_its_way, None, answer, Fact.DELIVERED),
        _step("undeliver", on_its_way, None, answer, Fact.UNDELIVERED, "deliver"),
        _step("resend", on_its_way, None, answer, Fact.RESENT, "deliver"),
        _step("unsend", sent, IN_WORK, answer, Fact.UNSENT),
        _step("inform", at_work, None, answer, Fact.INFORMED),
        _step("admit", frozenset(State), None, Permission.SHOW_MATERIALS, Fact.ADMITTED),
        *_checked(),
    )


def _checked() -> tuple[Rule, ...]:
    """The centre may return a draft, for one of these reasons alone (R59)."""
    clause, at_work = PRACTICE.cite("lifecycle.return-draft"), frozenset({IN_WORK})
    reasons = {
        "not-on-merits": "он отвечает не на каждый поставленный вопрос или не по существу",
        "no-norm": "в отказе нет нормы или она не о том",
        NO_DAY: "мера обещана без дня исполнения",
        "no-proof": "решение вопроса не подтверждено",
        "others": "он раскрывает сведения о других лицах",
        "wording": "он непонятен заявителю или содержит ошибки",
    }
    return (
        _step("return-draft", at_work, None, Permission.CHECK_ANSWERS, Fact.DRAFT_RETURNED),
        *(DraftFault(key, name, clause=clause) for key, name in reasons.items()),
    )


def _step(
    key: str,
    sources: frozenset[State],
    target: State | None,
    permission: Permission,
    fact: Fact,
    clause: str = "",
) -> Transition:
    cited = PRACTICE.cite(f"lifecycle.{clause or key}")
    return Transition(key, sources, target, permission, fact, clause=cited)


def _route(key: str, priority: int, target: Target) -> Route:
    """The addressee, then the owner of the theme, then the municipality's administration."""
    return Route(key, priority, target, clause=PRACTICE.cite(f"routing.{key}"))


def _eve() -> EscalationStep:
    """The calendar day stands; whoever answers is told on the working day before it (R67)."""
    clause, since = PRACTICE.cite("escalation.eve"), FZ59.in_force
    return EscalationStep("eve", 5, 0, "body-official", clause=clause, since=since, eve=True)


def _rungs_beside() -> tuple[Rule, ...]:
    """Of a promise and of every other term beside the answer's: before it and once it is broken."""
    ladders = (
        ("plan", "plan", "plan", 3, -1),
        ("promise", "promise", "plan", 3, -1),
        ("term", OTHER_LADDER, "term", 1, 0),
    )
    return tuple(
        EscalationStep(
            key,
            order,
            days,
            role,
            ladder=ladder,
            clause=PRACTICE.cite(f"escalation.{clause}"),
            since=FZ59.in_force,
        )
        for name, ladder, clause, ahead, after in ladders
        for key, order, days, role in (
            (name, 1, ahead, "body-official"),
            (f"{name}-late", 2, after, "body-head"),
        )
    )


def _rung(
    key: str, order: int, before_days: int, to_role: str, repeat_days: int = 0
) -> EscalationStep:
    """From the official who answers up to the head of the centre."""
    clause = PRACTICE.cite(f"escalation.{key}")
    since = FZ59.in_force  # a rung watches the term of the answer, which is no older
    return EscalationStep(key, order, before_days, to_role, repeat_days, clause=clause, since=since)
