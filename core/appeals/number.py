"""A registration number as people write it: with spaces, other dashes, a letter O for a nought."""

from __future__ import annotations

import re
from datetime import date

from core.appeals.rules.intake import Numbering
from core.kernel.rules.passport import Passport
from core.kernel.texts import INVISIBLE
from core.law.rulebook import Rulebook

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−/"), "-")
NOUGHTS = dict.fromkeys(map(ord, "OoОо"), "0")
"""Latin and Cyrillic."""

BLANK = re.compile(rf"[\s{INVISIBLE}№#]+")
LONGEST_YEAR, LONGEST = 4, 12


def spellings(said: str, rules: Rulebook, on: date) -> tuple[str, ...]:
    """The numbers that this may be: as it is said, and as the region writes it on that day.

    Dashes and leading noughts may be left out and capitals made small: «51 2026 7» is
    «51-2026-000007», and of this year so is «7».
    """
    plain = BLANK.sub("", said).translate(DASHES)
    found = [plain, plain.translate(NOUGHTS)]
    rule = rules.get(Numbering, "appeal", on)
    prefix = rules.get(Passport, "region", on).number_prefix
    spaced = BLANK.sub("-", said.strip()).translate(DASHES).translate(NOUGHTS)
    begins = re.escape(prefix.translate(NOUGHTS))
    form = rf"(?:{begins}-*([0-9]{{{LONGEST_YEAR}}})-*)?([0-9]{{1,{LONGEST}}})"
    if parts := re.fullmatch(form, spaced.strip("-"), re.IGNORECASE):
        year, number = int(parts[1] or on.year), int(parts[2])
        found.append(rule.pattern.format(prefix=prefix, year=year, n=number))
    return tuple(dict.fromkeys(found))
