"""Codes of attachments as GraphQL enums."""

from __future__ import annotations

from core.attachments.kinds import CopyState, FileKind, Hold, Origin, ScanState, Unchecked
from core.law.russian import Code
from schema.graphql.enums import described

ENUMS: tuple[type[Code], ...] = (
    described(FileKind, "Что за файл по его содержанию"),
    described(Origin, "Откуда файл", "AttachmentOrigin"),
    described(ScanState, "Что сказал антивирус"),
    described(Unchecked, "Почему файл не проверен", "UncheckedReason"),
    described(Hold, "Почему файл открывают только с причиной", "AttachmentHold"),
    described(CopyState, "Готова ли копия изображения без сведений о съёмке"),
)
