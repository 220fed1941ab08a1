"""One batch of rows on its way into the region, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from core.errors import Refusal, RefusalCode
from core.exchange.convert import Reject, column_of, convert, rejected
from core.exchange.mapping import FieldMap
from core.exchange.rows import Row, Unreadable
from core.intake.new import NewAppeal
from core.intake.service import Status, TakenIn, take_in_many
from core.work import Work


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the rows: read = added + known + differing + rejected; routed to a body."""

    read: int = 0
    added: int = 0
    known: int = 0
    differing: int = 0
    rejected: int = 0
    routed: int = 0

    def __add__(self, other: Figures) -> Figures:
        pairs = zip(asdict(self).values(), asdict(other).values(), strict=True)
        return Figures(*(one + another for one, another in pairs))


async def take_rows(
    work: Work, rows: Sequence[Row | Unreadable], mapping: FieldMap
) -> tuple[Figures, list[Reject]]:
    """Take rows in within this unit of work: the figures, and what to report of which line."""
    good, rejects = _converted(rows, mapping)
    reports: list[Reject] = []
    taken: list[TakenIn] = []
    results = await take_in_many(work, [new for _, new in good])
    for (row, new), result in zip(good, results, strict=True):
        if isinstance(result, Refusal):
            rejects.append(rejected(row, new, result, mapping, work.now))
            continue
        taken.append(result)
        if result.status is Status.DIFFERING:
            reports.append(_differs(row, result, mapping))
    figures = Figures(
        read=len(rows),
        added=_count(taken, Status.ADDED),
        known=_count(taken, Status.KNOWN),
        differing=_count(taken, Status.DIFFERING),
        rejected=len(rejects),
        routed=sum(result.routed for result in taken),
    )
    return figures, sorted([*rejects, *reports], key=lambda reject: reject.line)


def _converted(
    rows: Iterable[Row | Unreadable], mapping: FieldMap
) -> tuple[list[tuple[Row, NewAppeal]], list[Reject]]:
    good: list[tuple[Row, NewAppeal]] = []
    rejects: list[Reject] = []
    for row in rows:
        if isinstance(row, Unreadable):
            rejects.append(Reject(row.line, "", row.code, row.reason))
            continue
        new = convert(row, mapping)
        if isinstance(new, Reject):
            rejects.append(new)
        else:
            good.append((row, new))
    return good, rejects


def _count(taken: Iterable[TakenIn], status: Status) -> int:
    return sum(result.status is status for result in taken)


def _differs(row: Row, result: TakenIn, mapping: FieldMap) -> Reject:
    fields = [name.removesuffix("_at") for name in result.difference]
    column = column_of(mapping, fields)
    reason = f"обращение {result.number} уже принято с другим содержанием: первое сохранено"
    return Reject(row.line, column, RefusalCode.DUPLICATE_DIFFERS, reason)
