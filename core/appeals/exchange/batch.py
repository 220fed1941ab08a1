"""One batch of rows on its way into the region, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.appeals.exchange.convert import DROPPED, convert
from core.appeals.exchange.dates import LAST
from core.appeals.exchange.faults import FORGIVEN, FORGIVEN_FIELDS, note_of, whole, without
from core.appeals.exchange.figures import Figures, Tally, tally_of
from core.appeals.exchange.mapping import FieldMap, column_of
from core.appeals.exchange.rejects import Note, Reject
from core.appeals.intake.new import NewAppeal
from core.appeals.intake.numbers import hold_numbers
from core.appeals.intake.placer import placer_of
from core.appeals.intake.prepared import Prepared, prepare
from core.appeals.intake.service import Status, TakenIn, take_in_prepared
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.tables.rows import Row, Unreadable
from core.kernel.work import Work

Writing = Callable[[], None]
"""Called when the database begins to write rows."""


@dataclass(slots=True)
class Batch:
    """Rows of a file as far as they come without the database; `position` is where they end.

    `good` are the rows that are appeals, in the order of `prepared`.
    """

    mapping: FieldMap
    now: datetime
    read: int = 0
    position: int = 0
    good: list[tuple[Row, NewAppeal]] = field(default_factory=list)
    prepared: list[Prepared | Refusal] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, rows: Sequence[Row | Unreadable]) -> None:
        """Do with the next rows all that may be done ahead: cells to values, checks, lemmas."""
        self.read += len(rows)
        torn = [row for row in rows if isinstance(row, Unreadable)]
        self.rejects += [
            Reject(row.line, (Note(row.line, "", row.code, row.reason),), row.cells) for row in torn
        ]
        sound = [row for row in rows if isinstance(row, Row)]
        converted = convert(sound, self.mapping)
        self.notes += converted.notes
        good: list[tuple[Row, NewAppeal]] = []
        for row, found in zip(sound, converted.found, strict=True):
            if isinstance(found, Reject):
                self.rejects.append(found)
            else:
                good.append((row, found))
        self.good += good
        self.prepared += self._prepared([new for _, new in good])

    def _prepared(self, news: Sequence[NewAppeal]) -> list[Prepared | Refusal]:
        """A day that is not over ends now, but is still known as that day when it comes again."""
        today = self.now.astimezone(self.mapping.dates.zone).date()
        over = datetime.combine(today, LAST, self.mapping.dates.zone).astimezone(UTC)
        ending = {
            place: _ending(new, over, self.now)
            for place, new in enumerate(news)
            if over in (new.answered_at, new.closed_at) and over > self.now
        }
        told = prepare([ending.get(place, new) for place, new in enumerate(news)], self.now)
        for place in ending:
            one = told[place]
            if isinstance(one, Prepared):
                told[place] = one._replace(digest=news[place].digest())
        return told


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: its figures, the rows that are not in, what was noticed."""

    figures: Figures
    rejects: list[Reject]
    notes: list[Note]


async def take_rows(work: Work, batch: Batch, writing: Writing) -> Outcome:
    """Take rows in within this unit of work.

    Nobody else numbers anything meanwhile: figures are of all ids between the first and the last.
    """
    await hold_numbers(work)
    rejects, reports, notes = list(batch.rejects), list[Reject](), list(batch.notes)
    taken: list[TakenIn] = []
    results = await take_in_prepared(work, batch.prepared, writing)
    results, forgiven = await _forgive(work, batch, results)
    for (row, new), result in zip(batch.good, results, strict=True):
        if isinstance(result, Refusal):
            note = note_of(row.line, new, result, batch.mapping, work.now)
            rejects.append(Reject(row.line, (note,), row.cells, new))
            continue
        taken.append(result)
        if result.status is Status.DIFFERING:
            reports.append(_differs(row, result, batch.mapping))
    if rejects:
        placer = await placer_of(work)
        rejects = [whole(reject, batch.mapping, work, placer) for reject in rejects]
    missing = {reject.line for reject in rejects}
    notes = [note for note in (*notes, *forgiven) if note.line not in missing]
    figures = await _figures(work, batch, taken, rejects, len(notes))
    by_line = sorted([*rejects, *reports], key=lambda reject: reject.line)
    return Outcome(figures, by_line, sorted(notes, key=lambda note: note.line))


async def _forgive(
    work: Work, batch: Batch, results: list[TakenIn | Refusal]
) -> tuple[list[TakenIn | Refusal], list[Note]]:
    """Take in without its theme or place what was refused for these alone; what was dropped."""
    notes: dict[int, list[Note]] = {}
    again = {place: batch.prepared[place] for place in range(len(results))}
    for _ in FORGIVEN_FIELDS:
        trying: dict[int, Prepared] = {}
        for place, result in enumerate(results):
            one = again[place]
            if not isinstance(result, Refusal) or not isinstance(one, Prepared):
                continue
            if result.code not in FORGIVEN:
                continue
            note = note_of(batch.good[place][0].line, one.new, result, batch.mapping, work.now)
            told = notes.setdefault(place, [])
            told.append(note._replace(reason=f"{note.reason}; {DROPPED}"))
            trying[place] = again[place] = one._replace(new=without(one.new, result))
        if not trying:
            break
        found = await take_in_prepared(work, list(trying.values()))
        for place, result in zip(trying, found, strict=True):
            results[place] = result
    return results, [note for told in notes.values() for note in told]


async def _figures(
    work: Work, batch: Batch, taken: Sequence[TakenIn], rejects: Sequence[Reject], warned: int
) -> Figures:
    counts = Counter(result.status for result in taken)
    ids = [result.appeal_id for result in taken if result.status is Status.ADDED]
    tally = await tally_of(work, min(ids), max(ids), warned) if ids else Tally(warned=warned)
    return Figures(
        read=batch.read,
        added=counts[Status.ADDED],
        known=counts[Status.KNOWN],
        differing=counts[Status.DIFFERING],
        rejected=len(rejects),
        routed=sum(result.routed for result in taken),
        tally=tally,
    )


def _differs(row: Row, result: TakenIn, mapping: FieldMap) -> Reject:
    fields = [name.removesuffix("_at") for name in result.difference]
    column = column_of(mapping, fields)
    reason = f"обращение {result.number} уже принято с другим содержанием: первое сохранено"
    note = Note(row.line, column, RefusalCode.DUPLICATE_DIFFERS, reason)
    return Reject(row.line, (note,), row.cells)


def _ending(new: NewAppeal, over: datetime, now: datetime) -> NewAppeal:
    answered = now if new.answered_at == over else new.answered_at
    return new._replace(
        answered_at=answered, closed_at=now if new.closed_at == over else new.closed_at
    )
