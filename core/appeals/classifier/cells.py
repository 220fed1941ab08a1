"""What stands in the cells of a classifier: a season, terms of stages, kinds of evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from core.appeals.rules.answers import EVIDENCE
from core.appeals.rules.stage_terms import StageTerm, WorkStage
from core.directory.naming import like
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.law.act import Clause
from core.shapes.deadlines.rules.units import Season, Unit
from core.structure.roster.cells import Cells, several

SEASON = re.compile(r"(\d{1,2})\.(\d{1,2})\s*[-–—]\s*(\d{1,2})\.(\d{1,2})")
TERM = re.compile(r"([^:=—–-]+?)\s*[:=—–-]\s*(\d{1,4})\s+([а-яё]+(?: [а-яё]+)?)\.?")
DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
UNITS: Mapping[str, Unit] = {
    **dict.fromkeys(("рабочий день", "рабочих дня", "рабочих дней"), Unit.WORKING_DAYS),
    **dict.fromkeys(
        ("календарный день", "календарных дня", "календарных дней", "день", "дня", "дней"),
        Unit.CALENDAR_DAYS,
    ),
    **dict.fromkeys(("час", "часа", "часов"), Unit.HOURS),
    **dict.fromkeys(("рабочий час", "рабочих часа", "рабочих часов"), Unit.WORKING_HOURS),
}
"""How annexes write units."""

_STAGES = {name: stage for stage in WorkStage for name in (stage.value, stage.label)}
_EVIDENCE = {name: kind for kind, label in EVIDENCE.items() for name in (kind, label)}


def season_of(cells: Cells, clause: Clause) -> Season | None:
    """The season of «15.10-15.04»; None for a blank cell. Refuses DATE_OUT_OF_RANGE."""
    said = cells.get("season")
    if not said:
        return None
    found = SEASON.fullmatch(said)
    edges = [int(part) for part in found.groups()] if found else []
    pairs = list(zip(edges[1::2], edges[::2], strict=True))
    if not pairs or not all(
        1 <= month <= 12 and 1 <= day <= DAYS_OF_MONTH[month - 1] for month, day in pairs
    ):
        text = f"«{said}» — не сезон: пишите первый и последний день, например 15.10-15.04"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
    return Season(pairs[0], pairs[1])


def stages_of(cells: Cells, clause: Clause) -> tuple[StageTerm, ...]:
    """The terms of «ответ: 10 рабочих дней; принятие органом: 4 часа». Refuses INVALID."""
    terms = [_term(said, clause) for said in several(cells, "stages")]
    if len({term.stage for term in terms}) != len(terms):
        raise Refusal(RefusalCode.INVALID, "Одной стадии указано два срока", clause)
    return tuple(terms)


def _term(said: str, clause: Clause) -> StageTerm:
    found = TERM.fullmatch(said.casefold())
    unit = UNITS.get(found[3]) if found else None
    if found is None or unit is None or not int(found[2]):
        text = f"«{said}» — не срок: пишите «ответ: 10 рабочих дней»"
        raise Refusal(RefusalCode.INVALID, text, clause)
    stage = _STAGES.get(found[1].strip())
    if stage is None:
        known = ", ".join(f"«{one.label}»" for one in WorkStage)
        text = f"Стадии «{found[1].strip()}» нет{like(found[1], _STAGES)}. Есть: {known}"
        raise Refusal(RefusalCode.INVALID, text, clause)
    return StageTerm(stage, int(found[2]), unit)


def evidence_of(cells: Cells, clause: Clause) -> list[str]:
    """The kinds of evidence, by code or as they are called. Refuses KIND_NOT_ALLOWED."""
    return list(_kinds(cells, clause))


def _kinds(cells: Cells, clause: Clause) -> Iterator[str]:
    for said in several(cells, "evidence"):
        kind = _EVIDENCE.get(said.casefold())
        if kind is None:
            text = f"Подтверждения «{said}» не бывает{like(said, _EVIDENCE)}"
            raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, clause)
        yield kind
