"""Which tables are sealed, by which form, under which name their rows stand in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from core.appeals.model import ANSWER_FORM, LEDGER_FORM, Answer, LedgerEntry
from core.documents import model as documents
from core.kernel.journal import JOURNAL_FORM, JournalEntry
from core.kernel.sealing.forms import Form
from core.ratings import model as ratings
from core.region.packages import PACKAGE_FORM, EvidencePackage
from core.shapes.chains.model import DECISION_FORM, DecisionRecord
from core.summaries.model import SUMMARY_FORM, Summary

SealedModel = (
    type[JournalEntry]
    | type[LedgerEntry]
    | type[Answer]
    | type[DecisionRecord]
    | type[documents.DocumentVersion]
    | type[documents.DocumentReceipt]
    | type[documents.DocumentLetter]
    | type[documents.DocumentSignature]
    | type[documents.SignaturePart]
    | type[documents.SignatureStamp]
    | type[ratings.Rating]
    | type[ratings.RatingVersion]
    | type[ratings.RatingObjection]
    | type[ratings.RatingFigure]
    | type[ratings.RatingRelease]
    | type[ratings.SeriesValue]
    | type[Summary]
    | type[EvidencePackage]
)
CHUNK, FEW = 2_000, 50
"""Rows that are read at once: those that carry a file are large."""


class Kind(NamedTuple):
    """A table whose rows are sealed; `changes` says that a row may be sealed again, changed."""

    model: SealedModel
    form: Form
    changes: bool = False
    chunk: int = CHUNK

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.form.table

    def rows(self) -> Select[Any]:
        """What of the rows is sealed, with their ids, seals and salts."""
        names = ("id", *self.form.columns, "seal", "salts")
        return select(*(getattr(self.model, name) for name in names))


KINDS: Mapping[str, Kind] = {
    one.name: one
    for one in (
        Kind(JournalEntry, JOURNAL_FORM),
        Kind(LedgerEntry, LEDGER_FORM),
        Kind(Answer, ANSWER_FORM, changes=True),
        Kind(DecisionRecord, DECISION_FORM),
        Kind(documents.DocumentVersion, documents.VERSION_FORM, chunk=FEW),
        Kind(documents.DocumentReceipt, documents.RECEIPT_FORM),
        Kind(documents.DocumentLetter, documents.LETTER_FORM),
        Kind(documents.DocumentSignature, documents.SIGNATURE_FORM, chunk=FEW),
        Kind(documents.SignaturePart, documents.PART_FORM, chunk=FEW),
        Kind(documents.SignatureStamp, documents.STAMP_FORM, chunk=FEW),
        Kind(ratings.Rating, ratings.RATING_FORM, changes=True),
        Kind(ratings.RatingVersion, ratings.VERSION_FORM, chunk=FEW),
        Kind(ratings.RatingObjection, ratings.OBJECTION_FORM, changes=True),
        Kind(ratings.RatingFigure, ratings.FIGURE_FORM),
        Kind(ratings.RatingRelease, ratings.RELEASE_FORM, changes=True),
        Kind(ratings.SeriesValue, ratings.SERIES_FORM),
        Kind(Summary, SUMMARY_FORM, changes=True, chunk=FEW),
        Kind(EvidencePackage, PACKAGE_FORM, chunk=FEW),
    )
}
