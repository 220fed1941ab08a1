"""Whether an antivirus may be believed: what it knows is found, what it cannot read is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator

from core.attachments.clamd import Clamd, Verdict
from core.attachments.kinds import FileKind, ScanState, Unchecked

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless text that every antivirus finds; in two parts, so that none finds it here."""

LEVELS = 40
"""Archives in archives: more than any clamd unpacks."""

LAYERED = frozenset(
    {
        FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.PPTX, FileKind.ODT, FileKind.ODS,
        FileKind.ODP, FileKind.DOC, FileKind.XLS, FileKind.PPT, FileKind.RTF, FileKind.ZIP,
        FileKind.RAR, FileKind.SEVEN_ZIP, FileKind.MESSAGE, FileKind.SIGNATURE, FileKind.OTHER,
    }
)  # fmt: skip
"""Kinds that hold other files, so that a limit may be met inside of them."""


def nested() -> bytes:
    """An archive in an archive, and so on."""
    content = b"tsur"
    for _ in range(LEVELS):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("a.zip"), content)
        content = packed.getvalue()
    return content


async def finds(clamd: Clamd) -> Verdict:
    """Its word on the text that it must find."""
    return await clamd.scan(_once(EICAR))


async def tells_limits(clamd: Clamd) -> bool | None:
    """Whether it says so where it has not read all; None where it did not answer."""
    verdict = await clamd.scan(_once(nested()))
    if verdict.unchecked is Unchecked.TOO_BIG:
        return True
    return False if verdict.state is ScanState.CLEAN else None


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
