"""The account of coverage: for a machine as plain data, for people in Russian."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from core.law.act import Act
from core.law.areas import AREAS
from core.law.traceability import Covered, Kind, Tally, lack, tally

SOFTWARE = {
    "rule": "правила",
    "workflow": "порядок работы",
    "data": "данные",
    "report": "отчёты",
    "none": "системы не касаются",
}
KINDS = {
    Kind.RULE: "правило",
    Kind.SENTENCE: "слова",
    Kind.USE_CASE: "действие",
    Kind.FIELD: "поле API",
}


def as_data(covered: Iterable[Covered]) -> dict[str, list[dict[str, Any]]]:
    """`{"clauses": [...]}`, one entry a clause, in the order of the acts."""
    return {"clauses": [_entry(one) for one in covered]}


def _entry(one: Covered) -> dict[str, Any]:
    return {
        "id": one.clause.ref,
        "software": one.clause.software,
        "area": one.clause.area,
        "said": one.said,
        "served": one.served,
        "servedBy": [{"kind": str(by.kind), "name": by.name} for by in one.served_by],
        "tested": bool(one.tests),
        "tests": list(one.tests),
    }


def as_text(acts: Sequence[Act], covered: Sequence[Covered]) -> str:
    """Markdown for people: acts of the register first, those outside it apart."""
    known = {act.id: act for act in acts}
    ordered = sorted(covered, key=lambda one: not known[one.clause.act].registered)
    lines = ["# Где живёт каждая норма", "", *_note()]
    for name, group in groupby(ordered, key=lambda one: one.clause.act):
        lines += _act(known[name], list(group))
    return "\n".join([*lines, ""])


def _note() -> Iterator[str]:
    yield "Норма сказана, если её называет правило, действие или поле API и есть проверка с её"
    yield "номером. Исполняется она, если правило читает код; правила, которые только повторяют"
    yield "слова акта, исполняют лишь нормы-данные. Без проверки ссылка не засчитывается."


def _act(act: Act, covered: Sequence[Covered]) -> Iterator[str]:
    outside = "" if act.registered else " (вне реестра, в общий счёт не входит)"
    ordering = [one for one in covered if one.clause.software != "none"]
    (whole,) = tally(ordering, "act") or [Tally(act.id, 0, 0, 0)]
    yield from ("", f"## {act.short}{outside}", "")
    yield f"Норм: {len(covered)}, для системы: {whole.total}."
    yield from (f"Сказано: {whole.said}, исполняется: {whole.served}.", "")
    yield from ("| Вид нормы | Норм | Сказано | Исполняется |", "|---|---|---|---|")
    for kind in tally(covered, "software"):
        counts = "— | —" if kind.name == "none" else f"{kind.said} | {kind.served}"
        yield f"| {SOFTWARE[kind.name]} | {kind.total} | {counts} |"
    yield from ("", "| Область | Норм для системы | Сказано | Исполняется |", "|---|---|---|---|")
    for area in tally(ordering, "area"):
        name = AREAS.get(area.name, area.name)
        yield f"| {name} | {area.total} | {area.said} | {area.served} |"
    yield from _served([one for one in ordering if one.served])
    yield from _unserved([one for one in ordering if not one.served])


def _served(covered: Sequence[Covered]) -> Iterator[str]:
    yield from ("", "### Исполняется", "")
    for one in covered:
        by = "; ".join(f"{KINDS[server.kind]} `{server.name}`" for server in one.served_by)
        yield f"- {one.clause.number} `{one.clause.ref}`: {by}; проверок: {len(one.tests)}"


def _unserved(covered: Sequence[Covered]) -> Iterator[str]:
    yield from ("", "### Ещё не построено", "")
    if not covered:
        yield "Всё построено."
    for one in covered:
        why = f" ({lack(one)})" if one.served_by else ""
        area = AREAS.get(one.clause.area, one.clause.area)
        yield f"- {one.clause.number} `{one.clause.ref}`, {area}{why}"
