"""Everything that is wrong with a row that is not in, told by the columns of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from core.appeals.exchange.fields import MOMENTS
from core.appeals.exchange.mapping import FieldMap, column_of
from core.appeals.exchange.rejects import Note, Reject
from core.appeals.intake.new import EARLIEST, NewAppeal, faults_of
from core.appeals.intake.placement import Placer, UnknownPlace
from core.appeals.rules.intake import Channel, Residence
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.rules.calendar import local_date
from core.kernel.texts import LONGEST_ID
from core.kernel.work import Work

SUSPECTS = MappingProxyType(
    {
        RefusalCode.TEXT_EMPTY: ("text",),
        RefusalCode.TEXT_TOO_LONG: ("text",),
        RefusalCode.TEXT_UNREADABLE: ("text",),
        RefusalCode.UNKNOWN_CHANNEL: ("channel",),
        RefusalCode.UNKNOWN_THEME: ("theme",),
        RefusalCode.UNKNOWN_CATEGORY: ("category",),
        RefusalCode.OUT_OF_SEASON: ("category",),
        RefusalCode.UNKNOWN_MUNICIPALITY: ("municipality", "oktmo", "residence_municipality"),
        RefusalCode.UNKNOWN_BODY: ("complained_body",),
        RefusalCode.UNKNOWN_ORDER: ("order",),
        RefusalCode.REGIME_BY_LAW: ("regime",),
        RefusalCode.WRONG_IDENTIFICATION: ("identified_by",),
        RefusalCode.DATE_OUT_OF_RANGE: MOMENTS,
    }
)
"""The fields that a refusal of intake can be about."""

UNCLASSIFIED = (RefusalCode.UNKNOWN_CATEGORY, RefusalCode.OUT_OF_SEASON)
FORGIVEN = (RefusalCode.UNKNOWN_THEME, RefusalCode.UNKNOWN_MUNICIPALITY, *UNCLASSIFIED)
"""What the law does not know is dropped and reported: the case waits for the coordinator."""

FORGIVEN_FIELDS = ("theme", "category", "municipality", "residence_municipality")
"""What may be unknown so, each met after the one before it was dropped."""

MOST = 6
"""Refusals of placing that one row may meet, one after another."""


def note_of(line: int, new: NewAppeal, refusal: Refusal, mapping: FieldMap, now: datetime) -> Note:
    """The refusal of intake, told by the column of the file that caused it, with its norm."""
    suspects: Sequence[str] = SUSPECTS.get(refusal.code, ())
    if refusal.code is RefusalCode.DATE_OUT_OF_RANGE:
        suspects = [field for field in MOMENTS if _outside(new, field, now)] or suspects
    elif refusal.code is RefusalCode.INVALID:
        suspects = _contradicting(new)
    norm = f" ({refusal.clause.title})" if refusal.clause else ""
    return Note(line, column_of(mapping, suspects), refusal.code, f"{refusal.text}{norm}")


def _contradicting(new: NewAppeal) -> Sequence[str]:
    """The fields that are no appeal together, in the order in which intake looks at them."""
    if not 0 < len(new.external_id) <= LONGEST_ID:
        return ("external_id",)
    if new.residence_municipality is not None and new.home is not Residence.REGION:
        return ("residence", "residence_municipality")
    placed = new.latitude is not None or new.longitude is not None
    return ("latitude", "longitude") if placed else ("external_id",)


def whole(reject: Reject, mapping: FieldMap, work: Work, placer: Placer) -> Reject:
    """The reject with all its reasons: those of its cells, of intake and of the law."""
    if reject.new is None:
        return reject
    notes = list(reject.notes)
    known = {column for note in notes for column in note.column.split(", ")}
    for refusal in (*faults_of(reject.new, work.now), *_unplaced(reject.new, work, placer)):
        note = note_of(reject.line, reject.new, refusal, mapping, work.now)
        if note.column and known.isdisjoint(note.column.split(", ")):
            notes.append(note)
            known.update(note.column.split(", "))
    return Reject(reject.line, tuple(notes), reject.cells, reject.new)


def _unplaced(new: NewAppeal, work: Work, placer: Placer) -> Iterator[Refusal]:
    """What of it the law of its day does not know, one after another."""
    on = work.today if new.received_at is None else local_date(new.received_at, work.zone)
    for _ in range(MOST):
        try:
            placer.place(new, on)
        except Refusal as refusal:
            yield refusal
            following = _without(new, refusal, work)
            if following is None:
                return
            new = following
        else:
            return


def _without(new: NewAppeal, refusal: Refusal, work: Work) -> NewAppeal | None:
    if refusal.code is RefusalCode.UNKNOWN_CHANNEL:
        some = work.rules.all(Channel, work.today)
        return new._replace(channel=some[0].key, received_at=None) if some else None
    if refusal.code is RefusalCode.UNKNOWN_BODY:
        return new._replace(complained_body=None)
    return without(new, refusal) if refusal.code in FORGIVEN else None


def without(new: NewAppeal, refusal: Refusal) -> NewAppeal:
    """The appeal without what the law does not know of it."""
    if refusal.code is RefusalCode.UNKNOWN_THEME:
        return new._replace(theme=None)
    if refusal.code in UNCLASSIFIED:
        return new._replace(category=None)
    assert isinstance(refusal, UnknownPlace)
    nothing: dict[str, Any] = {refusal.field: None}
    return new._replace(**nothing)


def _outside(new: NewAppeal, field: str, now: datetime) -> bool:
    moment: datetime | None = getattr(new, f"{field}_at")
    return moment is not None and not (
        moment >= EARLIEST and (field == "promised" or moment <= now)
    )
