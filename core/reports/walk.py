"""A lawyer's walk: the clauses of a region's act in their order, beside each what says it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.kernel.rules.passport import Passport
from core.law.act import Act, Clause
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.law.russian import period, plural
from core.reports.deeds import deeds
from core.reports.rules import LAYERS, marked, table_row
from core.reports.words import words_of

MANY = 12
"""So many rules of one kind on one clause are listed one by one; more are counted."""

COLUMNS = ("Норма", "Слова акта", "Что говорит система")
BREAK = "<br>"


@dataclass(frozen=True, slots=True)
class Said:
    """A rule and the layer that hands it over."""

    rule: Rule
    layer: str


Sayings = Mapping[str, Sequence[Said]]
"""What says each clause, by its full id."""


def walk(rulebook: Rulebook, passport: Passport) -> str:
    """The region's own acts, clause by clause, in Markdown; the same for the same law."""
    said = _sayings(rulebook)
    lines = [
        f"# Акт рядом с правилами: {passport.name}",
        "",
        "Нормы стоят в порядке акта, рядом с каждой — правила, которые её говорят, и действия",
        "системы, которые её исполняют; слой назван, где он не региональный. Составлено из акта и",
        "глав региона; не правится вручную. Знак † стоит при нормах актов вне реестра.",
    ]
    for act in rulebook.own.acts:
        lines += _act(act, said, rulebook)
    return "\n".join([*lines, ""])


def _sayings(rulebook: Rulebook) -> Sayings:
    said: dict[str, list[Said]] = defaultdict(list)
    for name, layer in rulebook.layers.items():
        for rule in layer.rules:
            said[rule.clause.ref].append(Said(rule, name))
    return said


def _act(act: Act, said: Sayings, rulebook: Rulebook) -> Iterator[str]:
    yield from ("", f"## {act.short} «{act.title}»", "", _account(act, said))
    for part, clauses in groupby(act.clauses.values(), key=part_of):
        yield from ("", f"### {part}", "", table_row(*COLUMNS), "|---|---|---|")
        for clause in clauses:
            number = f"{clause.number} `{clause.id}`"
            yield table_row(number, clause.quote, _beside(clause, act, said, rulebook))


def part_of(clause: Clause) -> str:
    """The part of its act in which a clause stands, by its printed number.

    «4.2, абз. 3» is of «Пункт 4», «3 постановления, абз. 2» of «Пункты постановления».
    """
    head = clause.number.partition(",")[0]
    _, _, of_what = head.partition(" ")
    if of_what:
        return f"Пункты {of_what}"
    numbered = re.match(r"[\d-]+", head)
    return f"Пункт {numbered[0]}" if numbered else head.capitalize()


def _account(act: Act, said: Sayings) -> str:
    """How many clauses there are and how it stands with them, in one sentence."""
    count = Counter(_standing(clause, said) for clause in act.clauses.values())
    total = len(act.clauses)
    noun = plural(total, "норма", "нормы", "норм")
    parts = ", ".join(f"{name} {number}" for name, number in sorted(count.items()))
    return f"Всего {total} {noun}: {parts}."


def _standing(clause: Clause, said: Sayings) -> str:
    if clause.ref in said:
        return "сказано правилами"
    if clause.served_by:
        return "исполняется действиями"
    return "не для системы" if clause.software == "none" else "без своих правил"


def _beside(clause: Clause, act: Act, said: Sayings, rulebook: Rulebook) -> str:
    lines = list(_rules(said.get(clause.ref, ()), rulebook))
    if clause.served_by:
        lines.append(f"исполняет система: {deeds(clause.served_by)}")
    if lines:
        return BREAK.join(lines)
    if clause.software == "none":
        return "— не для системы"
    below = (other for other in act.clauses.values() if other.id.startswith(f"{clause.id}."))
    if any(other.ref in said or other.served_by for other in below):
        return "— сказано её частями, ниже"
    return "— ещё не построено"


def _rules(said: Sequence[Said], rulebook: Rulebook) -> Iterator[str]:
    """Each rule in a line of its own, kinds in the order in which the chapters have them."""
    words = words_of(rulebook)
    kinds: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        kinds[one.rule.heading].append(one)
    for heading, rules in kinds.items():
        if len(rules) > MANY:
            noun = plural(len(rules), "правило", "правила", "правил")
            yield f"**{heading}**: {len(rules)} {noun}"
            continue
        for one in rules:
            notes = "".join(f"; {note}" for note in _notes(one, rulebook))
            yield f"**{heading}**: {words.whole(one.rule)}{notes}"


def _notes(said: Said, rulebook: Rulebook) -> Iterator[str]:
    rule = said.rule
    if rule.since or rule.until:
        yield period(rule.since, rule.until)
    if rule.municipality:
        yield f"только {words_of(rulebook).place(rule.municipality, rule)}"
    if rule.replaces:
        yield f"вместо: {marked(rule.replaces, rulebook)}"
    if said.layer in LAYERS:
        yield f"слой {LAYERS[said.layer]}"
