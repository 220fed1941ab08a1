"""Problems that the named system shows, out of its file: all of it or nothing, each line once."""

from __future__ import annotations

from hashlib import sha256

from core.kernel.acts.federal import RU_1844
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause
from core.problems.joining import join_cell
from core.problems.ledger import require_keeper
from core.problems.listing import (
    Found,
    entered,
    known_place,
    known_theme,
    same_open,
    source_of,
)
from core.problems.period import period_as
from core.problems.rules import Source
from core.problems.sheet import sheet_of

COLUMNS = (
    "проблема", "тематика", "муниципальное образование", "период", "обращений", "(категория)",
)  # fmt: skip


@serves(RU_1844.cite("15"))
async def import_problems(work: Work, name: str, text: str) -> int:
    """Enter what a file of the region's analytical system shows; how many problems are new.

    Needs MANAGE_INDICATORS everywhere. Refuses NOT_PROVIDED where the act knows no such system; a
    line that is wrong refuses the whole file. What stands open already is passed over.
    """
    require_keeper(work)
    source = source_of(work, Source.HEAT_MAP, imported=True)
    digest, added = sha256(text.encode()).hexdigest(), 0
    for line, cells in sheet_of(text, COLUMNS, source.clause):
        title, theme, place, word, cases, category = cells
        try:
            known_theme(work, theme, work.today)
            known_place(work, place, work.today)
            period = period_as(word)
        except Refusal as refusal:
            raise Refusal(refusal.code, f"Строка {line}: {refusal.text}", source.clause) from None
        if await same_open(work, theme, place, title) is not None:
            continue
        evidence = {
            "file": name,
            "digest": digest,
            "line": line,
            "period": word,
            "cases": _number(cases, line, source.clause),
        }
        found = Found(source, title, theme, place, category or None, period, evidence)
        await join_cell(work, await entered(work, found))
        added += 1
    return added


def _number(text: str, line: int, clause: Clause) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        said = f"Строка {line}: число обращений — цифрами, а не «{text[:20]}»"
        raise Refusal(RefusalCode.INVALID, said, clause)
    return int(text)
