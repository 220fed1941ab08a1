"""Which tables are sealed, by which form, under which name their rows stand in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from core.appeals.model import ANSWER_FORM, LEDGER_FORM, Answer, LedgerEntry
from core.kernel.journal import JOURNAL_FORM, JournalEntry
from core.kernel.sealing.forms import Form

SealedModel = type[JournalEntry] | type[LedgerEntry] | type[Answer]


class Kind(NamedTuple):
    """A table whose rows are sealed; `changes` says that a row may be sealed again, changed."""

    model: SealedModel
    form: Form
    changes: bool = False

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
    )
}
