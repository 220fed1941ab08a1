"""What can go wrong between us and the relay: with all letters, with one, or nobody knows."""

from __future__ import annotations


class RelayTrouble(Exception):
    """Nothing can be sent now, whatever the letter; the text is Russian and names no person."""


class Refused(Exception):
    """The relay does not take this letter: now (`temporary`) or at all; by this status code."""

    def __init__(self, status: str, *, temporary: bool) -> None:
        self.status, self.temporary = status, temporary
        super().__init__(status)

    @property
    def by_rules(self) -> bool:
        """Whether it refuses by its own rules (RFC 3463, X.7): that may be about who sends."""
        return self.status.partition(".")[2].startswith("7.")


class Unknown(Exception):
    """The relay fell silent after the letter was on its way: nobody knows whether it has it."""
