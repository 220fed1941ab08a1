"""The Situation Centre of Kursk: exchange both ways, meetings, joint documents, groups; no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.documents.rules import DocumentKind
from core.kernel.codes import Authority
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.partners.model import Dealing, Direction
from core.partners.rules import DealingForm
from core.partners.service import NewDealing, dissolve_group, record_dealing
from tests.conftest import OpenRegion
from tests.core.documents.people import LETTER, People, open_people, refused
from tests.fixtures.counts import counts

PARTNER, TODAY = "situation-centre", date(2026, 3, 2)
MEETING = NewDealing(
    PARTNER, DealingForm.MEETING, "О паводке", "Предложения для Губернатора", TODAY,
    participants=("И. И. Проверочный, руководитель центра", "П. П. Пробный, эксперт"),
)  # fmt: skip
EXCHANGE = NewDealing(
    PARTNER, DealingForm.EXCHANGE, "Сводка", "За февраль", TODAY, direction=Direction.GIVEN
)


async def entered(people: People, new: NewDealing, by: str = "head") -> Dealing:
    async with people.region.work(people.actors[by]) as work:
        return await record_dealing(work, new)


async def not_entered(people: People, new: NewDealing, by: str = "head") -> tuple[str, str | None]:
    """The refusal of a dealing, of which nothing was written."""
    before = await rows(people)
    with pytest.raises(Refusal) as found:
        await entered(people, new, by)
    assert await rows(people) == before
    return found.value.code.value, found.value.clause.ref if found.value.clause else None


async def rows(people: People) -> int:
    return sum(await counts(people.region, Dealing, JournalEntry))


@pytest.mark.clause(
    "kursk.958/pol.4.9", "kursk.958/pol.4.9.1", "kursk.958/pol.4.9.2", "kursk.958/pol.4.9.4"
)
async def test_each_way_of_dealing_has_its_clause(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("kursk"))
    given = await entered(people, EXCHANGE)
    back = await entered(people, replace(EXCHANGE, direction=Direction.RECEIVED))
    assert {(one.direction, one.clause) for one in (given, back)} == {
        ("given", "kursk.958/pol.4.9.1"), ("received", "kursk.958/pol.4.9.1"),
    }  # fmt: skip
    minutes = await people.draft("joint-document", "head")
    met = await entered(people, replace(MEETING, document=minutes))
    assert (met.clause, met.document_id, len(met.participants)) == (
        "kursk.958/pol.4.9.2", minutes, 2,
    )  # fmt: skip
    group = await entered(people, replace(MEETING, form=DealingForm.GROUP, title="Штаб"))
    assert (group.clause, group.until) == ("kursk.958/pol.4.9.4", None)
    async with people.region.work(people.actors["head"]) as work:
        ended = await dissolve_group(work, group.id, date(2026, 6, 1))
    assert (ended.holds(date(2026, 5, 31)), ended.holds(date(2026, 6, 1))) == (True, False)
    for until, code in ((date(2026, 7, 1), "WRONG_STATE"), (date(2026, 7, 1), "NOT_FOUND")):
        with pytest.raises(Refusal) as found:
            async with people.region.work(people.actors["head"]) as work:
                await dissolve_group(work, group.id if code == "WRONG_STATE" else met.id, until)
        assert found.value.code == code


@pytest.mark.clause("kursk.958/pol.4.9.3")
async def test_a_joint_document_is_adopted_by_both(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("kursk"))
    number = await people.draft("joint-document", "executor")
    await people.submit(number, "executor")
    assert await people.decide(number, "head") == "approval"
    joint = NewDealing(PARTNER, DealingForm.DOCUMENT, "План", "Принят", TODAY, document=number)
    assert await not_entered(people, joint) == ("WRONG_STATE", "kursk.958/pol.4.9.3")
    more: dict[str, Any] = {"party": Authority.BODY, "ground": LETTER, "body": PARTNER}
    assert await people.decide(number, "executor", **more) == "approved"
    row = await entered(people, joint)
    assert (row.clause, row.document_id) == ("kursk.958/pol.4.9.3", number)


@pytest.mark.clause("kursk.958/pol.4.9")
async def test_it_approves_nothing_of_the_centre(open_test_region: OpenRegion) -> None:
    """A counterpart, not a superior: no step of another kind is its own, and none takes it."""
    people = await open_people(await open_test_region("kursk"))
    rules = people.region.rules.all(DocumentKind, TODAY)
    own = {kind.key for kind in rules if any(PARTNER in step.bodies for step in kind.steps)}
    assert own == {"joint-document"}
    number = await people.draft("plan", "head")
    await people.submit(number, "head")
    more: dict[str, Any] = {"party": Authority.BODY, "ground": LETTER, "body": PARTNER}
    assert (await refused(people, number, "executor", **more))[0] == "WRONG_AUTHORITY"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (replace(EXCHANGE, direction=None), "INVALID"),
        (replace(MEETING, direction=Direction.GIVEN), "INVALID"),
        (replace(MEETING, participants=()), "INVALID"),
        (replace(MEETING, participants=(" ",)), "INVALID"),
        (replace(MEETING, title=""), "INVALID"),
        (replace(MEETING, text=" "), "REASON_REQUIRED"),
        (replace(MEETING, on=date(2026, 3, 3)), "DATE_OUT_OF_RANGE"),
        (replace(MEETING, document=999), "NOT_FOUND"),
        (replace(MEETING, form=DealingForm.DOCUMENT), "INVALID"),
        (replace(MEETING, partner="committee-health"), "NOT_PROVIDED"),
    ],
)
async def test_what_is_not_whole_is_refused(
    open_test_region: OpenRegion, new: NewDealing, code: str
) -> None:
    people = await open_people(await open_test_region("kursk"))
    assert (await not_entered(people, new))[0] == code
    assert await not_entered(people, MEETING, "curator") == ("FORBIDDEN", "kursk.958/pol.4.9.2")


async def test_elsewhere_there_is_no_such_partner(open_test_region: OpenRegion) -> None:
    people = await open_people(await open_test_region("murmansk"))
    assert await not_entered(people, MEETING) == ("NOT_PROVIDED", None)
