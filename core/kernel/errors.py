"""The one way to say no: a typed refusal in Russian, with its clause where law speaks."""

from __future__ import annotations

from core.kernel.codes import RefusalCode
from core.law.act import Clause

ENDS = (".", "!", "?")


class Refusal(Exception):
    """An expected refusal: nothing was written. `clause` is None where no law speaks."""

    def __init__(self, code: RefusalCode, text: str, clause: Clause | None = None) -> None:
        self.code, self.text, self.clause = code, text, clause
        super().__init__(f"{code}: {text}")

    @property
    def sentence(self) -> str:
        """The refusal as a paper has it: «Такого органа нет. Основание: п. 3 постановления.»."""
        said = self.text if self.text.endswith(ENDS) else f"{self.text}."
        return f"{said} Основание: {self.clause.title}." if self.clause else said
