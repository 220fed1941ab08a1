"""One batch of rows on its way into the region, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from core.appeals.exchange.convert import Reject, column_of, convert, rejected
from core.appeals.exchange.mapping import FieldMap
from core.appeals.exchange.rows import Row, Unreadable
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.prepared import Prepared, prepare
from core.appeals.intake.service import Status, TakenIn, take_in_prepared
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.work import Work


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


@dataclass(slots=True)
class Batch:
    """Rows of a file as far as they come without the database; `position` is where they end.

    `good` are the lines that are appeals, in the order of `prepared`.
    """

    mapping: FieldMap
    now: datetime
    read: int = 0
    position: int = 0
    good: list[tuple[int, NewAppeal]] = field(default_factory=list)
    prepared: list[Prepared | Refusal] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def add(self, rows: Sequence[Row | Unreadable]) -> None:
        """Do with the next rows all that may be done ahead: cells to values, checks, lemmas."""
        self.read += len(rows)
        torn = [row for row in rows if isinstance(row, Unreadable)]
        self.rejects += [Reject(row.line, "", row.code, row.reason) for row in torn]
        whole = [row for row in rows if isinstance(row, Row)]
        good: list[tuple[int, NewAppeal]] = []
        for row, found in zip(whole, convert(whole, self.mapping), strict=True):
            if isinstance(found, Reject):
                self.rejects.append(found)
            else:
                good.append((row.line, found))
        self.good += good
        self.prepared += prepare([new for _, new in good], self.now)


async def take_rows(
    work: Work, batch: Batch, writing: Callable[[], None]
) -> tuple[Figures, list[Reject]]:
    """Take rows in within this unit of work: the figures, and what to report of which line.

    `writing` is called when the database begins to write them.
    """
    rejects, reports = list(batch.rejects), list[Reject]()
    taken: list[TakenIn] = []
    results = await take_in_prepared(work, batch.prepared, writing)
    for (line, new), result in zip(batch.good, results, strict=True):
        if isinstance(result, Refusal):
            rejects.append(rejected(line, new, result, batch.mapping, work.now))
            continue
        taken.append(result)
        if result.status is Status.DIFFERING:
            reports.append(_differs(line, result, batch.mapping))
    counts = Counter(result.status for result in taken)
    figures = Figures(
        read=batch.read,
        added=counts[Status.ADDED],
        known=counts[Status.KNOWN],
        differing=counts[Status.DIFFERING],
        rejected=len(rejects),
        routed=sum(result.routed for result in taken),
    )
    return figures, sorted([*rejects, *reports], key=lambda reject: reject.line)


def _differs(line: int, result: TakenIn, mapping: FieldMap) -> Reject:
    fields = [name.removesuffix("_at") for name in result.difference]
    column = column_of(mapping, fields)
    reason = f"обращение {result.number} уже принято с другим содержанием: первое сохранено"
    return Reject(line, column, RefusalCode.DUPLICATE_DIFFERS, reason)
