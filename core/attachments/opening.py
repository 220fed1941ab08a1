"""Giving a file to whoever may have it: in which form, and what has to be said for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.attachments.kinds import FileKind, Form, Hold, Origin, ScanState, Unchecked
from core.attachments.model import Attachment
from core.attachments.sealing import unsealed
from core.attachments.store import forms_of
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.files import Files
from core.kernel.texts import reasoned
from core.kernel.work import Work

CLAUSE = PRACTICE.cite("attachments.unchecked")
WORDS = {
    ScanState.WAITING: "антивирус его ещё не проверил",
    ScanState.UNCHECKED: "антивирус его не проверил",
}


@dataclass(frozen=True, slots=True)
class Opened:
    """A form of an attachment and the key to its bytes; `name` is the one to be saved under."""

    file: str
    key: bytes = field(repr=False)
    name: str
    kind: FileKind
    size: int
    form: Form

    def read(self, files: Files) -> Iterator[bytes]:
        """Its plain bytes; blocks. FileNotFoundError or BrokenFile where they are not as kept."""
        return unsealed(files.read(self.file), self.key)


async def open_form(
    work: Work, row: Attachment, form: Form | None, reason: str | None, *, personal: bool
) -> Opened:
    """The form, unless another is asked for: of a picture its copy, of anything else the original.

    `personal` says that the actor may read personal data of the owner: the original of a picture
    tells where and by whom it was taken. Each look is journalled. Refuses FILE_INFECTED,
    FILE_UNCHECKED without a reason, FILE_NOT_READY and FORBIDDEN.
    """
    picture = FileKind(row.kind).is_picture
    wanted = form or (Form.COPY if picture else Form.ORIGINAL)
    if wanted is Form.ORIGINAL and picture and not personal:
        text = "Исходное изображение хранит сведения о съёмке: Вам открыта копия без них"
        raise Refusal(RefusalCode.FORBIDDEN, text, FZ59.cite("6.2"))
    said = _reason(row, reason)
    found = (await forms_of(work, row.id)).get(wanted)
    if found is None:
        text = f"Вида «{wanted.label}» у этого файла нет: он ещё готовится или невозможен"
        raise Refusal(RefusalCode.FILE_NOT_READY, text, PRACTICE.cite("attachments"))
    after = {"form": wanted, "state": row.state, "hold": row.hold}
    await work.record(Event("attachment.opened", f"attachment:{row.id}", said, after=after))
    kind = FileKind(found.kind)
    name = row.name if wanted is Form.ORIGINAL else f"{row.name.rpartition('.')[0]}.{kind.value}"
    key = work.keys.unseal_bytes(found.sealed)
    return Opened(found.file, key, name, kind, found.size, wanted)


def _reason(row: Attachment, reason: str | None) -> str | None:
    """Why it is opened, where that has to be said."""
    state = ScanState(row.state)
    if state is ScanState.INFECTED:
        text = "В файле найдено вредоносное: он не открывается"
        raise Refusal(RefusalCode.FILE_INFECTED, text, CLAUSE)
    own = row.origin == Origin.MADE  # nothing of others is in it but what is written as text
    if own or (state is ScanState.CLEAN and row.hold is None):
        return None
    if not (reason or "").strip():
        why = WORDS.get(state) or Hold(row.hold or "").label
        if row.unchecked is not None:
            why = f"{why} ({Unchecked(row.unchecked).label})"
        text = f"Файл открывают только с указанием причины: {why}"
        raise Refusal(RefusalCode.FILE_UNCHECKED, text, CLAUSE)
    return reasoned(reason or "", CLAUSE)
