"""59-ФЗ beside the ordinary answer, in the order of its articles; `statute` places them."""

from core.api import FZ59, Permission
from core.appeals.rules import (
    AnswerWays,
    Came,
    Deadline,
    Fact,
    Occasion,
    Outcome,
    OutcomeGround,
    ProofKind,
    ReceptionRule,
    Regime,
    State,
    Transition,
    Way,
)
from core.law.rule import Rule

IN_HAND = frozenset({State.QUEUED, State.IN_WORK})


def ways() -> tuple[AnswerWays, ...]:
    """As the appeal came, so the answer goes; to many it may be published besides."""
    written = frozenset({Way.POST, Way.IN_PERSON})
    given = (Came.ELECTRONICALLY, frozenset({Way.ELECTRONIC})), (Came.ON_PAPER, written)
    besides, clause = frozenset({Way.PUBLISHED}), FZ59.cite("10.4")
    return tuple(AnswerWays(key, ways, besides, clause=clause, floor=True) for key, ways in given)


def leaving() -> Transition:
    """The step by which an appeal is left without an answer on its substance (art. 11)."""
    target, fact = State.CLOSED, Fact.CONCLUDED
    clause = FZ59.cite("11")
    return Transition("conclude", IN_HAND, target, Permission.CONCLUDE, fact, clause=clause)


def grounds() -> tuple[OutcomeGround | Deadline, ...]:
    """Each ground with its proof, and where a letter has a term, the term with it."""
    kinds = ProofKind
    return (
        _ground(Outcome.ABUSIVE, "оскорбления или угрозы", "11.3", kinds.PASSAGE),
        _ground(
            Outcome.UNREADABLE,
            "текст не поддаётся прочтению",
            "11.4",
            kinds.COPY,
            kinds.FINDINGS,
        ),
        _told(Outcome.UNREADABLE, "Сообщение о том, что текст не поддаётся прочтению", "11.4"),
        _ground(Outcome.UNCLEAR, "суть обращения определить нельзя", "11.4.1", kinds.FINDINGS),
        _told(Outcome.UNCLEAR, "Сообщение о том, что суть определить нельзя", "11.4.1"),
        OutcomeGround(
            Outcome.CORRESPONDENCE_ENDED,
            "вопрос, на который неоднократно отвечали, без новых доводов",
            Permission.END_CORRESPONDENCE,
            frozenset({kinds.QUESTION, kinds.EARLIER, kinds.DECISION}),
            above_executor=True,
            earlier=2,
            clause=FZ59.cite("11.5"),
            floor=True,
        ),
        _ground(Outcome.PUBLISHED, "ответ размещён на официальном сайте", "11.5.1", kinds.PAGE),
        _told(Outcome.PUBLISHED, "Сообщение адреса страницы с ответом", "11.5.1"),
        _ground(Outcome.SECRET, "ответ разгласил бы охраняемую тайну", "11.6", kinds.NORM),
    )


def _ground(outcome: Outcome, name: str, part: str, *proof: ProofKind) -> OutcomeGround:
    decides, clause = Permission.CONCLUDE, FZ59.cite(part)
    return OutcomeGround(outcome, name, decides, frozenset(proof), clause=clause, floor=True)


def _told(outcome: Outcome, name: str, part: str) -> Deadline:
    """Seven days from registration, judged where the ground was used at all."""
    return Deadline(
        f"{outcome}-told",
        name,
        Fact.REGISTERED,
        Occasion(Fact.CONCLUDED, outcome=outcome),
        7,
        regimes=frozenset({Regime.APPEAL}),
        conditional=True,
        clause=FZ59.cite(part),
        since=FZ59.in_force,
        floor=True,
    )


def reception() -> tuple[Rule, ...]:
    """The channel that has cards, and the oral answer that is enough where facts are obvious."""
    arrived, clause = frozenset({State.QUEUED, State.ASSIGNED}), FZ59.cite("13")
    permission, fact = Permission.TAKE_IN, Fact.ANSWERED
    return (
        ReceptionRule("reception", clause=clause, floor=True),
        Transition("answer-orally", arrived, State.ANSWERED, permission, fact, clause=clause),
    )


def measures() -> Transition:
    """What was done is entered while the appeal is considered and after its answer."""
    known = frozenset({State.IN_WORK, State.ANSWERED, State.CLOSED, State.DISPUTED})
    permission, fact, clause = Permission.ANSWER, Fact.MEASURED, FZ59.cite("14")
    return Transition("measure", known, None, permission, fact, clause=clause)
