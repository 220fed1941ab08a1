"""Reasons that people give: kept without outer spaces, refused where they cannot be kept."""

from __future__ import annotations

import pytest

from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.texts import LONGEST_REASON, reasoned

CLAUSE = FZ59.cite("8.3")


def test_a_reason_loses_its_outer_spaces() -> None:
    assert reasoned("  не наше \n", CLAUSE) == "не наше"
    assert reasoned("я" * LONGEST_REASON, None) == "я" * LONGEST_REASON


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (" \n", RefusalCode.REASON_REQUIRED),
        ("я" * (LONGEST_REASON + 1), RefusalCode.TEXT_TOO_LONG),
        ("не \ud800 наше", RefusalCode.TEXT_UNREADABLE),
        ("не \x00 наше", RefusalCode.TEXT_UNREADABLE),
    ],
)
def test_a_reason_that_cannot_be_kept_is_refused_with_the_clause(
    reason: str, code: RefusalCode
) -> None:
    with pytest.raises(Refusal) as caught:
        reasoned(reason, CLAUSE)
    assert (caught.value.code, caught.value.clause) == (code, CLAUSE)
