"""What a package says of its subject: parts, rows of the journal that prove them, and facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.region.sealing.kinds import Kind


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in Russian, its clause, when the region's clock says it was, and its row."""

    said: str
    clause: str | None
    at: datetime
    row: str | None = None


@dataclass(slots=True)
class Case:
    """A subject (`document:12`) as it stands at one moment.

    `told` becomes `case.json`; `parts` are further files by their names; `rows` prove the facts.
    """

    subject: str
    told: dict[str, Any]
    facts: list[Fact] = field(default_factory=list)
    rows: Sequence[tuple[Kind, Any]] = ()
    parts: dict[str, bytes] = field(default_factory=dict)


def columns(row: Any, *names: str) -> Mapping[str, Any]:
    """Columns of a row as JSON has them: moments and days in ISO 8601."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
