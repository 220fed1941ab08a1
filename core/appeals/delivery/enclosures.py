"""What goes out with an answer: attachments of its case, clean ones alone, never their originals.

Of a picture the copy goes, which does not say where and by what it was taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.appeals.attachments import attachments_of
from core.appeals.case import Case
from core.attachments.kinds import FileKind, Form, ScanState
from core.attachments.model import Attachment
from core.attachments.opening import CLAUSE
from core.attachments.sealing import BrokenFile, unsealed
from core.attachments.store import about, forms_of
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.files import Files
from core.kernel.work import Work
from core.law.russian import volume

MOST_BYTES = 15_000_000
"""What all of a letter may have: many mail servers take no more than 20 MB of it encoded."""

MEDIA = {FileKind.PDF: "application/pdf", FileKind.JPEG: "image/jpeg", FileKind.PNG: "image/png"}


class NotToBeSent(Exception):
    """What is enclosed may not leave now."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of a letter: its name, media type and bytes."""

    name: str
    media: str
    content: bytes = field(repr=False)


async def enclose(case: Case, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Attachments of the case as an answer keeps them, each bound by its digest.

    Refuses NOT_FOUND for one that is not of this case, FILE_INFECTED, FILE_UNCHECKED for one that
    is held back, FILE_TOO_BIG for more than a letter takes.
    """
    rows = await attachments_of(case.work, case.appeal, list(dict.fromkeys(ids)))
    for row in rows:
        if row.state == ScanState.INFECTED:
            text = f"В файле «{row.name}» найдено вредоносное: к ответу его не прилагают"
            raise Refusal(RefusalCode.FILE_INFECTED, text, CLAUSE)
        if row.hold is not None:
            text = f"Файл «{row.name}» к ответу не прилагают: он может выполнять команды"
            raise Refusal(RefusalCode.FILE_UNCHECKED, text, CLAUSE)
    if sum(row.size for row in rows) > MOST_BYTES:
        text = f"Приложения к ответу вместе больше {volume(MOST_BYTES)}"
        raise Refusal(RefusalCode.FILE_TOO_BIG, text, PRACTICE.cite("attachments"))
    return [
        {"attachment": row.id, "name": row.name, "digest": about(case.work, row)["digest"]}
        for row in rows
    ]


async def require_ready(work: Work, enclosed: Iterable[Mapping[str, Any]]) -> list[int]:
    """The ids of what goes out with an answer; refuses what was not read to its end as clean."""
    ids = [int(one["attachment"]) for one in enclosed]
    for number in ids:
        row = await work.session.get_one(Attachment, number)
        if not _is_clean(row):
            text = f"Приложение «{row.name}» не проверено антивирусом: отправить его нельзя"
            raise Refusal(RefusalCode.FILE_UNCHECKED, text, CLAUSE)
        if form_of(row) not in await forms_of(work, number):
            text = f"Копия изображения «{row.name}» ещё не готова: исходное не отправляют"
            raise Refusal(RefusalCode.FILE_NOT_READY, text, FZ59.cite("6.2"))
    return ids


def listed(text: str, enclosed: Sequence[Mapping[str, Any]]) -> str:
    """The letter, with what is enclosed named at its end."""
    if not enclosed:
        return text
    names = "; ".join(str(one["name"]) for one in enclosed)
    return f"{text}\n\nПриложение: {names}."


async def enclosures(work: Work, files: Files, ids: Iterable[Any]) -> list[Enclosure]:
    """The files of a letter that leaves; NotToBeSent where one is not clean or not there."""
    found = []
    for number in ids:
        row = await work.session.get(Attachment, int(number))
        if row is None or not _is_clean(row):
            raise NotToBeSent
        form = (await forms_of(work, row.id)).get(form_of(row))
        if form is None:
            raise NotToBeSent
        key, kind = work.keys.unseal_bytes(form.sealed), FileKind(form.kind)
        pieces = unsealed(files.read(form.file), key)
        try:
            content = await asyncio.to_thread(b"".join, pieces)
        except (FileNotFoundError, BrokenFile):
            raise NotToBeSent from None
        stem = row.name.rpartition(".")[0] or row.name
        name = row.name if form.form == Form.ORIGINAL else f"{stem}.{kind.value}"
        found.append(Enclosure(name, MEDIA.get(kind, "application/octet-stream"), content))
    return found


def form_of(row: Attachment) -> Form:
    """As what an attachment leaves."""
    return Form.COPY if FileKind(row.kind).is_picture else Form.ORIGINAL


def _is_clean(row: Attachment) -> bool:
    return row.state == ScanState.CLEAN and row.hold is None and row.erased_at is None
