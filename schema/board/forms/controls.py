"""Fields of forms: what each is called, what it takes, what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from core.kernel.codes import RefusalCode

ROW, ROWS = "-", 5
"""So many rows of a list have fields; their number stands behind the name of each."""

ACT = "ground"
"""What names of fields of a document begin with, in the form of the step that stands on it."""

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


def wrong(
    controls: Sequence[Control],
    said: Mapping[str, Any],
    typed: Mapping[str, str],
    rows: Sequence[int] = (),
) -> str:
    """The name of the field that a refusal is of, "" where it is of none alone.

    `rows` are the numbers of the rows that were sent. What lacks a text is of the first field that
    must have one and has none.
    """
    if said["code"] == RefusalCode.REASON_REQUIRED.name:
        blank = (
            one.name for one in controls if one.required and not typed.get(one.name, "").strip()
        )
        return next(blank, "")
    place = said.get("at", ())
    names = [one for one in place if isinstance(one, str)]
    indices = [one for one in place if isinstance(one, int)]
    row = rows[indices[0]] if indices and rows else 0
    found = {base(one.name): one.name for one in controls if row_of(one.name) == row}
    last = names[-1] if names else ""
    of_act = f"{ACT}{last.capitalize()}"
    return found.get(of_act, "") if len(names) > 1 and of_act in found else found.get(last, "")


def base(name: str) -> str:
    """What a field is called in its input, whichever row it stands in."""
    own, _, number = name.rpartition(ROW)
    return own if number.isdecimal() else name


def row_of(name: str) -> int:
    """The row in which a field stands; 0 of one that stands in none."""
    _, _, number = name.rpartition(ROW)
    return int(number) if number.isdecimal() else 0
