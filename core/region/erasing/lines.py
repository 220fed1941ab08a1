"""Lines of the journal with words about a case that are not under its own subject.

Whose they are the journal itself says, in lines that are sealed: nobody hides a destroyed line by
writing another case into a working table.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select

from core.appeals.model import Appeal
from core.kernel.journal import JournalEntry
from core.kernel.work import Work
from core.requests.model import KIND as REQUEST

CASE = Appeal.__tablename__
OPENED = ("attachment.opened", "letter.opened")
SOUGHT = "applicant.sought"


async def lines_beside(work: Work, appeals: Collection[int]) -> dict[int, int]:
    """Numbers of such lines, each with the number of one of these appeals that it is about.

    Why a file or a letter of the case was opened, and why its applicant was looked for.
    """
    if not appeals:
        return {}
    owners = {f"{CASE}:{one}": one for one in appeals}
    owners |= await _said(work, "request.asked", REQUEST, appeals)
    owners |= await _said(work, ("letter.told", "letter.said"), "letter", appeals)
    about = {**owners, **await _files(work, owners)}
    query = select(JournalEntry.id, JournalEntry.subject).where(
        JournalEntry.name.in_(OPENED), JournalEntry.subject.in_(about)
    )
    found = {row.id: about[row.subject] for row in await work.session.execute(query)}
    return found | await _sought(work, appeals)


async def _said(
    work: Work, names: str | Collection[str], kind: str, appeals: Collection[int]
) -> dict[str, int]:
    """Subjects of this kind of which a line says that they are about one of these appeals."""
    named = (names,) if isinstance(names, str) else names
    columns = [JournalEntry.after[key].as_integer() for key in ("appeal", "opened")]
    query = select(JournalEntry.subject, *columns).where(
        JournalEntry.name.in_(named),
        JournalEntry.subject.startswith(f"{kind}:", autoescape=True),
        or_(*(column.in_(appeals) for column in columns)),
    )
    wanted = set(appeals)
    return {
        subject: next(one for one in said if one in wanted)
        for subject, *said in await work.session.execute(query)
    }


async def _files(work: Work, owners: Mapping[str, int]) -> dict[str, int]:
    owner = JournalEntry.after["owner"].as_string()
    query = select(JournalEntry.subject, owner).where(
        JournalEntry.name == "attachment.added", owner.in_(owners)
    )
    return {subject: owners[of] for subject, of in await work.session.execute(query)}


async def _sought(work: Work, appeals: Collection[int]) -> dict[int, int]:
    query = select(JournalEntry.id, JournalEntry.after).where(JournalEntry.name == SOUGHT)
    wanted, found = set(appeals), {}
    for number, after in await work.session.execute(query):
        if about := wanted.intersection(after["appeals"]):
            found[number] = min(about)
    return found
