"""Reading in a process of its own: a letter that breaks its reader breaks nothing else."""

from __future__ import annotations

import pytest

from core.mailbox import process
from core.mailbox.letter.reader import Read, read
from core.mailbox.process import LOST, read_apart
from tests.core.mailbox.letters import HOLE, plain

RAW = plain(HOLE, "koi8-r", "Subject: one")
DIES = "import sys; sys.exit(9)"
SLEEPS = "import time; time.sleep(60)"
DIES_OF_THE_WHOLE = """
import sys
sys.exit(9) if len(sys.argv) < 2 else None
from core.mailbox.letter.__main__ import main
main(sys.argv[1:])
"""


async def test_it_says_the_same_as_here() -> None:
    assert await read_apart(RAW) == read(RAW)


@pytest.mark.parametrize("program", [DIES, SLEEPS])
async def test_of_a_letter_that_cannot_be_read_at_all_it_says_so(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(process, "PROGRAM", ("-c", program))
    assert await read_apart(RAW, seconds=1.0) == Read(unreadable=(LOST,))


async def test_where_the_whole_breaks_the_headers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PROGRAM", ("-c", DIES_OF_THE_WHOLE))
    found = await read_apart(RAW)
    assert (found.subject, found.text, found.address) == ("one", "", "anna@example.org")
    assert [one.why for one in found.unreadable] == ["разбор не удался, показаны только заголовки"]
