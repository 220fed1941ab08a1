"""A region of two acts, written by its chapters: both are its own wherever the law is told."""

from __future__ import annotations

from datetime import date

from core.kernel.rules.passport import Passport
from core.kernel.settings import Settings
from core.region.opening import rulebook_of
from core.reports.conformance import Topic, conformance, render_conformance
from core.reports.rules import render
from tests.contract.conftest import FIFTH, BuildRegion

TODAY = date(2026, 3, 2)
SECOND = """
    from dataclasses import replace
    from datetime import date
    from core.law.act import Act, Clause

    TRAINING = Clause(
        "fifth.2", "1", "п. 1", "Учить.", "Training.", "directions", "rule",
        related=("ru.1844/12.б",), short_act="Постановление № 2",
    )
    SECOND = replace(
        ACT, id="fifth.2", title="Об обучении", short="Постановление № 2", adopted="позже",
        number="2", date=date(2025, 1, 1), clauses={"1": TRAINING},
    )


    @hookimpl
    def acts():
        return (SECOND,)


    @hookimpl
    def rules():
        federal = RU_1844.cite("12.б")
        return (
            Direction("training", "Учёба", "training", clause=TRAINING, replaces=federal),
        )
"""


def test_both_acts_of_a_region_are_its_own(build_region: BuildRegion) -> None:
    code = build_region(SECOND)
    law = rulebook_of(code, Settings(regions=(code,)))
    assert [act.id for act in law.own.acts] == [f"{FIFTH}.1", f"{FIFTH}.2"]
    assert law.own.acts[0].id == law.get(Passport, "region", TODAY).clause.act
    assert [act.id for act in law.federal.acts] == ["ru.1844", "fz59", "fz152", "tsur.practice"]
    text = render(law, law.get(Passport, "region", TODAY))
    assert "| **Постановление № 1**† О центре управления пятого региона |" in text
    assert "| **Постановление № 2**† Об обучении |" in text


def test_the_report_names_both_and_looks_into_both(build_region: BuildRegion) -> None:
    """Training is taken up by the second act alone, under a name of its own."""
    code = build_region(SECOND)
    law = rulebook_of(code, Settings(regions=(code,)))
    assert (
        "Акты региона: для проверки «О центре управления пятого региона»; "
        "позже «Об обучении». На 02.03.2026."
    ) in render_conformance(law, TODAY)
    found = conformance(law, TODAY)
    novelties = {one.ref for each in found if each.topic is Topic.NOVELTY for one in each.federal}
    assert "ru.1844/12.б" not in novelties
    assert "ru.1844/12.г" in novelties
    renamed = [one for one in found if one.topic is Topic.SUPERSEDED]
    assert [one.ground[0].ref for one in renamed] == [f"{FIFTH}.2/1"]
    assert {one.text.partition(" (")[0] for one in found if one.topic is Topic.OUTSIDE} == {
        "59-ФЗ", "152-ФЗ", "Порядок работы системы", "Постановление № 1", "Постановление № 2",
    }  # fmt: skip
