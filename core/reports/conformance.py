"""Where a region's act falls below federal law or behind it, and on what ground it stands.

For the competence centre. Nothing here is judged anew: the findings are read off the rules in
force and off the register, which says what is related to what and what supersedes what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.appeals.rules.intake import HOMES, Addressees, ApplicantScope, Residence
from core.kernel.rules.passport import LimitedArea, Passport
from core.law.act import Act, Clause
from core.law.areas import AREAS
from core.law.citing import cited
from core.law.provenance import origin
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.law.russian import listed
from core.reports.words import Words
from core.structure.rules.directions import Direction
from core.structure.rules.ranks import AcceptedPosition, Rank, RankFloor

VIEWS = (ApplicantScope, Addressees)
BOTH = "Показатели региона считаются по его акту, федеральные — рядом и полностью"


class Topic(StrEnum):
    """What a finding is about."""

    FLOOR = "Ниже федерального минимума"
    SCOPE = "Уже федерального охвата"
    SUPERSEDED = "Устаревшие нормы акта"
    NOVELTY = "Федеральные новшества, которых акт не учёл"
    OUTSIDE = "Акты вне реестра"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, said in Russian, and the clauses: the region's ground, the federal ones."""

    topic: Topic
    text: str
    ground: tuple[Clause, ...] = ()
    federal: tuple[Clause, ...] = ()


def conformance(rulebook: Rulebook, on: date) -> tuple[Finding, ...]:
    """Every finding about the region's own acts on this day, topic by topic."""
    rules, own = rulebook.federal.acts[0], rulebook.own.acts
    renamed = tuple(_renamed(rulebook, on))
    said = {(one.ground, one.federal) for one in renamed}
    old = (one for one in _superseded(rules, own, on) if (one.ground, one.federal) not in said)
    found = (*_below(rulebook, on), *old, *renamed)
    told = {clause.ref for one in found for clause in one.federal}
    return (
        *found,
        *_novelties([one for one in _new(rulebook, rules, on) if one.ref not in told], own, on),
        *_outside(rulebook),
    )


def _below(rulebook: Rulebook, on: date) -> Iterator[Finding]:
    """Rules of the region by which less is asked than by a floor, of whatever kind they are."""
    earlier = [layer for layer in rulebook.layers.values() if layer is not rulebook.own]
    floors = [rule for layer in earlier for rule in layer.rules if rule.floor and rule.holds(on)]
    for rule in _standing(rulebook, on):
        for floor in floors:
            text = _lack(rulebook, rule, floor, on) if rule.undercuts(floor) else None
            if text:
                topic = Topic.SCOPE if isinstance(rule, VIEWS) else Topic.FLOOR
                yield Finding(topic, text, (rule.clause,), (floor.clause,))


def _standing(rulebook: Rulebook, on: date) -> Iterator[Rule]:
    """The region's own rules in force, those of its municipalities too; addressees come last."""
    own = {origin(rule) for rule in rulebook.own.rules}
    for kind in sorted(rulebook.kinds(), key=lambda kind: kind is Addressees):
        for rule in rulebook.history(kind):
            if rule.holds(on) and origin(rule) in own:
                yield rule


def _lack(rulebook: Rulebook, rule: Rule, floor: Rule, on: date) -> str | None:
    """What the region's rule lacks, in the words of its kind; None where nothing is lacking."""
    if isinstance(rule, AcceptedPosition) and isinstance(floor, RankFloor):
        return _position(rulebook, rule, floor, on)
    if isinstance(rule, ApplicantScope) and isinstance(floor, ApplicantScope):
        return _applicants(rule, floor)
    if isinstance(rule, Addressees) and isinstance(floor, Addressees):
        return f"Адресаты: не названы {listed(floor.kinds - rule.kinds)}. {BOTH}"
    words = Words(rulebook)
    return (
        f"{rule.heading}: по акту — {words.whole(rule)}; федеральный минимум — "
        f"{words.whole(floor)}. Соответствие федеральному минимуму не установлено; система "
        "следует акту"
    )


def _position(
    rulebook: Rulebook, position: AcceptedPosition, floor: RankFloor, on: date
) -> str | None:
    """A position that the act names though the floor is not shown to be reached (R10)."""
    rank = rulebook.find(Rank, position.rank, on)
    wanted = rulebook.find(Rank, floor.rank, on)
    if rank is not None and rank.level >= floor.level:
        return None
    name, least = (one.name if one else "—" for one in (rank, wanted))
    return (
        f"Роль {Words(rulebook).called(position)}: акт называет должность «{name}», "
        f"федеральный минимум — «{least}». Соответствие федеральному минимуму не установлено; "
        "система принимает должность, которую называет акт"
    )


def _applicants(own: ApplicantScope, whole: ApplicantScope) -> str:
    """Whom a view leaves out: the federal one is counted beside it (R11)."""
    kinds = whole.kinds - own.kinds
    homes = whole.residences - own.residences - {Residence.UNKNOWN}
    parts = [f"не названы {listed(kinds)}"] if kinds else []
    away = [HOMES[one] for one in HOMES if one in homes]
    parts += [f"не названы проживающие {' и '.join(away)}"] if away else []
    return f"Заявители: {'; '.join(parts or [own.sentence()])}. {BOTH}"


def _superseded(federal: Act, own: Sequence[Act], on: date) -> Iterator[Finding]:
    """Clauses of the acts that a federal clause in force supersedes by the register."""
    acts = {act.id: act for act in own}
    for clause in federal.clauses.values():
        named = (ref.partition("/") for ref in clause.supersedes)
        old = [acts[act].cite(number) for act, _, number in named if act in acts]
        if old and clause.holds(on):
            text = f"Действует федеральная норма: «{clause.quote}»"
            yield Finding(Topic.SUPERSEDED, text, tuple(old), (clause,))


def _renamed(rulebook: Rulebook, on: date) -> Iterator[Finding]:
    """Directions that the act still calls by a name other than the federal one (R19)."""
    first = rulebook.federal.rules
    whole = {rule.federal: rule for rule in first if isinstance(rule, Direction)}
    for own in rulebook.all(Direction, on):
        new = whole.get(own.federal)
        if own.federal and new and new.name.casefold() != own.name.casefold():
            text = f"Направление «{own.name}» теперь называется «{new.name}»; показано имя региона"
            yield Finding(Topic.SUPERSEDED, text, (own.clause,), (new.clause,))


def _new(rulebook: Rulebook, federal: Act, on: date) -> Iterator[Clause]:
    """What the Rules got since their adoption and an act of this region may take up."""
    name = rulebook.get(Passport, "region", on).name
    limits = {one.key: one.regions for one in rulebook.all(LimitedArea, on)}
    for clause in federal.clauses.values():
        here = name in limits.get(clause.area, {name})
        if _turned(clause, on) and clause.software != "none" and federal.for_regions(clause):
            yield from (clause,) if here and clause.holds(on) else ()


def _turned(clause: Clause, on: date) -> date | None:
    """The day of its present wording, where that is not the first one of its act."""
    days = [day for day in (clause.introduced, *clause.amended) if day and day <= on]
    return max(days, default=None)


def _novelties(new: Iterable[Clause], own: Sequence[Act], on: date) -> Iterator[Finding]:
    """What is later than the acts' last wordings, or no act took anything up of.

    An act that knew the wording and says something else on the matter has not taken it up either.
    By date and area, with what the acts say on the same matter in their own wording: a clause on
    another one is near to the federal, and still silent of it.
    """
    groups: dict[tuple[date, str], list[Clause]] = {}
    for clause in new:
        turned = _turned(clause, on) or date.min
        aware = [act for act in own if turned <= _last_wording(act)]
        if all(clause.ref in mine.lacks for mine in _related(clause, aware)):
            groups.setdefault((turned, clause.area), []).append(clause)
    for (day, area), clauses in sorted(groups.items()):
        text = f"{day:%d.%m.%Y} ({_after(day, own)}), {AREAS.get(area, area)}"
        older = {old.ref: old for new in clauses for old in _related(new, own) if old.area == area}
        yield Finding(Topic.NOVELTY, text, tuple(older.values()), tuple(clauses))


def _last_wording(act: Act) -> date:
    return max([act.date, *(edition.date for edition in act.editions)])


def _after(day: date, own: Sequence[Act]) -> str:
    """Whether the day is later than the act, or than which of several."""
    older = [act.short for act in own if _last_wording(act) < day]
    if len(own) == 1:
        return "позже акта" if older else "до акта"
    return f"позже: {', '.join(older)}" if older else "до актов"


def _related(clause: Clause, own: Sequence[Act]) -> list[Clause]:
    """The acts' clauses that the register relates to the federal one, from either side."""
    return [
        mine
        for act in own
        for mine in act.clauses.values()
        if mine.ref in clause.related or clause.ref in mine.related
    ]


def _outside(rulebook: Rulebook) -> Iterator[Finding]:
    for act in rulebook.acts.values():
        if not act.registered:
            yield Finding(Topic.OUTSIDE, f"{act.short} ({act.adopted}): {act.note}")


def render_conformance(rulebook: Rulebook, on: date) -> str:
    """The findings as a report in Russian, Markdown."""
    own = "; ".join(f"{act.adopted} «{act.title}»" for act in rulebook.own.acts)
    passport = rulebook.get(Passport, "region", on)
    lines = [
        f"# Соответствие федеральному праву: {passport.name}",
        "",
        f"Для центра компетенций. Акты региона: {own}. На {on:%d.%m.%Y}.",
        "",
        "Где акт молчит или отстаёт, действует федеральная норма; где он ниже минимума — названо.",
    ]
    findings = conformance(rulebook, on)
    for topic in Topic:
        lines += _section(topic, [one for one in findings if one.topic is topic])
    return "\n".join([*lines, ""])


def _section(topic: Topic, findings: Sequence[Finding]) -> Iterator[str]:
    yield from ("", f"## {topic}", "")
    if not findings:
        yield "Не найдено."
    for one in findings:
        ground = "В акте об этом" if topic is Topic.NOVELTY else "Основание"
        parts = (one.text, _cited("Федеральные нормы", one.federal), _cited(ground, one.ground))
        yield f"- {'. '.join(part for part in parts if part)}."


def _cited(label: str, clauses: Sequence[Clause]) -> str:
    return f"{label}: {cited(clauses)}" if clauses else ""
