"""Who may do what with the tables on PostgreSQL: the owner, the runtime, the eraser.

The owner migrates and is nobody that serves: it alone could switch a trigger off. The runtime
serves and works; what is sealed it can only add to. The eraser destroys values and salts of
persons, and can change nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.appeals.duplicates.model import LikeMark
from core.appeals.erasing.columns import MARKS, PERSONS, SEALED, WORKING
from core.attachments.model import Attachment, AttachmentFile
from core.db.bulk import table_of
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.queue import QueuedJob
from core.mailbox.model import Letter, LetterPiece, LetterText
from core.region.erasing.beside import BESIDE
from core.region.erasing.letters import FORGOTTEN
from core.sessions.model import Draft, SavedView

ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
ONLY_ADDED = (
    "journal", "ledger", "decision", "note", "seal_leaf", "seal_node", "seal_head",
    "document_version", "document_receipt", "document_letter", "document_signature",
    "signature_part", "signature_stamp", "rating_version", "rating_case", "rating_figure",
    "rating_series_value", "published_table", "evidence_package",
)  # fmt: skip
NOT_DELETED = ("answer", "erasure", "erasure_hold", "appeal")
REVISIONS = "alembic_version"
CHANGES = "rollup_change, dispute_rollup_change"
"""What triggers write into of a case or a dispute that changes."""

OF_A_FILE = (
    "name", "given_name", "sealed", "sealed_place", "scan_at", "copy_state", "erased_at",
)  # fmt: skip


def grants(runtime: str, eraser: str) -> Iterator[str]:
    """The statements that the owner runs after each migration; a second time they change nothing.

    Refusal(INVALID) for names that are no plain names of roles, or the same twice.
    """
    if runtime == eraser or not all(ROLE.fullmatch(one) for one in (runtime, eraser)):
        text = "Роли — два разных имени из строчных латинских букв, цифр и «_»"
        raise Refusal(RefusalCode.INVALID, text)
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    for role in (runtime, eraser):
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
        yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"
    yield f"GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {runtime}"
    yield f"REVOKE UPDATE, DELETE ON {', '.join(ONLY_ADDED)} FROM {runtime}"
    yield f"REVOKE DELETE ON {', '.join(NOT_DELETED)} FROM {runtime}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON {REVISIONS} FROM {runtime}"
    yield from _of_the_eraser(eraser)


def _of_the_eraser(eraser: str) -> Iterator[str]:
    for model, values in (*SEALED.items(), *WORKING.items(), *BESIDE.items()):
        yield f"GRANT UPDATE ({', '.join(values)}) ON {table_of(model).name} TO {eraser}"
    yield f"GRANT UPDATE (digest) ON appeal TO {eraser}"
    applicant, recipient = (table_of(one).name for one in PERSONS)
    yield f"GRANT UPDATE (sealed, marked_by, {', '.join(MARKS)}) ON {applicant} TO {eraser}"
    yield f"GRANT UPDATE (sealed) ON {recipient} TO {eraser}"
    yield f"GRANT UPDATE (digest, {', '.join(FORGOTTEN)}) ON {table_of(Letter).name} TO {eraser}"
    yield f"GRANT UPDATE ({', '.join(OF_A_FILE)}) ON {table_of(Attachment).name} TO {eraser}"
    for model in (LetterPiece, LetterText, LikeMark, Draft, SavedView, AttachmentFile):
        yield f"GRANT DELETE ON {table_of(model).name} TO {eraser}"
    yield f"GRANT INSERT, UPDATE ON erasure, erasure_hold TO {eraser}"
    later = table_of(QueuedJob).name  # a worker destroys the bytes of files
    yield f"GRANT INSERT ON journal, seal_waiting, {CHANGES}, {later} TO {eraser}"
