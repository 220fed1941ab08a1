"""Which columns hold what is known of a person, and what stands in them once it is erased.

Everything else of these tables is kept: facts, moments, norms, officials' names in what they
decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.appeals.applicants.model import Applicant
from core.appeals.conclusion.model import Conclusion
from core.appeals.delivery.model import Dispatch
from core.appeals.duplicates.model import DuplicateProposal, LikeCase
from core.appeals.measures.model import Measure
from core.appeals.model import Answer, Appeal, LedgerEntry
from core.appeals.notes.model import Note
from core.appeals.notices.model import Notice, Recipient
from core.appeals.reception.model import Reception
from core.appeals.satisfaction.model import Dispute, Survey
from core.db.database import Base
from core.kernel.journal import JournalEntry
from core.kernel.sealing.model import SealLeaf

Values = Mapping[str, Any]
NOBODY: dict[str, None] = dict.fromkeys(("name", "contact", "address", "addressee"))

SEALED: Mapping[type[Base], Values] = {
    LedgerEntry: {"reason": None, "salts": None},
    Answer: {"text": "", "evidence": [], "signed_digest": None, "salts": None},
    JournalEntry: {"cause": None, "salts": None},
    SealLeaf: {"salts": None},
    Note: {"text": ""},
}
"""Rows that are otherwise never changed: an eraser may destroy these values and nothing else."""

WORKING: Mapping[type[Base], Values] = {
    Appeal: {
        "text": "",
        "terms": "",
        "topic": None,
        "address": None,
        "address_words": None,
        "latitude": None,
        "longitude": None,
    },
    Notice: {
        "subject": "",
        "text": "",
        "attachments": [],
        "message_id": None,
        "number": None,
    },
    Dispatch: {
        "number": None,
        "sealed_address": None,
        "address_ground": None,
        "return_reason": None,
    },
    Survey: {"comment": None},
    Dispute: {"reason": "", "verdict": None},
    Reception: {"oral_answer": None, "explained": None},
    Conclusion: {"proof": {}},
    Measure: {"done": ""},
    DuplicateProposal: {"reasons": ""},
    LikeCase: {"reasons": ""},
}
"""Rows of an appeal that are found by its id."""

MARKS: Values = dict.fromkeys(
    ("name_mark", "short_mark", "contact_mark", "other_mark", "address_mark")
)
PERSONS = (Applicant, Recipient)
"""Sealed persons: in their place stands a sealed nobody."""
