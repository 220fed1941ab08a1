"""Article 10, part 4: as an appeal came, so its answer goes."""

from __future__ import annotations

import pytest

from core.appeals.rules.intake import Channel
from core.appeals.rules.signatures import Way
from core.appeals.rules.ways import AnswerWays, Came, came, fault_of_ways, ways_allowed
from core.appeals.ways import check_ways
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.region import Region
from tests.core.appeals.conftest import Desk

ELECTRONIC, POST, IN_PERSON, SITE = Way.ELECTRONIC, Way.POST, Way.IN_PERSON, Way.PUBLISHED
DIGITAL, PAPER = Came.ELECTRONICALLY, Came.ON_PAPER
BY_FILE = "На обращение в форме электронного документа ответ направляется в форме электронного"
ON_SHEET = (
    "На обращение в письменной форме ответ направляется почтовой связью или лично под расписку"
)
FOR_MANY = "На сайте размещают ответ, затрагивающий интересы неопределённого круга лиц"
OF_NOBODY = "Размещаемый ответ не должен раскрывать сведения о заявителе"


def rule(region: Region, kind: Came) -> AnswerWays:
    return region.rules.get(AnswerWays, kind, region.now().date())


@pytest.mark.clause("fz59/10.4")
@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        ("letter", PAPER),
        ("reception", PAPER),
        ("portal", DIGITAL),
        ("feedback-platform", DIGITAL),
    ],
)
def test_how_the_appeals_of_a_channel_come(polygon: Region, channel: str, kind: Came) -> None:
    assert came(polygon.rules.get(Channel, channel, polygon.now().date())) is kind


@pytest.mark.clause("fz59/10.4")
@pytest.mark.parametrize(
    ("kind", "indefinite", "ways"),
    [
        (DIGITAL, False, {ELECTRONIC}),
        (DIGITAL, True, {ELECTRONIC, SITE}),
        (PAPER, False, {POST, IN_PERSON}),
        (PAPER, True, {POST, IN_PERSON, SITE}),
    ],
)
def test_which_ways_there_are(
    polygon: Region, kind: Came, indefinite: bool, ways: set[Way]
) -> None:
    assert ways_allowed(rule(polygon, kind), indefinite=indefinite) == ways


@pytest.mark.clause("fz59/10.4", "fz59/6.2")
@pytest.mark.parametrize(
    ("kind", "chosen", "indefinite", "discloses", "fault"),
    [
        (DIGITAL, {ELECTRONIC}, False, True, None),
        (DIGITAL, {POST}, False, False, BY_FILE),
        (DIGITAL, {ELECTRONIC, POST}, False, False, BY_FILE),
        (DIGITAL, set(), False, False, BY_FILE),
        (PAPER, {POST}, False, True, None),
        (PAPER, {IN_PERSON}, False, False, None),
        (PAPER, {ELECTRONIC}, False, False, ON_SHEET),
        (PAPER, {SITE}, True, False, ON_SHEET),
        (PAPER, {POST, SITE}, False, False, FOR_MANY),
        (PAPER, {POST, SITE}, True, True, OF_NOBODY),
        (PAPER, {POST, SITE}, True, False, None),
        (DIGITAL, {ELECTRONIC, SITE}, True, False, None),
    ],
)
def test_what_is_wrong_with_a_choice(
    polygon: Region,
    kind: Came,
    chosen: set[Way],
    indefinite: bool,
    discloses: bool,
    fault: str | None,
) -> None:
    found = fault_of_ways(rule(polygon, kind), chosen, indefinite=indefinite, discloses=discloses)
    assert found is None if fault is None else (found or "").startswith(fault)


@pytest.mark.clause("fz59/10.4")
def test_no_layer_may_let_more_through(polygon: Region) -> None:
    paper = rule(polygon, PAPER)
    looser = AnswerWays(PAPER, paper.ways | {ELECTRONIC}, paper.besides, clause=paper.clause)
    assert (paper.no_looser_than(looser), looser.no_looser_than(paper)) == (True, False)
    assert paper.floor


@pytest.mark.clause("fz59/10.4")
@pytest.mark.parametrize(
    ("channel", "right", "wrong"), [("letter", POST, ELECTRONIC), ("portal", ELECTRONIC, POST)]
)
async def test_a_choice_is_checked_by_the_channel_of_the_appeal(
    desk: Desk, channel: str, right: Way, wrong: Way
) -> None:
    appeal = await desk.appeal((await desk.take(channel=channel)).appeal_id)
    async with desk.work(desk.chief) as work:
        check_ways(work, appeal, {right})
        check_ways(work, appeal, {right, SITE}, indefinite=True)
        with pytest.raises(Refusal) as caught:
            check_ways(work, appeal, {wrong})
    assert (caught.value.code, caught.value.clause and caught.value.clause.ref) == (
        RefusalCode.WRONG_WAY,
        "fz59/10.4",
    )
