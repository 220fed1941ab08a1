"""How long each text and each list may be that a client sends: the one place that says so.

Every argument and every field of an input has a bound, whatever it is for. A use case may ask for
less: then it refuses with the clause or the reason that asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from core.kernel.codes import RefusalCode
from core.kernel.texts import LONGEST_CONTACT, LONGEST_ID

LINE = 5_000
"""Reasons, names, keys: whatever has no bound of its own here."""

TEXT = 25_000
"""Whole texts; what an appeal or an answer may be is less, and refused with its reason."""

FILE = 200_000
"""Tables sent as the text of a file: thousands of lines, within the body of one request."""

SEARCH = 300
"""Each word that is looked for costs a look into the dictionary of forms."""

CURSOR = 1_000
LIST = 500
"""Items of a list; fields that take fewer say so themselves."""

CHOICE = 200
"""Values any of which will do."""

TEXTS = frozenset(
    {
        "AnswerInput.text",
        "CardInput.oralAnswer",
        "CorrectInput.text",
        "StaffingInput.text",
        "TakeInInput.text",
        "TemplateInput.text",
    }
)
FILES = frozenset({"ImportProblemsInput.text", "LoadProblemCategoriesInput.text"})
LOOKED_FOR = frozenset(
    {
        "AppealFilter.address",
        "AppealFilter.text",
        "Query.bodies.search",
        "Query.officials.search",
    }
)
BY_FORMS = "AppealFilter.text"
"""What is looked for by any form of its words."""

FILTERS = frozenset({"AppealFilter", "IndicatorFilter", "LetterFilter"})
CONTACTS = frozenset({"ContactInput", "CorrectedContact"})
CURSORS = frozenset({"after", "before"})


class Bound(NamedTuple):
    """The longest text, and the most items where the input is a list."""

    characters: int
    items: int = LIST


def bound_of(coordinate: str, kind: str) -> Bound:
    """The bound of `Type.field.argument` or `Input.field` whose values are of the kind named."""
    owner, _, name = coordinate.rpartition(".")
    if kind == "ID":
        return Bound(LONGEST_ID)
    if coordinate in TEXTS:
        return Bound(TEXT)
    if coordinate in FILES:
        return Bound(FILE)
    if coordinate in LOOKED_FOR:
        return Bound(SEARCH)
    if owner in FILTERS:
        return Bound(LONGEST_ID, CHOICE)
    if owner in CONTACTS:
        return Bound(LONGEST_CONTACT)
    return Bound(CURSOR if name in CURSORS else LINE)


def refusal_of(coordinate: str, bound: Bound, *, listed: bool) -> tuple[str, Mapping[str, object]]:
    """What is said of an input beyond its bound: the sentence, and the code with its limit."""
    name = coordinate.partition(".")[2]
    if listed:
        text = f"В списке {name} не больше {bound.items} значений"
        return text, {"code": RefusalCode.TOO_MUCH, "limit": bound.items}
    text = f"Значение {name} длиннее {bound.characters} знаков"
    return text, {"code": RefusalCode.TEXT_TOO_LONG, "limit": bound.characters}
