"""Categories of regional problems: from one source alone, enough in each theme, each with a target.

They are loaded as a file of the named system and count once all of them together are adopted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import select

from core.directory.rules.bodies import Theme
from core.indicators.attainment import incomplete
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause
from core.problems.ledger import LIFE, require_keeper
from core.problems.model import ProblemCategory
from core.problems.rules import LeastCategories, ProblemCategories, Source
from core.problems.sheet import sheet_of
from core.structure.blocks import load_blocks
from core.structure.rules.blocks import BlockKind

COLUMNS = ("тематика", "ключ", "название")


@serves()
async def load_categories(work: Work, source: Source, name: str, text: str) -> int:
    """Load categories out of a file of the system: theme, key, name in each line. How many are new.

    Needs MANAGE_INDICATORS everywhere. Refuses NOT_PROVIDED where the act has no categories, and
    for any other source than the act's; a line that is wrong refuses the whole file.
    """
    require_keeper(work)
    rule = _rule(work)
    if source is not rule.source:
        said = f"Состав категорий формируется только по источнику: {rule.name}"
        raise Refusal(RefusalCode.NOT_PROVIDED, said, rule.clause)
    digest = sha256(text.encode()).hexdigest()
    have = {one.key: one for one in await work.session.scalars(select(ProblemCategory))}
    added = 0
    for line, (theme, key, called) in sheet_of(text, COLUMNS, rule.clause):
        if work.rules.find(Theme, theme, work.today) is None:
            said = f"Строка {line}: тематики «{theme[:40]}» в регионе нет"
            raise Refusal(RefusalCode.UNKNOWN_THEME, said, rule.clause)
        if (known := have.get(key)) is not None:
            _check_same(known, theme, called, line, rule.clause)
            continue
        have[key] = ProblemCategory(
            key=key,
            theme=theme,
            name=called,
            label=rule.name,
            file=name,
            digest=digest,
            loaded_at=work.now,
        )
        work.session.add(have[key])
        added += 1
    await work.session.flush()
    after = {"digest": digest, "added": added}
    subject = "problem_category:all"
    await work.record(Event("problem.categories_loaded", subject, rule.clause.ref, after=after))
    return added


@serves()
async def adopt_categories(work: Work, *, confirmed: bool = True) -> int:
    """Put all that was loaded into force together; how many there are then, INVALID unconfirmed.

    Needs MANAGE_INDICATORS everywhere. Refuses WRONG_STATE for a theme with fewer categories than
    the act asks for, and for a category without a target.
    """
    require_keeper(work)
    rule = _rule(work)
    if not confirmed:
        raise Refusal(RefusalCode.INVALID, "Состав категорий утверждают целиком", rule.clause)
    rows = [*await work.session.scalars(select(ProblemCategory).order_by(ProblemCategory.key))]
    await _check_enough(work, rows)
    gaps = await incomplete(work, work.today, [row.key for row in rows])
    if gap := next((one for one in gaps if one.owner in {row.key for row in rows}), None):
        called = next(row.name for row in rows if row.key == gap.owner)
        text = f"У категории «{called}» нет целевого значения"
        raise Refusal(RefusalCode.WRONG_STATE, text, gap.clause)
    for row in rows:
        row.adopted_at = row.adopted_at or work.now
    after = {"categories": len(rows)}
    subject = "problem_category:all"
    await work.record(Event("problem.categories_adopted", subject, rule.clause.ref, after=after))
    return len(rows)


async def categories(work: Work) -> list[ProblemCategory]:
    """All of them, those not in force too, by theme. Needs READ_APPEALS."""
    require(work.actor, Permission.READ_APPEALS)
    query = select(ProblemCategory).order_by(ProblemCategory.theme, ProblemCategory.key)
    return list(await work.session.scalars(query))


async def check_category(work: Work, theme: str, key: str | None) -> None:
    """Refuse UNKNOWN_CATEGORY for what is not in force in the theme."""
    if key is None:
        return
    rule = _rule(work)
    query = select(ProblemCategory).where(ProblemCategory.key == key)
    found = await work.session.scalar(query)
    if found is None or found.adopted_at is None or found.theme != theme:
        text = f"Категории «{key[:40]}» по этой тематике в утверждённом составе нет"
        raise Refusal(RefusalCode.UNKNOWN_CATEGORY, text, rule.clause)


def _rule(work: Work) -> ProblemCategories:
    for rule in work.rules.all(ProblemCategories, work.today):
        return rule
    text = "Акт региона не делит проблемы на категории"
    raise Refusal(RefusalCode.NOT_PROVIDED, text, LIFE)


async def _check_enough(work: Work, rows: Sequence[ProblemCategory]) -> None:
    """By each theme of a sector block, not by each block (R7)."""
    blocks = (await load_blocks(work.session, work.rules)).all(work.today)
    themes = dict.fromkeys(
        theme for block in blocks if block.kind is BlockKind.SECTOR for theme in block.themes
    )
    have = Counter(row.theme for row in rows)
    for rule in work.rules.all(LeastCategories, work.today):
        for key in themes:
            if have[key] < rule.least:
                called = work.rules.get(Theme, key, work.today).name
                text = (
                    f"По тематике «{called}» категорий {have[key]},"
                    f" а должно быть не менее {rule.least}"
                )
                raise Refusal(RefusalCode.WRONG_STATE, text, rule.clause)


def _check_same(known: ProblemCategory, theme: str, called: str, line: int, clause: Clause) -> None:
    if (known.theme, known.name) != (theme, called):
        text = f"Строка {line}: категория «{known.key}» уже есть с другим названием или тематикой"
        raise Refusal(RefusalCode.DUPLICATE_DIFFERS, text, clause)
