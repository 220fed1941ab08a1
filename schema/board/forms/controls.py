"""Fields of forms: what each is called, what it takes, what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

ROW, ROWS = "-", 5
"""So many rows of a list have fields; their number stands behind the name of each."""

Choices: TypeAlias = tuple[tuple[str, str], ...]
NOBODY = ("", "— выберите —")
VERDICTS = (NOBODY, ("1", "да"), ("0", "нет"))


@dataclass(frozen=True, slots=True)
class Control:
    """One field of a form; `options` are values with their Russian words.

    `counted`: it takes a number, however it is chosen; `keyed`: a key that nobody types;
    `decided`: yes or no, and neither by itself. Fields of a `group` may all stay empty; a `note`
    says when one must not.
    """

    name: str
    label: str
    kind: str
    required: bool
    many: bool = False
    options: Choices = ()
    counted: bool = False
    keyed: bool = False
    decided: bool = False
    group: str = ""
    note: str = ""


def base(name: str) -> str:
    """What a field is called in its input, whichever row it stands in."""
    return name.partition(ROW)[0]


def row_of(name: str) -> int:
    """The row in which a field stands; 0 of one that stands in none."""
    return int(name.partition(ROW)[2] or 0)
