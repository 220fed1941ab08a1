"""The statement of facts: what happened, by which clause, how it is proved and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.region.evidence.case import Case, Fact
from core.region.evidence.proofs import UNPROVED, Proved

LEVELS = {
    "record": "запись, доказательства по журналу ещё нет",
    "own-seal": "собственная печать журнала региона",
    "timestamp": "метка времени посторонней службы над корнем журнала",
    "witness": "подпись свидетеля над корнем журнала",
}

SUBJECTS = {"document": "документ", "appeal": "обращение"}


def facts_of(case: Case, proved: Mapping[str, Proved]) -> list[dict[str, Any]]:
    """The facts as `statement.json` has them."""
    told = []
    for fact in case.facts:
        level, after, before = proved.get(fact.row or "", UNPROVED)
        told.append(
            {
                "said": fact.said,
                "clause": fact.clause,
                "at": fact.at.isoformat(),
                "row": fact.row,
                "level": level,
                "after": after,
                "before": before,
            }
        )
    return told


def statement(case: Case, facts: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> str:
    """The same for people, in Russian; moments in the region's zone."""
    kind, _, which = case.subject.partition(":")
    lines = ["СПРАВКА О ФАКТАХ", f"Предмет: {SUBJECTS[kind]} {which} [{case.subject}]", ""]
    for number, (fact, one) in enumerate(zip(case.facts, facts, strict=True), 1):
        lines += [f"{number}. {fact.said}", *_about(fact, one, case, zone), ""]
    return "\n".join(lines)


def _about(fact: Fact, one: Mapping[str, Any], case: Case, zone: ZoneInfo) -> list[str]:
    lines = [f"   По часам региона: {_moment(fact.at, zone)}"]
    known = case.told["clauses"].get(fact.clause)
    norm = f"{known['title']} [{fact.clause}]" if known else fact.clause
    lines += [f"   Норма: {norm}"] if norm else []
    lines.append(f"   Уровень доказательства: {LEVELS[one['level']]}")
    since, until = (one[key] and datetime.fromisoformat(one[key]) for key in ("after", "before"))
    between = [f"не раньше {_moment(since, zone)}"] if since else []
    between += [f"не позже {_moment(until, zone)}"] if until else []
    lines.append(f"   Записано: {', '.join(between) or 'посторонние времени не удостоверяли'}")
    lines.append(f"   Доказательство: строка {one['row'] or '—'} в journal.json")
    return lines


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%d.%m.%Y %H:%M:%S} ({at:%Y-%m-%dT%H:%M:%SZ})"
