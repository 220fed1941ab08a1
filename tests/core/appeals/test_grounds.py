"""Grounds of article 11 as pure rules: what they ask for, and what no layer may ask less of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.appeals.rules.grounds import (
    EarlierAnswer,
    OutcomeGround,
    Proof,
    ProofKind,
    fault,
    gaps,
    strangers,
)
from core.appeals.rules.lifecycle import WITHOUT_ANSWER, Outcome
from core.kernel.codes import Permission
from core.kernel.region import Region
from core.law.fault import LawError

DAY = date(2026, 3, 2)
ENDED = Outcome.CORRESPONDENCE_ENDED


def ground(region: Region, outcome: Outcome) -> OutcomeGround:
    return region.rules.get(OutcomeGround, outcome, region.now().date())


@pytest.mark.clause(
    "fz59/11.1", "fz59/11.3", "fz59/11.4", "fz59/11.4.1", "fz59/11.5", "fz59/11.5.1", "fz59/11.6"
)
def test_the_grounds_are_those_of_the_article(polygon: Region) -> None:
    found = polygon.rules.all(OutcomeGround, DAY)
    assert {(one.key, one.clause.id, one.decides, one.above_executor) for one in found} == {
        ("anonymous", "11.1", Permission.CONCLUDE, False),
        ("abusive", "11.3", Permission.CONCLUDE, False),
        ("unreadable", "11.4", Permission.CONCLUDE, False),
        ("unclear", "11.4.1", Permission.CONCLUDE, False),
        ("correspondence_ended", "11.5", Permission.END_CORRESPONDENCE, True),
        ("published", "11.5.1", Permission.CONCLUDE, False),
        ("secret", "11.6", Permission.CONCLUDE, False),
    }
    assert {one.outcome for one in found} == WITHOUT_ANSWER
    assert all(one.floor for one in found)


@pytest.mark.clause("fz59/11.5")
def test_the_sentence_of_a_ground(polygon: Region) -> None:
    assert ground(polygon, ENDED).sentence() == (
        "вопрос, на который неоднократно отвечали, без новых доводов; доказательства: вопрос, по "
        "которому переписка прекращается, даты и номера прежних ответов, номер решения о "
        "прекращении переписки; прежде дано не менее 2 ответов (практика системы); право: "
        "прекращение переписки; решает стоящий выше исполнителя"
    )


@pytest.mark.clause("fz59/11.5")
@pytest.mark.parametrize(
    ("proof", "missing", "foreign"),
    [
        (Proof(), (ProofKind.QUESTION, ProofKind.EARLIER, ProofKind.DECISION), ()),
        (Proof(question=" ", decision="7"), (ProofKind.QUESTION, ProofKind.EARLIER), ()),
        (
            Proof(question="о дороге", earlier=(EarlierAnswer("1", DAY),), decision="7", norm="x"),
            (),
            (ProofKind.NORM,),
        ),
    ],
)
def test_what_is_missing_and_what_is_of_another_ground(
    polygon: Region,
    proof: Proof,
    missing: tuple[ProofKind, ...],
    foreign: tuple[ProofKind, ...],
) -> None:
    ended = ground(polygon, ENDED)
    assert (gaps(ended, proof), strangers(ended, proof)) == (missing, foreign)


@pytest.mark.clause("fz59/11.5.1")
@pytest.mark.parametrize(
    ("page", "right"),
    [
        ("https://ministry.example.ru/a", True),
        (" http://example.ru ", True),
        ("https://", False),
        ("https://localhost/a", False),
        ("https://[bad", False),
        ("example.ru", False),
        ("javascript:alert(1)", False),
    ],
)
def test_what_is_the_address_of_a_page(polygon: Region, page: str, right: bool) -> None:
    found = fault(ground(polygon, Outcome.PUBLISHED), Proof(page=page), "текст", DAY)
    assert (found is None) is right


@pytest.mark.clause("fz59/11.6")
@pytest.mark.parametrize(
    ("norm", "right"),
    [
        ("статья 5 Закона Российской Федерации № 5485-1", True),
        ("ст. 102 Налогового кодекса Российской Федерации", True),
        ("что-то", False),
        ("Закон о государственной тайне", False),
    ],
)
def test_what_names_the_norm_of_a_secret(polygon: Region, norm: str, right: bool) -> None:
    found = fault(ground(polygon, Outcome.SECRET), Proof(norm=norm), "текст", DAY)
    assert (found is None) is right


@pytest.mark.clause("fz59/11.3", "fz59/11.5")
@pytest.mark.parametrize(
    "looser",
    [
        {"proof": frozenset({ProofKind.QUESTION, ProofKind.EARLIER})},
        {"earlier": 1},
        {"above_executor": False},
        {"decides": Permission.CONCLUDE},
    ],
)
def test_no_layer_may_ask_less(polygon: Region, looser: dict[str, object]) -> None:
    ended = ground(polygon, ENDED)
    changed = replace(ended, **looser)  # type: ignore[arg-type]
    assert (ended.no_looser_than(ended), changed.no_looser_than(ended)) == (True, False)


def test_an_outcome_with_an_answer_is_no_ground(polygon: Region) -> None:
    with pytest.raises(LawError):
        replace(ground(polygon, ENDED), key=Outcome.SOLVED)
