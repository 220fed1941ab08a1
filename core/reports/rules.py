"""A rulebook as a Russian text for lawyers: Markdown, the same for the same law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from core.appeals.rules.routing import Route
from core.appeals.rules.terms import EscalationStep
from core.kernel.rules.passport import LimitedArea, Passport
from core.law.act import Act, Clause
from core.law.provenance import origin, origins, yielded
from core.law.rule import Rule
from core.law.rulebook import Rulebook
from core.law.russian import period
from core.reports.words import Words

COLUMNS = ("Ключ", "Что установлено", "Норма", "Действует", "Слой", "Пометки")
OWN_COLUMNS = 2
"""The key and the sentence stand in every row, though they were alike in all."""

LAYERS = {"federal": "федеральный", "municipal": "муниципальный"}
ORDER: dict[type[Rule], Callable[[Any], int]] = {
    Route: lambda route: route.priority,
    EscalationStep: lambda step: step.order,
}


def render(rulebook: Rulebook, passport: Passport) -> str:
    """The whole rulebook of the passport's region, one section a kind of rule."""
    unknown = [kind.__name__ for kind in rulebook.kinds() if not kind.heading]
    if unknown:
        raise LookupError(f"Нет раздела для {', '.join(unknown)}")
    lines = [
        f"# Свод правил: {passport.name}",
        "",
        f"{passport.centre}. Редакция свода `{rulebook.edition}`.",
        "",
        "Составлено из действующих слоёв права; не правится вручную. Знак † стоит при актах вне",
        "реестра: их нормы читаются по официальному тексту. Уровни должностей и ролей, очерёдность",
        "маршрутов и шагов — практика системы: этих чисел в актах нет. «Всегда» — всё время, пока",
        "действует сам акт.",
        *_acts(rulebook),
    ]
    for kind in rulebook.kinds():
        lines += _section(kind, rulebook)
    return "\n".join([*lines, *_superseded(rulebook), *_quotes(rulebook), ""])


def _acts(rulebook: Rulebook) -> Iterator[str]:
    yield from ("", "## Акты", "", "| Акт | Принят | Редакции | Пометка |", "|---|---|---|---|")
    for act in rulebook.acts.values():
        editions = ", ".join(f"{e.date:%d.%m.%Y} ({e.act})" for e in act.editions) or "—"
        adopted = f"{act.adopted}{_begun(act)}"
        yield table_row(f"**{act.short}**{_mark(act)} {act.title}", adopted, editions, act.note)


def _begun(act: Act) -> str:
    """From what day it holds, where that is not the day of its adoption."""
    return f", действует с {act.in_force:%d.%m.%Y}" if act.in_force else ""


def _section(kind: type[Rule], rulebook: Rulebook) -> Iterator[str]:
    layers, words = origins(rulebook), Words(rulebook)
    rows = [
        (
            _key(rule, words),
            words.said(rule),
            marked(rule.clause, rulebook),
            in_force(rule, rulebook),
            LAYERS.get(layers[origin(rule)], "региональный"),
            _marks(rule, words),
        )
        for rule in sorted(rulebook.history(kind), key=ORDER.get(kind, _as_handed_over))
    ]
    if rows:
        yield from ("", f"## {kind.heading}", "", *_table(COLUMNS, rows))


def in_force(rule: Rule, rulebook: Rulebook) -> str:
    """The days on which the rule holds, if in this region; whether that was read at all."""
    limits = {limit.key: limit.regions for limit in rulebook.history(LimitedArea)}
    names = {card.name for card in rulebook.history(Passport)}
    limited = rule.clause.area in limits and not isinstance(rule, LimitedArea)
    if limited and not names & limits[rule.clause.area]:
        return "в этом регионе не действует"
    unread = "; с какого дня действует норма, не прочитано" if rule.clause.undated else ""
    return f"{period(rule.since, rule.until)}{unread}"


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """What all rows share stands once above the table, not in a column."""
    columns = list(zip(*rows, strict=True))
    shared = [
        number >= OWN_COLUMNS and len(rows) > 1 and len(set(column)) == 1
        for number, column in enumerate(columns)
    ]
    above = [
        f"{name}: {column[0]}"
        for name, column, same in zip(names, columns, shared, strict=True)
        if same and column[0]
    ]
    if above:
        yield from (f"{'; '.join(above)}.", "")
    kept = [number for number, same in enumerate(shared) if not same]
    yield table_row(*(names[number] for number in kept))
    yield f"|{'---|' * len(kept)}"
    yield from (table_row(*(row[number] for number in kept)) for row in rows)


def _superseded(rulebook: Rulebook) -> Iterator[str]:
    words = Words(rulebook)
    pairs = [pair for pair in yielded(rulebook) if _met(*pair, rulebook)]
    if not pairs:
        return
    yield from ("", "## Уступившие нормы", "")
    yield "| Раздел | Ключ | Что было установлено | Норма | Действует | Уступила норме |"
    yield "|---|---|---|---|---|---|"
    for earlier, later in pairs:
        yield table_row(
            earlier.heading,
            _key(earlier, words),
            words.said(earlier),
            marked(earlier.clause, rulebook),
            period(earlier.since, earlier.until),
            marked(later.clause, rulebook),
        )


def _met(earlier: Rule, later: Rule, rulebook: Rulebook) -> bool:
    """Whether the earlier wording was still there when the act of the later rule came."""
    act = rulebook.acts[later.clause.act]
    return earlier.until is None or earlier.until > (act.in_force or act.date)


def _quotes(rulebook: Rulebook) -> Iterator[str]:
    clauses = (clause for act in rulebook.acts.values() for clause in act.clauses.values())
    cited: dict[str, Clause] = {clause.ref: clause for clause in clauses if clause.served_by}
    for kind in rulebook.kinds():
        cited |= {rule.clause.ref: rule.clause for rule in rulebook.history(kind)}
    yield from ("", "## Слова норм", "", "| Норма | Текст |", "|---|---|")
    for ref in sorted(cited):
        yield table_row(marked(cited[ref], rulebook), cited[ref].quote)


def _as_handed_over(_rule: Rule) -> int:
    return 0


def _key(rule: Rule, words: Words) -> str:
    place = f" ({words.place(rule.municipality, rule)})" if rule.municipality else ""
    return f"`{rule.key}`{place}"


def _marks(rule: Rule, words: Words) -> str:
    marks = ["минимум"] if rule.floor else []
    if rule.below_floor:
        marks.append("ниже минимума")
    if rule.replaces:
        marks.append(f"вместо: {marked(rule.replaces, words.rulebook)}")
    if rule.absorbs:
        marks.append(f"вобрала: {words.absorbed(rule)}")
    return "; ".join(marks)


def marked(clause: Clause, rulebook: Rulebook) -> str:
    """The clause as a lawyer names it, with its id; † where its act is outside the register."""
    return f"{clause.title}{_mark(rulebook.acts[clause.act])} `{clause.ref}`"


def _mark(act: Act) -> str:
    return "" if act.registered else "†"


def table_row(*cells: str | None) -> str:
    """A row of a Markdown table."""
    texts = ((cell or "").replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(texts)} |"
