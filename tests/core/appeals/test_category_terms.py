"""Terms out of the ledger alone: of the category that was given last, by the earliest receipt."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.appeals.rules.grounds import OutcomeGround
from core.appeals.rules.ledger import Entry
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.occasions import Occasion, StageRule, occasion
from core.appeals.rules.receipts import RECEIVED_AT, by_earliest_receipt
from core.appeals.rules.stage_terms import (
    CATEGORY,
    StageTerm,
    WorkStage,
    category_terms,
    undercut,
)
from core.appeals.rules.terms import stage_term
from core.kernel.codes import Permission
from core.law.fault import LawError
from core.law.rulebook import Rulebook
from core.shapes.deadlines.rules.units import Season, Unit
from tests.core.law.samples import clause
from tests.fixtures.calendars import OFFICIAL

NOW = datetime(2026, 3, 5, 7, tzinfo=UTC)
CITED = clause("a/1")


def given(*stages: list[str | int], seq: int = 2) -> Entry:
    said = {"row": "yards-2026-01-01", "title": "Строка {7}", "name": "Дворы", "stages": [*stages]}
    return Entry(seq, Fact.REGISTERED, NOW, data={CATEGORY: said})


def test_a_category_brings_its_terms_as_rules_on_its_row() -> None:
    terms = category_terms(
        [given(["acceptance", 8, "working_hours"], ["answer", 10, "calendar_days"])]
    )
    first, second = terms
    assert (first.key, first.name, first.length, first.unit) == (
        "category-acceptance", "По классификатору: принятие органом", 8, Unit.WORKING_HOURS,
    )  # fmt: skip
    assert (first.starts, first.stops) == (Occasion(Fact.ROUTED), Fact.ACCEPTED)
    assert (occasion(second.starts).fact, second.stops) == (Fact.REGISTERED, Fact.ANSWERED)
    assert Occasion(Fact.RETURNED) in first.relieved_by
    own = first.clause
    assert (own.ref, own.number, own.quote, own.says, own.document) == (
        "classifier/yards-2026-01-01", "Строка {7}", "Дворы", "Дворы", "Строка (7)",
    )  # fmt: skip


def test_the_last_category_counts_and_one_without_terms_brings_none() -> None:
    ten, none = given(["answer", 10, "calendar_days"]), given(seq=3)
    assert [one.length for one in category_terms([ten])] == [10]
    assert category_terms([ten, none]) == ()
    assert category_terms([none, ten._replace(seq=4)]) == category_terms([ten])
    assert category_terms([Entry(1, Fact.RECEIVED, NOW)]) == ()


def test_terms_go_by_the_earliest_of_several_receipts() -> None:
    def told(days: int, seq: int) -> Entry:
        at = (NOW - timedelta(days=days)).isoformat()
        return Entry(seq, Fact.RECEIPT_TOLD, NOW, data={RECEIVED_AT: at})

    received, registered = Entry(1, Fact.RECEIVED, NOW), Entry(2, Fact.REGISTERED, NOW)
    earliest = by_earliest_receipt([received, registered, told(1, 3), told(4, 4), told(2, 5)])
    assert [entry.at for entry in earliest[:2]] == [NOW - timedelta(days=4), NOW]
    late = [received, told(-1, 2)]
    assert by_earliest_receipt(late) is late
    kept = [received, Entry(2, Fact.RECEIPT_TOLD, NOW, data={"kept": NOW.isoformat()})]
    assert by_earliest_receipt(kept) is kept


def test_a_term_of_a_stage_has_its_key_name_and_ends() -> None:
    stage = StageRule("draft", "Проект ответа", Fact.ACCEPTED, Fact.ANSWERED, clause=CITED)
    summer = Season((6, 1), (8, 31))
    term = stage_term(stage, 8, Unit.WORKING_HOURS, clause=CITED, season=summer)
    assert (term.key, term.name, term.stage) == ("draft", "Проект ответа", "draft")
    assert (occasion(term.starts).fact, term.stops) == (Fact.ACCEPTED, Fact.ANSWERED)
    assert (term.length, term.unit, term.season) == (8, Unit.WORKING_HOURS, summer)


@pytest.mark.clause("fz59/8.2")
@pytest.mark.parametrize(
    ("length", "unit", "from_day"),
    [
        (1, Unit.WORKING_DAYS, date(2026, 3, 6)),  # a Friday before three days off
        (2, Unit.WORKING_DAYS, date(2026, 3, 5)),
        (3, Unit.CALENDAR_DAYS, None),
        (4, Unit.CALENDAR_DAYS, date(2026, 3, 2)),
        (73, Unit.HOURS, date(2026, 3, 2)),
    ],
)
def test_a_term_of_a_category_is_held_against_the_law_through_a_year(
    law: Rulebook, length: int, unit: Unit, from_day: date | None
) -> None:
    """Three days to register; of what gives more on some day the first such day is named."""
    term = StageTerm(WorkStage.REGISTRATION, length, unit)
    found = undercut(term, law, None, date(2026, 3, 2), OFFICIAL, ZoneInfo("Asia/Yekaterinburg"))
    assert (found and (found[0].ref, found[1])) == (from_day and ("fz59/8.2", from_day))


def test_a_ground_that_is_no_outcome_without_an_answer_is_refused_by_its_key() -> None:
    with pytest.raises(LawError, match=r"чужое.*такого итога без ответа нет"):
        OutcomeGround("чужое", "Чужое", Permission.READ_APPEALS, frozenset(), clause=CITED)
