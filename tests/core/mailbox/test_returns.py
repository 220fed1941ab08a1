"""What comes back to our own letters: reports reach their notice, replies confirm it."""

from __future__ import annotations

import pytest

from core.appeals.notices.states import NoticeState
from core.kernel.access import system
from core.mailbox.arrival import settle
from core.mailbox.kinds import Kind
from core.mailbox.letter.reader import read
from core.mailbox.model import Letter
from core.mailbox.store import Fetched, keep
from tests.core.appeals.conftest import desk
from tests.core.appeals.mail.conftest import Post, post
from tests.core.appeals.mail.reports import dsn, receipt
from tests.core.mailbox.letters import HOLE, letter

__all__ = ["desk", "post"]


async def come(post: Post, raw: bytes) -> Letter:
    async with post.desk.work(system()) as work:
        row = await keep(work, Fetched("box", 1, len(raw), work.now, raw, len(raw)))
        assert row is not None
        return await settle(work, row.id, read(raw), ())


async def sent(post: Post) -> tuple[int, str, str]:
    """An answer that has left: its case, its return address and its Message-ID."""
    case = await post.answered()
    await post.run()
    notice = await post.notice()
    return case, f"otvet+{notice.token}@region.example", notice.message_id or ""


@pytest.mark.parametrize(
    ("action", "state"), [("failed", NoticeState.RETURNED), ("delivered", NoticeState.CONFIRMED)]
)
async def test_a_report_changes_its_notice_and_makes_no_appeal(
    post: Post, action: str, state: NoticeState
) -> None:
    case, address, _ = await sent(post)
    row = await come(post, dsn((action, "5.1.1" if action == "failed" else "2.0.0"), to=address))
    assert (row.kind, row.appeal_id, row.due_at) == (Kind.BOUNCE, case, None)
    assert (await post.notice()).state == state


async def test_a_receipt_confirms(post: Post) -> None:
    case, address, _ = await sent(post)
    row = await come(post, receipt("manual-action/MDN-sent-manually; displayed", to=address))
    assert (row.kind, row.appeal_id) == (Kind.RECEIPT, case)
    assert (await post.notice()).state == NoticeState.CONFIRMED


async def test_a_reply_by_its_address_finds_the_case_and_confirms(post: Post) -> None:
    case, address, _ = await sent(post)
    row = await come(post, letter(f"To: Centre <{address.upper()}>", body=HOLE))
    assert (row.kind, row.appeal_id, row.found_by) == (Kind.WRITTEN, case, "address")
    assert (await post.notice()).state == NoticeState.CONFIRMED


async def test_a_reply_by_its_thread_finds_the_case_and_confirms(post: Post) -> None:
    case, _, message = await sent(post)
    row = await come(post, letter(f"References: {message} <other@x>", body=HOLE))
    assert (row.appeal_id, row.found_by) == (case, "thread")
    assert (await post.notice()).state == NoticeState.CONFIRMED


async def test_an_absence_confirms_nothing(post: Post) -> None:
    _, address, message = await sent(post)
    before = (await post.notice()).state
    absent = letter(f"To: {address}", f"In-Reply-To: {message}", "Auto-Submitted: auto-replied")
    assert (await come(post, absent)).kind == Kind.AUTOREPLY
    assert (await post.notice()).state == before


async def test_our_own_letter_that_comes_round_is_ours(post: Post) -> None:
    _, _, message = await sent(post)
    row = await come(post, letter(f"Message-ID: {message}", "To: somebody@example.org"))
    assert (row.kind, row.appeal_id) == (Kind.OWN, None)
