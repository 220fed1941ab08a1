"""What every region's law must be: whole, without loose ends, and as its pages say."""

from __future__ import annotations

import pytest

from core.appeals.rules.intake import Addressees, ApplicantScope
from core.appeals.rules.lifecycle import Transition
from core.kernel.region import Region
from core.kernel.rules.calendar import Calendar
from core.reports.checks import CHECKS, STEPS, Check
from core.reports.pages import PAGES, Page
from tests.contract.conftest import TODAY


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.words)
def test_a_check_finds_nothing(region: Region, check: Check) -> None:
    assert list(check.faults(region, TODAY)) == []


def test_it_has_both_views_every_step_and_the_country_s_calendar(region: Region) -> None:
    for kind in (ApplicantScope, Addressees):
        assert {rule.key for rule in region.rules.all(kind, TODAY)} == {"federal", "region"}
    assert {step.key for step in region.rules.all(Transition, TODAY)} == set(STEPS)
    assert region.rules.get(Calendar, "production", TODAY).country == "RU"


@pytest.mark.snapshot
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_fresh(region: Region, page: Page) -> None:
    """Refresh it with `tsur check <region>`."""
    assert page.kept(region) == page.made(region, None, TODAY)
