"""What every region's law must be: whole, and without contradictions that no merge can see.

Each check yields what is wrong in Russian; references and types are checked before, at the start.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import chain, pairwise
from zoneinfo import ZoneInfoNotFoundError

from core.appeals.rules.intake import Addressees, ApplicantScope, Regime
from core.appeals.rules.lifecycle import State, Transition
from core.appeals.rules.occasions import OwnFact, own
from core.appeals.rules.routing import Route
from core.appeals.rules.terms import Deadline, EscalationStep
from core.directory.rules.bodies import Theme
from core.kernel.region import Region
from core.kernel.rules.calendar import Calendar
from core.kernel.rules.passport import Passport
from core.kernel.serves import unknown_services
from core.law.russian import hint
from core.law.sequence import steps_back, unfounded
from core.region.layers import LoadedLayer, layers_of
from core.region.sequence import chapters_of
from core.reports.imports import foreign_imports
from core.structure.blocks import Blocks

FEDERAL, OWN = "federal", "region"
STEPS = (
    "register", "route", "accept", "return", "transfer", "delegate", "prolong", "answer",
    "draft", "sign", "inform", "deliver", "undeliver", "resend", "unsend", "close", "withdraw",
    "dispute", "judge", "ask", "supply", "change-regime", "identify", "tell-offence",
    "send-offence", "register-forwarded", "forward-migration", "copy", "give-results",
    "name-official", "name-body", "send-back", "court-decision",
    "supplement", "show", "conclude", "measure", "answer-orally",
    "tell-receipt", "admit", "return-draft", "plan", "fulfil",
)  # fmt: skip
PRACTICE_ROUTES = 60
"""The priority of the first route of the product's own practice."""

Faults = Iterator[str]


@dataclass(frozen=True, slots=True)
class Check:
    """What is checked, in words, and the faults of a region on a local date."""

    words: str
    faults: Callable[[Region, date], Faults]


def _card(region: Region, on: date) -> Faults:
    card = region.rules.find(Passport, "region", on)
    if card is None:
        yield "нет карточки региона: правила Passport с ключом «region»"
        return
    for name in ("name", "centre", "centre_short", "number_prefix"):
        if not getattr(card, name).strip():
            yield f"в карточке региона пусто поле {name}"
    try:
        _ = card.zone
    except (ZoneInfoNotFoundError, ValueError):
        yield f"часового пояса «{card.timezone}» нет"
    if region.rules.find(Calendar, "production", on) is None:
        yield "нет календаря: правила Calendar с ключом «production»"


def _own_act(region: Region, on: date) -> Faults:
    acts = own_layer(region).law.acts
    if not acts:
        yield "регион не представил своего акта"
        return
    if not acts[0].registered:
        yield f"акт {acts[0].id} не сверен с официальным текстом (registered = false)"
    card = region.rules.find(Passport, "region", on)
    if card is not None and card.clause.act not in {act.id for act in acts}:
        yield f"карточка региона стоит на чужой норме {card.clause.ref}"


def _described(region: Region, _on: date) -> Faults:
    if not inspect.getdoc(own_layer(region).module):
        yield "в __init__.py не сказано, чем регион отличается от других"


def _themes(region: Region, on: date) -> Faults:
    blocks = [block for block in Blocks(region.rules).all(on) if not block.limited]
    for theme in region.rules.all(Theme, on):
        having = [block for block in blocks if theme.key in block.themes]
        if theme.federal and [block.significant for block in having] != [True]:
            found = ", ".join(f"«{key}»" for key in sorted(block.key for block in having))
            keys = found or "ни в одном"
            yield f"общая тематика «{theme.key}» должна быть в одном значимом блоке, а она: {keys}"


def _ladder(region: Region, on: date) -> Faults:
    """Each ladder is climbed from its first rung; what watches other terms has one of its own."""
    rungs = [step for step in region.rules.all(EscalationStep, on) if not step.eve]
    for ladder in dict.fromkeys(step.ladder for step in rungs):
        steps = (step for step in rungs if step.ladder == ladder)
        yield from _climb(sorted(steps, key=lambda step: step.order))


def _climb(steps: Sequence[EscalationStep]) -> Faults:
    for number, step in enumerate(steps, 1):
        if step.order != number:
            yield f"ступень «{step.key}»: порядок {step.order}, а по счёту она {number}"
    for lower, upper in pairwise(steps):
        if upper.before_days > lower.before_days:
            yield f"ступень «{upper.key}» наступает раньше предыдущей «{lower.key}»"


def _moderation(region: Region, on: date) -> Faults:
    """A check before the work has a term, of messages of named channels alone (R58)."""
    for fact in region.rules.all(OwnFact, on):
        terms = [
            term for term in region.rules.all(Deadline, on)
            if fact.preliminary and term.stops == own(fact.key)
        ]  # fmt: skip
        if fact.preliminary and not terms:
            yield f"предварительная проверка «{fact.key}» не имеет срока"
        for term in terms:
            if not term.channels or term.regimes != {Regime.MESSAGE}:
                yield f"срок «{term.key}»: предварительная проверка только для сообщений портала"


def _views(region: Region, on: date) -> Faults:
    """Where an act narrows nothing, the federal view stands for the region's own."""
    for kind in (ApplicantScope, Addressees):
        keys = {rule.key for rule in region.rules.all(kind, on)}
        if FEDERAL not in keys:
            yield f"{kind.heading}: нет представления «{FEDERAL}»"
        for key in sorted(keys - {FEDERAL, OWN}):
            yield f"{kind.heading}: представления «{key}» не бывает"


def _steps(region: Region, on: date) -> Faults:
    steps = region.rules.all(Transition, on)
    yield from (f"нет шага «{key}»" for key in STEPS if key not in {step.key for step in steps})
    left = set[State]().union(*(step.sources for step in steps))
    yield from (f"из состояния «{state.label}» нет шага" for state in State if state not in left)


def _routes(region: Region, on: date) -> Faults:
    """What an act orders decides before the product's own practice."""
    for route in region.rules.all(Route, on):
        if route.clause.act != "tsur.practice" and route.priority >= PRACTICE_ROUTES:
            yield f"маршрут «{route.key}»: очередь {route.priority}, нужна до {PRACTICE_ROUTES}"


def _clauses(region: Region, _on: date) -> Faults:
    law = region.rules
    for kind in law.kinds():
        for rule in law.history(kind):
            if law.clause(rule.clause.ref) != rule.clause:
                yield f"{rule}: в акте этой нормы нет или она другая"


def _services(region: Region, _on: date) -> Faults:
    yield from map(str, unknown_services(region.rules.acts.values(), region.packages))


def _api(region: Region, _on: date) -> Faults:
    for part in region.graphql:
        if not hasattr(import_module(part), "SCHEMA"):
            yield f"в модуле {part} нет SCHEMA"


def _board(region: Region, _on: date) -> Faults:
    """Core knows no web: what a region adds to the board is read where there is any."""
    if region.boards:
        yield from import_module("schema.board.checks").faults(region)


def _order(region: Region, _on: date) -> Faults:
    """A lawyer reads the chapters downwards beside the act."""
    chapters = chapters_of(own_layer(region))
    for act in region.rules.own.acts:
        yield from map(str, steps_back(chapters, act))
    yield from (f"причина без правила: {name}" for name in unfounded(chapters))


def _related(region: Region, _on: date) -> Faults:
    """What a clause says of clauses elsewhere: acts of regions that are not here say nothing."""
    acts = region.rules.acts
    for clause in chain.from_iterable(act.clauses.values() for act in region.rules.own.acts):
        for ref in (*clause.related, *clause.lacks, *clause.supersedes):
            act, _, number = ref.partition("/")
            if act in acts and number not in acts[act].clauses:
                alike = hint(number, acts[act].clauses, "похожая")
                yield f"{clause.ref} ссылается на «{ref}», такой нормы нет{alike}"


def _imports(region: Region, _on: date) -> Faults:
    yield from foreign_imports(own_layer(region), {*region.settings.regions})


def own_layer(region: Region) -> LoadedLayer:
    """The region's own layer, the last one."""
    return layers_of(region.code, region.settings)[-1]


CHECKS = (
    Check("описание региона", _described),
    Check("карточка и календарь", _card),
    Check("акт региона", _own_act),
    Check("нормы", _clauses),
    Check("ссылки норм", _related),
    Check("порядок глав", _order),
    Check("тематики и блоки", _themes),
    Check("маршруты", _routes),
    Check("шаги обращения", _steps),
    Check("представления", _views),
    Check("ступени предупреждений", _ladder),
    Check("предварительная проверка", _moderation),
    Check("действия, названные в акте", _services),
    Check("части API", _api),
    Check("доска", _board),
    Check("чужие модули", _imports),
)
"""Every check, in the order in which `tsur check` runs them."""
