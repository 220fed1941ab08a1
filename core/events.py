"""Something happened: the record that the journal keeps and listeners hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """`name` is a verb in the past; `subject` what it happened to, as `appeal:12`.

    `before` and `after` are plain JSON and never carry personal data or the text of an appeal.
    """

    name: str
    subject: str
    cause: str | None = None
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
