"""Delivering an appeal: routes are data, the decision is a pure function that explains itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

from core.appeals.rules.intake import Channel
from core.directory.rules.bodies import Body, Theme
from core.kernel.rules.passport import Municipality
from core.law.act import Clause
from core.law.predicate import Predicate
from core.law.reference import To
from core.law.rule import Rule
from core.law.russian import Code, keys


class Target(Code):
    """Where a route sends: a body by key, or one that the facts name."""

    BODY = "body", "органу"
    ADDRESSEE = "addressee", "адресату"
    OWNER = "owner", "органу, отвечающему за тематику"
    MUNICIPALITY = "municipality", "администрации муниципального образования"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that routing may know of an appeal; a body is given by its key.

    `owners` are the bodies that answer for the theme, the default first; `municipal_body` is the
    administration of the place; `barred` are the bodies that may not receive it (59-ФЗ, 8 ч. 6).
    """

    theme: str | None = None
    channel: str | None = None
    municipality: str | None = None
    addressee: str | None = None
    owners: tuple[str, ...] = ()
    municipal_body: str | None = None
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Route(Rule):
    """A route: the lowest `priority` that fits decides. Empty sets fit everything."""

    code: ClassVar[str] = "route"
    heading: ClassVar[str] = "Маршруты"

    priority: int
    target: Target
    body: Annotated[str | None, To(Body)] = None
    themes: Annotated[frozenset[str], To(Theme)] = frozenset()
    channels: Annotated[frozenset[str], To(Channel)] = frozenset()
    municipalities: Annotated[frozenset[str], To(Municipality)] = frozenset()
    addressees: Annotated[frozenset[str], To(Body)] = frozenset()
    when: Predicate[Facts] | None = None

    def sentence(self) -> str:
        """What it orders, in words."""
        body = f" `{self.body}`" if self.target is Target.BODY else ""
        parts = [f"очерёдность {self.priority} (практика системы): {self.target.label}{body}"]
        for name, wanted in (
            ("тематики", self.themes),
            ("каналы", self.channels),
            ("территории", self.municipalities),
            ("адресаты", self.addressees),
        ):
            if wanted:
                parts.append(f"{name}: {keys(wanted)}")
        if self.when is not None:
            parts.append(f"если выполнено условие `{self.when.code}`, версия {self.when.version}")
        return "; ".join(parts)

    def destination(self, facts: Facts) -> str | None:
        """The key of the body that this route names for these facts."""
        match self.target:
            case Target.BODY:
                return self.body
            case Target.ADDRESSEE:
                return facts.addressee
            case Target.MUNICIPALITY:
                return facts.municipal_body
            case Target.OWNER:
                return next((body for body in facts.owners if body not in facts.barred), None)


class Verdict(Code):
    """What became of one route in a decision."""

    CHOSEN = "chosen", "решил этот маршрут"
    NOT_MATCHED = "not_matched", "не подошёл"
    NO_DESTINATION = "no_destination", "подошёл, но органа нет"
    BARRED = "barred", "орган обжалуется"
    BROKEN = "broken", "условие сломано"
    OUTRANKED = "outranked", "подошёл, но решил другой"


@dataclass(frozen=True, slots=True)
class Consideration:
    """One route in a decision and, in Russian, why it did or did not decide."""

    route: str
    clause: Clause
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the appeal goes (None: the coordinator's queue) and every route considered."""

    body: str | None
    considered: tuple[Consideration, ...]

    @property
    def chosen(self) -> Consideration | None:
        """The route that decided, if any did."""
        return next((c for c in self.considered if c.verdict is Verdict.CHOSEN), None)

    @property
    def broken(self) -> tuple[Consideration, ...]:
        """Routes whose own condition failed: each is an incident for the operator."""
        return tuple(c for c in self.considered if c.verdict is Verdict.BROKEN)


def decide(routes: Sequence[Route], facts: Facts) -> Decision:
    """Try the routes by priority; a broken one is passed over and reported, never obeyed."""
    considered: list[Consideration] = []
    body: str | None = None
    for route in sorted(routes, key=lambda r: (r.priority, r.key)):
        consideration = _consider(route, facts)
        if consideration.verdict is Verdict.CHOSEN:
            if body is None:
                body = route.destination(facts)
            else:
                consideration = replace(
                    consideration,
                    verdict=Verdict.OUTRANKED,
                    reason="подошёл, но решил маршрут с более высоким приоритетом",
                )
        considered.append(consideration)
    return Decision(body, tuple(considered))


def _consider(route: Route, facts: Facts) -> Consideration:
    verdict, reason = _judge(route, facts)
    return Consideration(route.key, route.clause, verdict, reason)


def _judge(route: Route, facts: Facts) -> tuple[Verdict, str]:
    for name, allowed, value in (
        ("тематика", route.themes, facts.theme),
        ("канал", route.channels, facts.channel),
        ("муниципальное образование", route.municipalities, facts.municipality),
        ("адресат", route.addressees, facts.addressee),
    ):
        if allowed and value not in allowed:
            return Verdict.NOT_MATCHED, f"{name}: {value or 'не указано'}, маршрут ждёт другого"
    try:
        fits = route.when is None or route.when(facts)
    except Exception as error:  # noqa: BLE001 - a region's own function must not stop intake
        return Verdict.BROKEN, f"условие маршрута сломано: {type(error).__name__}"
    if not fits:
        return Verdict.NOT_MATCHED, "условие маршрута не выполнено"
    body = route.destination(facts)
    if body is None:
        if route.target is Target.OWNER and facts.owners:
            return Verdict.BARRED, "на все профильные органы подана жалоба"
        return Verdict.NO_DESTINATION, "маршрут подошёл, но органа для него нет"
    if body in facts.barred:
        return Verdict.BARRED, "жалобу нельзя направлять органу, который обжалуется"
    return Verdict.CHOSEN, "решил этот маршрут"
