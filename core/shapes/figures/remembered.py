"""Counts by stretches of days, remembered for as long as no fold has changed the cells.

What is not folded yet is read every time: a figure is exact at any moment, and what is dear is
reckoned once a fold.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, select, true

from core.db.cache import Memo
from core.kernel.work import Work
from core.shapes.figures.cuts import Cut
from core.shapes.figures.reading import Wanted
from core.shapes.figures.subject import Subject
from core.shapes.figures.weekly import Stretch, cells_in, changes_in, in_stretches

Values = tuple[Any, ...]
"""Of a group, in the order of the dimensions."""

Counts = Mapping[Values, Sequence[int]]
"""How many each group has in every stretch."""

KEPT, TRIES = 32, 3
"""So many answers of a database; a fold may come in between this often."""


@dataclass(frozen=True, slots=True)
class Fold:
    """The last fold: `word` is its own alone, in any database; whether rows have changed since."""

    word: Hashable
    changed: bool


_known: WeakKeyDictionary[Any, Memo[Counts]] = WeakKeyDictionary()
"""By the connections of a database: nothing is known of another with the same cells."""


async def last_fold(work: Work, subject: Subject[Any]) -> Fold | None:
    """As of which fold the cells stand; None before the first."""
    state, change = subject.tables.state.c, subject.tables.change
    query = select(state.fold, state.folded_at, select(change.c.id).exists())
    row = (await work.session.execute(query)).first()
    return Fold((row[0], row[1]), bool(row[2])) if row and row[0] else None


async def counts_in(
    work: Work, wanted: Wanted[Any], cut: Cut | None, stretches: Sequence[Stretch], key: Hashable
) -> Counts:
    """What `in_stretches` tells, by groups.

    `key` holds whatever the answer depends on beside the dimensions, the stretches and the data:
    who asks, and the criteria.
    """
    memo = _known.setdefault(work.session.bind, Memo(KEPT))
    asked = (wanted.subject.prefix, tuple(wanted.by), tuple(stretches), key)
    for _ in range(TRIES if cut is not None else 0):
        assert cut is not None
        version, changes = await _told(work, changes_in(wanted, stretches), wanted)
        if version is None:
            break
        cells = memo.known((version, asked))
        if cells is not None:
            return _added(cells, changes, len(stretches))
        version, rows = await _told(work, cells_in(wanted, cut, stretches), wanted)
        _keep(memo, (version, asked), _added({}, rows, len(stretches)))
    query = in_stretches(wanted, cut, stretches, work.dialect)
    return _added({}, (await work.session.execute(query)).all(), len(stretches))


def _keep(memo: Memo[Counts], key: Hashable, counts: Counts) -> None:
    memo.recall(key, lambda: counts)


async def _told(
    work: Work, counts: Select[Any], wanted: Wanted[Any]
) -> tuple[Hashable, Sequence[Any]]:
    """Which fold the cells are of, None before the first, and the counts: out of one snapshot."""
    state, found = wanted.subject.tables.state, counts.subquery()
    query = select(state.c.fold, state.c.folded_at, *found.c).outerjoin_from(state, found, true())
    rows = (await work.session.execute(query)).all()
    if not rows or not rows[0].fold:
        return None, ()
    return (rows[0].fold, rows[0].folded_at), [row[2:] for row in rows if row[2] is not None]


def _added(counts: Counts, rows: Sequence[Any], stretches: int) -> Counts:
    """The counts with these rows: the number of a stretch, the values, how many."""
    found = {values: [*some] for values, some in counts.items()}
    for number, *values, count in rows:
        found.setdefault(tuple(values), [0] * stretches)[number] += int(count)
    return found
