"""What is known of an applicant in person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """Who writes and where to answer; sealed at once, never journalled.

    Of a collective appeal it is the first who signed; `addressee` is whom of them they named to be
    answered, if they did.
    """

    name: str | None = None
    contact: str | None = None
    address: str | None = None
    addressee: str | None = None

    @property
    def given(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.name or self.contact or self.address or self.addressee)

    @property
    def answer_to(self) -> str | None:
        """To whom the answer is written: the named addressee, else the first who signed."""
        return self.addressee or self.name
