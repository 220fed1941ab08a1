"""Why the law of a region does not compile, said in one Russian line to whoever wrote it."""

from __future__ import annotations

from typing import Self


class LawError(Exception):
    """The start stops here. `where` is the file, with its line where that is known."""

    def __init__(self, text: str, where: str = "") -> None:
        self.text, self.where = text, where
        super().__init__(text)

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text

    def at(self, where: str) -> Self:
        """The same, found in this file; what knew its place better keeps it."""
        self.where = self.where or where
        return self
