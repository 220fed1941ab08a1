"""Files that go out with an answer: clean ones alone, of a picture nothing but its copy."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from core.appeals import answers
from core.appeals.delivery.dispatches import send
from core.appeals.delivery.signatures import sign
from core.appeals.model import Answer
from core.attachments.copies import run_draw
from core.attachments.kinds import Hold, ScanState
from core.attachments.model import Attachment
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from tests.core.appeals.dispatch_steps import DRAFT, ELECTRONIC, QUALIFIED, done
from tests.core.appeals.mail.conftest import BY_MAIL, Post
from tests.core.appeals.test_handover import refused
from tests.core.attachments.conftest import Shelf
from tests.fixtures import files as made
from tests.fixtures import pictures


async def prepared(post: Post, **state: object) -> tuple[int, list[int]]:
    """An accepted case with a document and a photograph, in this state."""
    taken = await post.desk.take(**BY_MAIL)
    await post.desk.accept(taken.appeal_id)
    shelf = Shelf(post.desk, taken.appeal_id)
    ids = [await shelf.put(made.PDF, "план.pdf"), await shelf.put(pictures.photograph(), "яма.jpg")]
    await run_draw(post.desk.region, {})
    await become(post, **({"state": ScanState.CLEAN} | state))
    return taken.appeal_id, ids


async def become(post: Post, **state: object) -> None:
    async with post.desk.region.work(system()) as work:
        await work.session.execute(update(Attachment).values(**state))


async def draft(post: Post, appeal_id: int, ids: list[int]) -> None:
    new = replace(DRAFT, attachments=ids)
    await done(post.desk, post.desk.official, lambda w, i: answers.answer(w, i, new), appeal_id)
    await done(post.desk, post.desk.chief, lambda w, i: sign(w, i, QUALIFIED), appeal_id)


async def sent(post: Post) -> None:
    appeal_id, ids = await prepared(post)
    await draft(post, appeal_id, ids)
    await done(post.desk, post.desk.official, lambda w, i: send(w, i, ELECTRONIC), appeal_id)


async def test_an_answer_takes_its_files_along(post: Post) -> None:
    await sent(post)
    await post.run()
    (taken,), notice = post.relay.taken, await post.notice()
    assert (notice.state, notice.attachments) == ("handed", [1, 2])
    document, photograph = taken.message.iter_attachments()
    assert (document.get_filename(), document.get_content()) == ("план.pdf", made.PDF)
    assert photograph.get_filename() == "яма.jpg"
    assert photograph.get_content_type() == "image/jpeg"
    assert pictures.MAKER.encode() not in photograph.get_content()
    body = taken.message.get_body()
    assert body is not None
    assert "Приложение: план.pdf; яма.jpg." in body.get_content()
    assert taken.content.isascii()


async def test_what_is_no_longer_clean_does_not_leave(post: Post) -> None:
    await sent(post)
    await become(post, state=ScanState.INFECTED)
    await post.run()
    notice = await post.notice()
    assert (post.relay.taken, notice.state, notice.status) == ([], "failed", "5.7.1")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"state": ScanState.INFECTED}, RefusalCode.FILE_INFECTED),
        ({"hold": Hold.MACRO}, RefusalCode.FILE_UNCHECKED),
        ({"size": 8_000_000}, RefusalCode.FILE_TOO_BIG),
    ],
)
async def test_what_no_answer_takes_along(
    post: Post, state: dict[str, object], code: RefusalCode
) -> None:
    appeal_id, ids = await prepared(post, **state)
    new = replace(DRAFT, attachments=ids)
    refusal = await refused(
        post.desk, post.desk.official, lambda w, i: answers.answer(w, i, new), appeal_id
    )
    assert refusal.code is code
    assert await post.desk.rows(Answer) == 0


async def test_what_was_not_checked_is_not_sent(post: Post) -> None:
    appeal_id, ids = await prepared(post, state=ScanState.UNCHECKED)
    await draft(post, appeal_id, ids)
    refusal = await refused(
        post.desk, post.desk.official, lambda w, i: send(w, i, ELECTRONIC), appeal_id
    )
    assert refusal.code is RefusalCode.FILE_UNCHECKED
