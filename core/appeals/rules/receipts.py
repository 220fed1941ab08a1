"""Several official records of one receipt: terms go by the earliest, the others are kept (R53)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.appeals.rules.ledger import Entry, first
from core.appeals.rules.lifecycle import Fact
from core.law.russian import Code

RECEIVED_AT = "received_at"
"""What a counting record carries: the moment that it says, ISO with its offset."""


class ReceiptRecord(Code):
    """What says when an appeal came."""

    STAMP = "stamp", "штамп о поступлении"
    JOURNAL = "journal", "запись в журнале регистрации"
    POST = "post", "отметка почтовой связи о вручении"
    SYSTEM = "system", "запись государственной информационной системы"


def by_earliest_receipt(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The facts with the receipt at the earliest moment that a counting record says."""
    told = [
        datetime.fromisoformat(str(entry.data[RECEIVED_AT]))
        for entry in entries
        if entry.fact is Fact.RECEIPT_TOLD and RECEIVED_AT in entry.data
    ]
    received = first(entries, Fact.RECEIVED)
    if received is None or not told or min(told) >= received.at:
        return entries
    return tuple(e._replace(at=min(told)) if e is received else e for e in entries)
