"""One person is one voice: in a step, and where the chain asks for another party (R61)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from core.kernel.acts.federal import PRACTICE
from core.kernel.codes import Authority, RefusalCode
from core.kernel.errors import Refusal
from core.shapes.chains.rules.checks import (
    Acting,
    Hands,
    check_authorship,
    check_delegate,
    check_self_approval,
)

CLAUSE = PRACTICE.cite("delegation")


@dataclass
class Yes:
    """What somebody decided before."""

    step: str = "agree"
    party: str = Authority.CURATOR
    body_id: int | None = None
    in_person: bool = True
    actor: str = "first"
    person_id: int | None = 1
    on_behalf_id: int | None = None


NOW = Acting("first", 1, "curator", in_person=True)
DELEGATE = Acting("third", 3, "curator", on_behalf_id=1, in_person=True)
CASES = {
    "the same step of the same party": (NOW, Yes(), Authority.CURATOR, "agree", True),
    "a later step of the same party": (NOW, Yes(), Authority.CURATOR, "approve", False),
    "a later step of another party": (NOW, Yes(), Authority.EXECUTOR, "approve", True),
    "a later step of another body": (
        NOW, Yes(body_id=7), Authority.CURATOR, "approve", True,
    ),
    "another person": (
        replace(NOW, subject="second", person_id=2), Yes(), Authority.EXECUTOR, "agree", False,
    ),
    "whoever acts for who decided": (DELEGATE, Yes(), Authority.EXECUTOR, "approve", True),
    "who decided through whoever acts for him": (
        NOW, Yes(actor="third", person_id=3, on_behalf_id=1), Authority.EXECUTOR, "approve", True,
    ),
    "whoever enters the act of another": (
        replace(NOW, in_person=False), Yes(), Authority.EXECUTOR, "agree", False,
    ),
    "what was entered for another": (
        NOW, Yes(in_person=False), Authority.EXECUTOR, "agree", False,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("acting", "earlier", "by", "step", "refused"), CASES.values(), ids=CASES)
def test_one_person_is_one_voice(
    acting: Acting, earlier: Yes, by: Authority, step: str, refused: bool
) -> None:
    if not refused:
        check_self_approval(by, acting, [earlier], CLAUSE, step)
        return
    with pytest.raises(Refusal, match="Это решает другая сторона, а не тот, кто") as caught:
        check_self_approval(by, acting, [earlier], CLAUSE, step)
    assert (caught.value.code, caught.value.clause) == (RefusalCode.JUDGE_NOT_INDEPENDENT, CLAUSE)


@pytest.mark.parametrize(
    ("acting", "refused"),
    [
        (NOW, True),
        (DELEGATE, True),
        (Acting("fourth", None, None, in_person=True), True),
        (Acting("fourth", 4, "head", in_person=True), True),
        (Acting("second", 2, "head", in_person=True), False),
        (replace(NOW, in_person=False), False),
    ],
    ids=["person", "delegate", "login without a person", "login", "another", "enters an act"],
)
def test_who_wrote_it_does_not_judge_it(acting: Acting, refused: bool) -> None:
    """By the person or by the login alone: a service that wrote is in no directory."""
    wrote = Hands(frozenset({1}), frozenset({"first", "fourth"}))
    if not refused:
        check_authorship(acting, wrote, CLAUSE)
        return
    with pytest.raises(Refusal, match="Кто вносил изменения в версию") as caught:
        check_authorship(acting, wrote, CLAUSE)
    assert (caught.value.code, caught.value.clause) == (RefusalCode.JUDGE_NOT_INDEPENDENT, CLAUSE)


def test_a_delegate_does_not_judge_his_own_candidature() -> None:
    check_delegate(DELEGATE, frozenset({1}))
    check_delegate(replace(DELEGATE, on_behalf_id=None), frozenset({3}))
    with pytest.raises(Refusal, match="Замещающий не решает о самом себе") as caught:
        check_delegate(DELEGATE, frozenset({3}))
    assert (caught.value.code, caught.value.clause) == (RefusalCode.JUDGE_NOT_INDEPENDENT, CLAUSE)
