"""Letters to applicants as files: PDF/A to print or send, DOCX to work on."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from core.documents.printing.archive import settled
from core.documents.printing.editable import new_docx
from core.documents.printing.typesetting import HERE, STANDARDS, boxed

LETTER = HERE / "letter.typ"


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """A letter as it is to be seen: from whom, about what, its words.

    `standing` stands above the words of what has not been sent; `moment` is that of these words.
    """

    sender: str
    title: str
    text: str
    standing: str | None
    moment: datetime

    @property
    def paragraphs(self) -> list[list[str]]:
        """The lines of each, as they were written."""
        return [one.split("\n") for one in self.text.split("\n\n")]


def printed(sheet: LetterSheet) -> bytes:
    """PDF/A-2a with PDF/UA-1 where every sign can be shown. Of one sheet the same bytes."""
    said = {
        "sender": sheet.sender,
        "title": sheet.title,
        "standing": sheet.standing,
        "paragraphs": sheet.paragraphs,
    }
    return boxed(LETTER, {"letter": said}, sheet.moment, STANDARDS)


def worded(sheet: LetterSheet) -> bytes:
    """DOCX. The same sheet gives the same bytes."""
    document = new_docx(sheet.title, sheet.sender, sheet.moment)
    if sheet.standing is not None:
        document.add_paragraph(sheet.standing).runs[0].italic = True
    for lines in sheet.paragraphs:
        document.add_paragraph("\n".join(lines))
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())
