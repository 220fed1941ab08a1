"""Delivering an appeal: which route decides, what the others answer."""

from __future__ import annotations

from datetime import date

import pytest

from core.appeals.rules.routing import Decision, Facts, Route, Target, Verdict, decide
from core.law.predicate import Predicate
from core.law.rulebook import Rulebook
from tests.core.law.samples import clause

CITED = clause("a/1")
OWNER = Route("owner", 60, Target.OWNER, clause=CITED)
ADDRESSEE = Route("addressee", 50, Target.ADDRESSEE, clause=CITED)
PLACE = Route("municipality", 70, Target.MUNICIPALITY, clause=CITED)
ROADS = Route("roads", 10, Target.BODY, "road-works", frozenset({"roads"}), clause=CITED)
LETTERS = Route("letters", 20, Target.BODY, "archive", channels=frozenset({"letter"}), clause=CITED)
CITY = Route("city", 30, Target.BODY, "hall", municipalities=frozenset({"city"}), clause=CITED)
TO_IT = Route("to-it", 40, Target.BODY, "twin", addressees=frozenset({"twin"}), clause=CITED)


def broken(facts: Facts) -> bool:
    raise KeyError("a region's own mistake")


def never(facts: Facts) -> bool:
    return False


BROKEN = Route(
    "broken", 1, Target.BODY, "nowhere", when=Predicate("broken", 1, broken), clause=CITED
)
NEVER = Route("never", 2, Target.BODY, "nowhere", when=Predicate("never", 1, never), clause=CITED)
ALL = (PLACE, OWNER, ADDRESSEE, TO_IT, CITY, LETTERS, ROADS, NEVER, BROKEN)

FACTS = {
    "by theme": (Facts(theme="roads"), "roads", "road-works"),
    "by channel": (Facts(theme="health", channel="letter"), "letters", "archive"),
    "by place": (Facts(municipality="city"), "city", "hall"),
    "by addressee": (Facts(addressee="twin"), "to-it", "twin"),
    "to the addressee": (Facts(addressee="clinic"), "addressee", "clinic"),
    "to the owner": (Facts(theme="health", owners=("clinic", "second")), "owner", "clinic"),
    "to the next owner past the barred one": (
        Facts(owners=("clinic", "second"), barred=frozenset({"clinic"})),
        "owner",
        "second",
    ),
    "to the municipality": (Facts(municipal_body="village"), "municipality", "village"),
    "past a barred body": (
        Facts(theme="roads", municipal_body="village", barred=frozenset({"road-works"})),
        "municipality",
        "village",
    ),
    "nowhere": (Facts(theme="health"), None, None),
    "nowhere while all are barred": (
        Facts(owners=("clinic",), municipal_body="hall", barred=frozenset({"clinic", "hall"})),
        None,
        None,
    ),
}


@pytest.mark.parametrize(("facts", "route", "body"), FACTS.values(), ids=FACTS)
def test_who_decides(facts: Facts, route: str | None, body: str | None) -> None:
    decision = decide(ALL, facts)
    assert (decision.chosen and decision.chosen.route, decision.body) == (route, body)
    assert [c.route for c in decision.considered] == [r.key for r in sorted(ALL, key=_by_priority)]


def _by_priority(route: Route) -> int:
    return route.priority


def verdicts(decision: Decision) -> dict[str, Verdict]:
    return {c.route: c.verdict for c in decision.considered}


def test_every_route_says_why_not() -> None:
    facts = Facts(theme="roads", owners=("x",), barred=frozenset({"x"}), municipal_body="village")
    decision = decide(ALL, facts)
    assert verdicts(decision) == {
        "broken": Verdict.BROKEN,
        "never": Verdict.NOT_MATCHED,
        "roads": Verdict.CHOSEN,
        "letters": Verdict.NOT_MATCHED,
        "city": Verdict.NOT_MATCHED,
        "to-it": Verdict.NOT_MATCHED,
        "addressee": Verdict.NO_DESTINATION,
        "owner": Verdict.BARRED,
        "municipality": Verdict.OUTRANKED,
    }
    reasons = {c.route: c.reason for c in decision.considered}
    assert reasons == {
        "broken": "условие маршрута сломано: KeyError",
        "never": "условие маршрута не выполнено",
        "roads": "решил этот маршрут",
        "letters": "канал: не указано, маршрут ждёт другого",
        "city": "муниципальное образование: не указано, маршрут ждёт другого",
        "to-it": "адресат: не указано, маршрут ждёт другого",
        "addressee": "маршрут подошёл, но органа для него нет",
        "owner": "на все профильные органы подана жалоба",
        "municipality": "подошёл, но решил маршрут с более высоким приоритетом",
    }


def test_of_equal_priority_the_key_decides() -> None:
    twins = (
        Route("b", 5, Target.BODY, "second", clause=CITED),
        Route("a", 5, Target.BODY, "first", clause=CITED),
    )
    assert decide(twins, Facts()).body == "first"


@pytest.mark.clause(
    "tsur.practice/routing.addressee",
    "tsur.practice/routing.owner",
    "tsur.practice/routing.municipality",
)
@pytest.mark.parametrize(
    ("facts", "ref"),
    [
        (
            Facts(addressee="a", owners=("o",), municipal_body="m"),
            "tsur.practice/routing.addressee",
        ),
        (Facts(owners=("o",), municipal_body="m"), "tsur.practice/routing.owner"),
        (Facts(municipal_body="m"), "tsur.practice/routing.municipality"),
    ],
)
def test_the_default_ladder(law: Rulebook, facts: Facts, ref: str) -> None:
    chosen = decide(law.all(Route, date(2026, 3, 2)), facts).chosen
    assert chosen is not None
    assert chosen.clause.ref == ref
