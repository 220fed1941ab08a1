"""The regime of what comes in, with its ground: law decides, whoever hands it over seldom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from core.appeals.applicants.contact import Contact
from core.appeals.applicants.model import Applicant
from core.appeals.model import Appeal, LedgerEntry
from core.appeals.rules.intake import Identification, Regime
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from tests.core.appeals.conftest import Desk

BEFORE = datetime(2025, 3, 29, 12, tzinfo=UTC)
SINCE = datetime(2025, 3, 30, 0, 0, tzinfo=UTC)
ESIA, EPGU, REGIONAL = Identification.ESIA, Identification.EPGU, Identification.REGIONAL
NAMED = Contact("Пробная Анна Ивановна", "anna@example.org")
RULES = "ru.1844/2.region-centre.1.channels"


@pytest.mark.clause("fz59/4.1", "fz59/7.3", "fz59/1.2")
@pytest.mark.parametrize(
    ("given", "regime", "clause", "known"),
    [
        ({}, "appeal", "fz59/4.1", "paper"),
        ({"contact": None}, "appeal", "fz59/4.1", "none"),
        ({"channel": "hotline"}, "message", "fz59/4.1", "none"),
        ({"channel": "e-mail", "received_at": BEFORE}, "appeal", "fz59/4.1", "none"),
        ({"channel": "e-mail", "received_at": SINCE}, "message", "fz59/7.3", "none"),
        ({"channel": "portal"}, "message", "fz59/7.3", "none"),
        ({"channel": "portal", "identified_by": EPGU}, "appeal", "fz59/7.3", "epgu"),
        ({"channel": "portal", "identified_by": EPGU, "received_at": BEFORE}, "appeal",
         "fz59/4.1", "epgu"),
        ({"channel": "regional-system", "identified_by": REGIONAL}, "appeal", "fz59/7.3",
         "regional"),
        ({"channel": "social-networks"}, "message", RULES, "none"),
        ({"channel": "public-discussions"}, "message", "ru.1844/2.feedback-platform.discussions",
         "none"),
        ({"channel": "feedback-platform", "identified_by": ESIA}, "appeal", "fz59/7.3", "esia"),
        ({"channel": "feedback-platform", "identified_by": ESIA, "regime": Regime.APPEAL},
         "appeal", "fz59/7.3", "esia"),
        ({"channel": "feedback-platform", "identified_by": ESIA, "regime": Regime.MESSAGE},
         "message", RULES, "esia"),
        ({"order": "services"}, "service_complaint", "fz59/1.2", "paper"),
        ({"order": "information"}, "information_request", "fz59/1.2", "paper"),
        ({"order": "personal-data"}, "data_request", "fz59/1.2", "paper"),
        ({"channel": "hotline", "order": "services"}, "message", "fz59/4.1", "none"),
    ],
)  # fmt: skip
async def test_the_regime_has_its_ground(
    desk: Desk, given: dict[str, Any], regime: str, clause: str, known: str
) -> None:
    appeal = await desk.appeal((await desk.take(**given)).appeal_id)
    assert (appeal.regime, appeal.regime_clause, appeal.identified_by) == (regime, clause, known)
    assert (appeal.identified_at is None) == (known == "none")
    received = (await desk.ledger(appeal.id))[0]
    said = {"said_by": "coordinator"} if given.keys() & {"regime", "order"} else {}
    if given.get("regime") is Regime.APPEAL or given.get("channel") == "hotline":
        said = {}
    facts = {"regime": regime, "regime_clause": clause, "identified_by": known}
    assert received.clause == clause
    assert received.data == {**facts, **said}


@pytest.mark.clause("fz59/4.1", "fz59/7.3")
@pytest.mark.parametrize(
    ("given", "code", "clause"),
    [
        ({"regime": Regime.MESSAGE}, RefusalCode.REGIME_BY_LAW, "fz59/4.1"),
        ({"regime": Regime.APPEAL}, RefusalCode.REGIME_BY_LAW, "fz59/4.1"),
        ({"channel": "reception", "regime": Regime.MESSAGE}, RefusalCode.REGIME_BY_LAW,
         "fz59/4.1"),
        ({"channel": "hotline", "regime": Regime.APPEAL}, RefusalCode.REGIME_BY_LAW, "fz59/4.1"),
        ({"channel": "social-networks", "regime": Regime.APPEAL}, RefusalCode.REGIME_BY_LAW,
         RULES),
        ({"channel": "portal", "identified_by": EPGU, "regime": Regime.MESSAGE},
         RefusalCode.REGIME_BY_LAW, "fz59/7.3"),
        ({"channel": "feedback-platform", "identified_by": ESIA,
          "regime": Regime.SERVICE_COMPLAINT}, RefusalCode.REGIME_BY_LAW, "fz59/7.3"),
        ({"channel": "e-mail", "identified_by": ESIA}, RefusalCode.WRONG_IDENTIFICATION,
         "fz59/4.1"),
        ({"channel": "hotline", "identified_by": ESIA}, RefusalCode.WRONG_IDENTIFICATION,
         "fz59/4.1"),
        ({"identified_by": ESIA}, RefusalCode.WRONG_IDENTIFICATION,
         "ru.1844/2.accelerated-resolution"),
        ({"order": "my-own"}, RefusalCode.UNKNOWN_ORDER, None),
    ],
)  # fmt: skip
async def test_what_the_caller_may_not_say(
    desk: Desk, given: dict[str, Any], code: RefusalCode, clause: str | None
) -> None:
    kinds = (Appeal, LedgerEntry, Applicant, JournalEntry)
    before = await desk.rows(*kinds)
    with pytest.raises(Refusal) as refused:
        await desk.take(**given)
    found = refused.value.clause
    assert (refused.value.code, found.ref if found else None) == (code, clause)
    assert await desk.rows(*kinds) == before


@pytest.mark.clause("fz59/11.1")
@pytest.mark.parametrize(
    ("given", "owed"),
    [
        ({"contact": NAMED}, True),
        ({"contact": Contact("Пробная Анна Ивановна", None, "Полевая, 1")}, True),
        ({"contact": None}, True),
        ({"contact": Contact("Пробная Анна Ивановна")}, False),
        ({"contact": Contact("Пробная Анна Ивановна", "+7 900 000-00-00")}, False),
        ({"contact": Contact(None, "anna@example.org", "Полевая, 1")}, False),
        ({"contact": Contact()}, False),
        ({"contact": None, "anonymous": True}, False),
        ({"channel": "e-mail", "received_at": BEFORE, "contact": Contact(None, "a@example.org")},
         False),
    ],
)  # fmt: skip
async def test_no_answer_is_owed_without_surname_or_address(
    desk: Desk, given: dict[str, Any], owed: bool
) -> None:
    appeal = await desk.appeal((await desk.take(**given)).appeal_id)
    assert (appeal.regime, appeal.number) == ("appeal", appeal.number)
    assert appeal.registered_at == desk.now()
    assert appeal.unanswered_by == (None if owed else "fz59/11.1")
    assert (appeal.due_at is not None, appeal.due_rule is not None) == (owed, owed)


async def test_a_message_without_a_name_keeps_the_term_of_the_mechanism(desk: Desk) -> None:
    """Art. 11 is about appeals: what is published under no name is answered all the same."""
    taken = await desk.take(channel="social-networks", contact=Contact(None, "@nobody"))
    appeal = await desk.appeal(taken.appeal_id)
    assert (appeal.regime, appeal.unanswered_by, appeal.due_rule) == (
        "message", None, "accelerated",
    )  # fmt: skip


async def test_a_promised_moment_binds_whatever_the_regime(desk: Desk) -> None:
    promised = datetime(2026, 3, 20, 9, tzinfo=UTC)
    changes: tuple[dict[str, Any], ...] = (
        {"anonymous": True, "contact": None},
        {"channel": "hotline"},
        {"order": "services"},
    )
    for number, given in enumerate(changes):
        taken = await desk.take(external_id=f"о-{number}", promised_at=promised, **given)
        appeal = await desk.appeal(taken.appeal_id)
        assert (appeal.due_rule, appeal.due_at) == ("promised", promised)


@pytest.mark.clause("fz59/1.2", "fz152/20")
@pytest.mark.parametrize(
    ("order", "due"),
    [
        # received on Monday 2 March; 9 March is a day off, the tenth working day is the 17th
        ("personal-data", ("data-request", datetime(2026, 3, 17, 18, 59, 59, tzinfo=UTC))),
        ("services", (None, None)),
        ("information", (None, None)),
    ],
)
async def test_other_laws_have_terms_of_their_own_or_none(
    desk: Desk, order: str, due: tuple[str | None, datetime | None]
) -> None:
    appeal = await desk.appeal((await desk.take(order=order)).appeal_id)
    assert (appeal.due_rule, appeal.due_at) == due
