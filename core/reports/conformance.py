"""Where a region's act falls below federal law or behind it, and on what ground it stands.

For the competence centre. Nothing here is judged anew: the findings are read off the rules in
force and off the register, which says what is related to what and what supersedes what.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.appeals.rules.intake import Addressees, ApplicantScope, Residence
from core.kernel.rules.passport import Passport
from core.law.act import Act, Clause
from core.law.rulebook import Rulebook
from core.law.russian import listed
from core.reports.account import AREAS
from core.structure.rules.directions import Direction
from core.structure.rules.ranks import AcceptedPosition, Rank, RankFloor


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
    return (
        *_floors(rulebook, on),
        *_scopes(rulebook, on),
        *_superseded(rules, own, on),
        *_renamed(rulebook, on),
        *_novelties(rules, own, on),
        *_outside(rulebook),
    )


def _floors(rulebook: Rulebook, on: date) -> Iterator[Finding]:
    """Positions that the act names though the floor is not shown to be reached (R10)."""
    for position in rulebook.all(AcceptedPosition, on):
        floor = rulebook.find(RankFloor, position.key, on)
        rank = rulebook.find(Rank, position.rank, on)
        wanted = rulebook.find(Rank, floor.rank, on) if floor else None
        if floor is None or (rank is not None and rank.level >= floor.level):
            continue
        name, least = (one.name if one else "—" for one in (rank, wanted))
        yield Finding(
            Topic.FLOOR,
            f"Роль `{position.key}`: акт называет должность «{name}», федеральный минимум — "
            f"«{least}». Соответствие федеральному минимуму не установлено; система принимает "
            "должность, которую называет акт",
            (position.clause,),
            (floor.clause,),
        )


def _scopes(rulebook: Rulebook, on: date) -> Iterator[Finding]:
    """Views narrower than the federal one, which is counted beside them (R11)."""
    both = "Показатели региона считаются по его акту, федеральные — рядом и полностью"
    people = [rulebook.find(ApplicantScope, key, on) for key in ("region", "federal")]
    if (own := people[0]) and (whole := people[1]):
        kinds = whole.kinds - own.kinds
        homes = whole.residences - own.residences - {Residence.UNKNOWN}
        parts = [f"не названы {listed(kinds)}"] if kinds else []
        parts += [f"не названы живущие {listed(homes)}"] if homes else []
        if parts:
            text = f"Заявители: {'; '.join(parts)}. {both}"
            yield Finding(Topic.SCOPE, text, (own.clause,), (whole.clause,))
    bodies = [rulebook.find(Addressees, key, on) for key in ("region", "federal")]
    if (to := bodies[0]) and (all_of := bodies[1]) and (missing := all_of.kinds - to.kinds):
        text = f"Адресаты: не названы {listed(missing)}. {both}"
        yield Finding(Topic.SCOPE, text, (to.clause,), (all_of.clause,))


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


def _novelties(federal: Act, own: Sequence[Act], on: date) -> Iterator[Finding]:
    """What the Rules got after the acts' last wordings, or no act took anything up of.

    By date and area; the acts' own clauses on the matter, if any, are of an older wording.
    """
    groups: dict[tuple[date, str], list[Clause]] = {}
    for clause in federal.clauses.values():
        turned = [day for day in (clause.introduced, *clause.amended) if day and day <= on]
        if turned and clause.software != "none":
            aware = [act for act in own if max(turned) <= _last_wording(act)]
            if not _related(clause, aware):
                groups.setdefault((max(turned), clause.area), []).append(clause)
    for (day, area), clauses in sorted(groups.items()):
        text = f"{day:%d.%m.%Y} ({_after(day, own)}), {AREAS.get(area, area)}"
        older = {old.ref: old for clause in clauses for old in _related(clause, own)}
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
    own = "; ".join(f"{act.short}, {act.adopted}: {act.title}" for act in rulebook.own.acts)
    passport = rulebook.get(Passport, "region", on)
    lines = [
        f"# Соответствие федеральному праву: {passport.name}",
        "",
        f"Для центра компетенций. {own}. На {on:%d.%m.%Y}.",
        "",
        "Нормы акта не снижают федеральных: где акт молчит или отстаёт, действует федеральная.",
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
        ground = "Прежнее в акте" if topic is Topic.NOVELTY else "Основание"
        parts = (one.text, _cited("Действуют", one.federal), _cited(ground, one.ground))
        yield f"- {'. '.join(part for part in parts if part)}."


def _cited(label: str, clauses: Sequence[Clause]) -> str:
    """The clauses, each act named once."""
    acts = dict.fromkeys(clause.short_act for clause in clauses)
    listed_by_act = [
        f"{act}, " + ", ".join(f"{c.number} `{c.ref}`" for c in clauses if c.short_act == act)
        for act in acts
    ]
    return f"{label}: {'; '.join(listed_by_act)}" if clauses else ""
