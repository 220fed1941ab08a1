"""What stops the start, naming both clauses; and a fifth region that needs one folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from pluggy import PluginValidationError

from core.appeals.intake.new import NewAppeal
from core.appeals.intake.service import take_in
from core.appeals.model import Appeal
from core.kernel.access import system
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.settings import Settings
from core.law.merge import RuleConflict
from core.region.opening import open_region
from tests.conftest import OpenRegion
from tests.contract.conftest import FIFTH, BuildRegion

LOOSER = """
    @hookimpl
    def rules():
        return (
            Deadline(
                "answer", "Ответ", starts=Fact.REGISTERED, stops=Fact.ANSWERED, length=45,
                regimes=frozenset({Regime.APPEAL}), prolongable=True, clause=ACT.cite("2"),
            ),
        )
"""
LOOSER_AND_REPLACING = LOOSER.replace("clause=", 'replaces=FZ59.cite("12.1"), clause=')
STRICTER = LOOSER.replace("length=45", "length=20")
REPEATED = """
    @hookimpl
    def rules():
        return (Theme("roads", "Дороги", federal=True, clause=ACT.cite("2")),)
"""
TWICE = """
    @hookimpl
    def rules():
        one = Theme("parks", "Парки", clause=ACT.cite("1"))
        return (one, Theme("parks", "Скверы", clause=ACT.cite("2")))
"""
MISSPELT = """
    @hookimpl
    def rule():
        return ()
"""
OWNING = """
    @hookimpl
    def rules():
        return (
            Body("roads-office", "Дорожная служба", BodyKind.EXECUTIVE, clause=ACT.cite("1")),
            Owner("roads", "roads", "roads-office", clause=ACT.cite("1")),
        )
"""


def start(code: str, folder: Path) -> None:
    open_region(code, Settings(regions=(code,), data_dir=folder))


@pytest.mark.parametrize(
    ("law", "earlier", "later"),
    [
        (LOOSER, "fz59/12.1", "fifth.1/2"),
        (LOOSER_AND_REPLACING, "fz59/12.1", "fifth.1/2"),
        (REPEATED, "ru.1844/10.в.6", "fifth.1/2"),
        (TWICE, "fifth.1/1", "fifth.1/2"),
    ],
    ids=["looser", "looser and replacing a floor", "repeated key", "twice in one layer"],
)
def test_a_conflict_of_law_stops_the_start_and_names_both_clauses(
    build_region: BuildRegion, tmp_path: Path, law: str, earlier: str, later: str
) -> None:
    with pytest.raises(RuleConflict) as caught:
        start(build_region(law), tmp_path)
    assert earlier in str(caught.value)
    assert later in str(caught.value)


def test_a_misspelt_hook_stops_the_start(build_region: BuildRegion, tmp_path: Path) -> None:
    with pytest.raises(PluginValidationError, match="'rule'"):
        start(build_region(MISSPELT), tmp_path)


def test_a_clause_that_the_act_does_not_have_stops_the_start(
    build_region: BuildRegion, tmp_path: Path
) -> None:
    with pytest.raises(LookupError, match=r"fifth\.1 нет нормы '7'"):
        start(build_region('CITED = ACT.cite("7")\n'), tmp_path)


def test_a_broken_import_of_a_plugin_is_not_taken_for_an_unknown_region(
    build_region: BuildRegion, tmp_path: Path
) -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        start(build_region("import no_such_module\n"), tmp_path)


@pytest.mark.parametrize("regions", [("other",), ("nowhere",)])
def test_an_unknown_region_is_refused(tmp_path: Path, regions: tuple[str, ...]) -> None:
    with pytest.raises(Refusal) as caught:
        open_region("nowhere", Settings(regions=regions, data_dir=tmp_path))
    assert caught.value.code is RefusalCode.UNKNOWN_REGION


async def test_a_fifth_region_of_one_folder_takes_an_appeal_in(
    build_region: BuildRegion, open_test_region: OpenRegion
) -> None:
    region = await open_test_region(build_region(STRICTER, OWNING))
    letter = NewAppeal("letter", "1", "У школы яма на дороге.", theme="roads")
    async with region.work(system()) as work:
        taken = await take_in(work, letter)
    async with region.database.reading() as session:
        appeal = await session.get_one(Appeal, taken.appeal_id)
    assert (region.code, taken.number, taken.routed) == (FIFTH, "ПР-2026-000001", True)
    assert appeal.due_rule == "answer"
    assert appeal.due_at is not None
    assert appeal.due_at.astimezone(region.passport.zone).isoformat() == "2026-03-22T23:59:59+06:00"
