"""What is known of an applicant in person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """Who writes and where to answer; sealed at once, never journalled."""

    name: str | None = None
    contact: str | None = None
    address: str | None = None

    @property
    def given(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.name or self.contact or self.address)
