"""Something happened: the record that the journal keeps and listeners hear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NOTHING: Mapping[str, object] = {}


class Event(NamedTuple):
    """`name` is a verb in the past; `subject` what it happened to, as `appeal:12`.

    `before` and `after` are plain JSON and never carry personal data or the text of an appeal.
    """

    name: str
    subject: str
    cause: str | None = None
    before: Mapping[str, object] = NOTHING
    after: Mapping[str, object] = NOTHING
