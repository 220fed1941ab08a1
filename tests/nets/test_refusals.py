"""The page of refusals says what the code says; the shape of a refusal is one."""

from __future__ import annotations

import pytest

from core.kernel.codes import RefusalCode
from tests.nets.refusals import PAGE, source, written


def test_the_page_is_what_the_code_says() -> None:
    """`python -m tests.nets.refusals` writes it anew."""
    assert PAGE.read_text("utf-8") == written()


def test_every_code_says_what_it_means() -> None:
    assert [code for code in RefusalCode if not code.label] == []


@pytest.mark.parametrize(
    ("module", "name", "codes"),
    [
        ("core.kernel.texts", "reasoned", "TEXT_TOO_LONG TEXT_UNREADABLE REASON_REQUIRED"),
        ("core.kernel.access", "require", "UNAUTHENTICATED FORBIDDEN"),
        ("core.appeals.registration", "REGISTER", "WRONG_STATE"),
        ("core.appeals.registration", "register_forwarded", "UNAUTHENTICATED FORBIDDEN NOT_FOUND"
         " INVALID BODY_COMPLAINED_OF OFFICIAL_COMPLAINED_OF DATE_OUT_OF_RANGE WRONG_STATE STALE"),
    ],
)  # fmt: skip
def test_codes_are_found_where_they_are_said(module: str, name: str, codes: str) -> None:
    assert " ".join(source().codes([(module, name)])) == codes
