"""What one author wrote several times before the answer: considered together, answered once.

Every other case of a cluster has an answer of its own; of a repeat the author is told, for each,
with which answer it was given.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from core.appeals.applicants.authors import Author, author_of
from core.appeals.case import Case
from core.appeals.duplicates.model import Cluster
from core.appeals.duplicates.service import join, joinable, note
from core.appeals.impartiality import answered_by, concerned, left_to_himself
from core.appeals.ledger import deadlines_of, pure, read_entries
from core.appeals.model import Answer, Appeal
from core.appeals.notices.letters.answer import answered_with
from core.appeals.notices.letters.head import head_of
from core.appeals.notices.model import NoticeKind
from core.appeals.notices.service import write_notice
from core.appeals.rules.deadlines import governing
from core.appeals.rules.lifecycle import OPEN_STATES, Fact, State, Transition
from core.directory.bodies import load_bodies
from core.directory.model import Body
from core.kernel.acts.federal import FZ59, PRACTICE
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.shapes.deadlines.rules.standing import Standing

SAME_AUTHOR = PRACTICE.cite("duplicates.repeats")
COMPARED = "сличение авторов повторных обращений"


@serves(SAME_AUTHOR)
async def join_repeats(work: Work, main_id: int, repeat_ids: Sequence[int], reason: str) -> Cluster:
    """The repeats are answered with the main appeal, in one cluster. Needs JOIN_DUPLICATES.

    Refuses other authors or unknown ones, what is answered, disputed or disputes, what is a repeat
    already, and a complaint that whoever answers the main appeal is barred from.
    """
    appeals = {one.id: one for one in await joinable(work, [main_id, *repeat_ids])}
    main = appeals.pop(main_id)
    await _check(work, main, list(appeals.values()))
    cluster = await join(work, [main_id, *appeals], reason)
    for repeat in appeals.values():
        repeat.repeats_id = main.id
    await work.session.flush()
    return cluster


async def answer_repeats(work: Work, event: Event) -> None:
    """Listener of an answer: it is the repeats' answer too, and their author is told for each."""
    main, repeats = await _repeats_of(work, event)
    waiting = [one for one in repeats if _is_considered(one)]
    if not waiting:
        return
    bodies = {one.id for one in await _barred(work, main, waiting)}
    people = {one.id for one in await answered_by(work, waiting, await _sent(work, main))}
    for repeat in waiting:
        if repeat.id in bodies:
            await _release(work, main, repeat, "его орган обжалуется")
        elif repeat.id in people:
            await _release(work, main, repeat, "ответило должностное лицо, которое обжалуется")
        else:
            await _answer(work, main, repeat)


async def close_repeats(work: Work, event: Event) -> None:
    """Listener of a closing: what was answered with the case is closed with it."""
    main, repeats = await _repeats_of(work, event)
    rule = work.rules.get(Transition, "close", work.today)
    for repeat in repeats:
        if repeat.answered_at == main.answered_at and State(repeat.state) in rule.sources:
            repeat.closed_at = work.now
            case = Case(work, repeat, await read_entries(work, repeat.id), rule)
            await case.advance(data={"with": main.number})


async def release_repeats(work: Work, event: Event) -> None:
    """Listener of a withdrawal: with no answer to come, each repeat is answered by itself."""
    main, repeats = await _repeats_of(work, event)
    for repeat in repeats:
        if repeat.answered_at is None:
            await _release(work, main, repeat, "оно отозвано")


async def _repeats_of(work: Work, event: Event) -> tuple[Appeal, Sequence[Appeal]]:
    main = await work.session.get_one(Appeal, int(event.subject.partition(":")[2]))
    query = select(Appeal).where(Appeal.repeats_id == main.id).order_by(Appeal.id)
    return main, (await work.session.scalars(query.with_for_update())).all()


async def _release(work: Work, main: Appeal, repeat: Appeal, why: str) -> None:
    reason = f"не рассматривается вместе с обращением № {main.number}: {why}"
    await note(work, repeat, Fact.SPLIT, main.cluster_id, reason, SAME_AUTHOR)
    repeat.repeats_id = repeat.cluster_id = None


async def _barred(work: Work, main: Appeal, repeats: Sequence[Appeal]) -> list[Appeal]:
    """Complaints about whoever holds the main appeal (59-ФЗ, 8 ч. 6)."""
    if not any(one.complained_body_id for one in repeats):
        return []
    bodies = await load_bodies(work.session)
    holder = bodies.by_id.get(main.body_id or 0)
    about = ((one, bodies.by_id.get(one.complained_body_id or 0)) for one in repeats)
    return [one for one, body in about if holder and holder.key in bodies.barred_by(body)]


async def _answer(work: Work, main: Appeal, repeat: Appeal) -> None:
    rows = await read_entries(work, repeat.id)
    due = governing(deadlines_of(work, repeat, pure(rows)))
    late = due is not None and due.standing(work.now) is Standing.BREACHED
    repeat.outcome, repeat.plan_date = main.outcome, main.plan_date
    repeat.answered_at = work.now
    case = Case(work, repeat, rows, work.rules.get(Transition, "answer", work.today))
    write_notice(work, repeat, NoticeKind.ANSWERED_WITH, await _letter(case, main))
    data = {"outcome": main.outcome, "late": late, "with": main.number}
    await case.advance(state=State.ANSWERED, clause=SAME_AUTHOR, data=data)


async def _letter(case: Case, main: Appeal) -> str:
    """The answer on the main appeal, told of this one."""
    work = case.work
    about = Case(work, main, await read_entries(work, main.id), case.step)
    text = (await _sent(work, main)).text
    return answered_with(await head_of(case), await head_of(about), text)


async def _sent(work: Work, main: Appeal) -> Answer:
    """The answer that was sent on the main appeal, the last of several."""
    query = select(Answer).where(Answer.appeal_id == main.id, Answer.sent_at.is_not(None))
    return (await work.session.scalars(query.order_by(Answer.id.desc()).limit(1))).one()


async def _check(work: Work, main: Appeal, repeats: Sequence[Appeal]) -> None:
    considered = [one for one in (main, *repeats) if _is_considered(one)]
    if len(considered) != 1 + len(repeats) or not repeats:
        text = "Вместе рассматриваются обращения без ответа, которые сами ничего не оспаривают"
        raise Refusal(RefusalCode.WRONG_STATE, text, SAME_AUTHOR)
    linked = {one.repeats_id for one in (main, *repeats)} - {None}
    if linked or await _has_repeats(work, repeats):
        text = "Одно из обращений уже рассматривается вместе с другим"
        raise Refusal(RefusalCode.WRONG_STATE, text, SAME_AUTHOR)
    if await _barred(work, main, repeats):
        text = "Ответ на жалобу не может дать орган, действия которого обжалуются"
        raise Refusal(RefusalCode.BODY_COMPLAINED_OF, text, FZ59.cite("8.6"))
    for repeat in repeats:
        await _check_executor(work, main, repeat)
    if len({await _author(work, one) for one in (main, *repeats)}) != 1:
        text = "Авторы обращений различаются: ответ даётся каждому"
        raise Refusal(RefusalCode.NOT_SAME_AUTHOR, text, SAME_AUTHOR)


async def _check_executor(work: Work, main: Appeal, repeat: Appeal) -> None:
    """Refuse a complaint about the executor of the main appeal, or about all whom its body has."""
    holder = await work.session.get(Body, main.body_id or 0)
    alone = holder is not None and await left_to_himself(work, repeat, holder)
    if alone or concerned(repeat, main.executor_id):
        text = "Ответ на жалобу не может дать должностное лицо, которое обжалуется"
        raise Refusal(RefusalCode.OFFICIAL_COMPLAINED_OF, text, FZ59.cite("8.6"))


def _is_considered(appeal: Appeal) -> bool:
    open_still = State(appeal.state) in OPEN_STATES and appeal.answered_at is None
    return open_still and appeal.disputes_id is None


async def _has_repeats(work: Work, appeals: Sequence[Appeal]) -> bool:
    query = select(Appeal.id).where(Appeal.repeats_id.in_([one.id for one in appeals])).limit(1)
    return await work.session.scalar(query) is not None


async def _author(work: Work, appeal: Appeal) -> Author:
    """Who wrote it; Refusal of an author nobody knows."""
    author = await author_of(work, appeal, COMPARED)
    if author.name and author.where:
        return author
    text = "Автор одного из обращений не установлен: повтором оно не считается"
    raise Refusal(RefusalCode.NOT_SAME_AUTHOR, text, SAME_AUTHOR)
