"""A registration number as people write it: with spaces, other dashes, a letter O for a nought."""

from __future__ import annotations

import re
from datetime import date

from core.appeals.rules.intake import Numbering
from core.kernel.rules.passport import Passport
from core.kernel.tables.heading import seen
from core.kernel.texts import INVISIBLE
from core.law.rulebook import Rulebook

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃˗﹘﹣－/_"), "-")
NOUGHTS = dict.fromkeys(map(ord, "OoОо"), "0")
"""Latin and Cyrillic."""

BLANK = re.compile(rf"[\s{INVISIBLE}№#]+")
AROUND = re.compile(rf"^[\s{INVISIBLE}№#«»\"'„“”(\[]+|[\s{INVISIBLE}.,;:!?«»\"'“”)\]-]+$")
"""What stands before a number and behind it where it is copied out of a sentence."""

LONGEST_YEAR, LONGEST = 4, 12


def spellings(said: str, rules: Rulebook, on: date) -> tuple[str, ...]:
    """The numbers that this may be: as it is said, and as the region writes it on that day.

    Dashes, the region's own sign and leading noughts may be left out and capitals made small:
    «51 2026 7» and «2026-7» are «51-2026-000007», and of this year so is «7».
    """
    said = AROUND.sub("", said)
    plain = BLANK.sub("", said).translate(DASHES)
    found = [plain, plain.translate(NOUGHTS)]
    rule = rules.get(Numbering, "appeal", on)
    prefix = rules.get(Passport, "region", on).number_prefix
    spaced = BLANK.sub("-", said).translate(DASHES).translate(NOUGHTS)
    begins = re.escape(prefix.translate(NOUGHTS))
    year = rf"[0-9]{{{LONGEST_YEAR}}}"
    form = rf"(?:{begins}-*({year})-*|({year})-+)?([0-9]{{1,{LONGEST}}})"
    if parts := re.fullmatch(form, spaced, re.IGNORECASE):
        meant = int(parts[1] or parts[2] or on.year)
        found.append(rule.pattern.format(prefix=prefix, year=meant, n=int(parts[3])))
    return tuple(dict.fromkeys(found))


def as_kept(external_id: str) -> tuple[str, ...]:
    """An id of another system as an adapter keeps it, and as an import does without unseen signs.

    Whoever copies it out of a letter copies these too.
    """
    return tuple(dict.fromkeys((external_id.strip(), seen(external_id))))
