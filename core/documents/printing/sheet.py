"""What is printed of a version, and who prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from core.documents.rules.content import DocumentField, FieldForm


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside the text: its name and the SHA-256 of its bytes, in hexadecimal."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version as it is to be seen: whose, of which kind, its title, fields, attachments.

    `moment` is when it was frozen; the file says it as the time of its making.
    """

    centre: str
    kind: str
    title: str
    fields: tuple[DocumentField, ...]
    values: Mapping[str, Any]
    moment: datetime
    attachments: Sequence[Attachment] = ()

    def sections(self) -> list[dict[str, Any]]:
        """The fields that say something, in their order."""
        return [
            _section(field, self.values[field.key])
            for field in self.fields
            if self.values.get(field.key) not in (None, "", [])
        ]


class Printer(Protocol):
    """Makes the original. The same sheet gives the same bytes, wherever it runs."""

    @property
    def renderer(self) -> str:
        """The programs and their versions."""

    @property
    def parts(self) -> Mapping[str, str]:
        """Template and fonts by name, each with its SHA-256."""

    def print(self, sheet: Sheet) -> bytes:
        """The file."""


def _section(field: DocumentField, value: Any) -> dict[str, Any]:
    if field.form is FieldForm.TABLE:
        return {
            "name": field.name,
            "form": "table",
            "columns": list(field.columns),
            "rows": [list(row) for row in value],
        }
    if field.form is FieldForm.DAY:
        value = ".".join(reversed(value.split("-")))
    return {"name": field.name, "form": "text", "text": value}
