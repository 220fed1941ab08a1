"""A kind of rule is one class: with one chapter beside it, all that speaks of law knows it."""

from __future__ import annotations

from pathlib import Path

import httpx

from core.kernel.settings import Settings
from core.law.rulebook import Rulebook
from core.region.opening import open_region, rulebook_of
from core.reports.comparison import render_comparison
from core.reports.rules import render
from core.reports.walk import walk
from schema.web.app import create_app
from tests.contract.conftest import TODAY, BuildRegion

SIXTH = "sixth"
KIND = """
    from dataclasses import dataclass
    from typing import ClassVar

    from core.law.rule import Rule


    @dataclass(frozen=True)
    class ReceptionHours(Rule):
        \"\"\"How many hours a week people are received.\"\"\"

        code: ClassVar[str] = "test-reception-hours"
        heading: ClassVar[str] = "Личный приём"

        hours: int

        def sentence(self):
            return f"приём не меньше {self.hours} часов в неделю"

        def no_looser_than(self, other):
            return self.hours >= other.hours
"""
CHAPTER = """
    from plugins.{code}.hours import ReceptionHours

    @hookimpl
    def rules():
        return (ReceptionHours("weekly", {hours}, clause=ACT.cite("2")),)
"""
QUERY = """{ rulebook { rules(kinds: ["ReceptionHours"]) {
  kind key wording floor replaces { ref } clause { ref } } } }"""


def built(build_region: BuildRegion, code: str, hours: int) -> str:
    chapter = CHAPTER.format(code=code, hours=hours)
    return build_region(chapter, code=code, modules={"hours": KIND})


def law_of(code: str) -> Rulebook:
    return rulebook_of(code, Settings(regions=(code,)))


def test_it_is_merged_looked_up_and_in_the_texts(build_region: BuildRegion, tmp_path: Path) -> None:
    code = built(build_region, "fifth", 4)
    opened = open_region(code, Settings(regions=(code,), data_dir=tmp_path))
    (kind,) = [kind for kind in opened.rules.kinds() if kind.__name__ == "ReceptionHours"]
    assert opened.rules.get(kind, "weekly", TODAY).clause.ref == "fifth.1/2"
    text = render(opened.rules, opened.passport)
    section = text[text.index("## Личный приём") :]
    said, ground = "приём не меньше 4 часов в неделю", "Постановление № 1, п. 2† `fifth.1/2`"
    assert f"| `weekly` | {said} | {ground} |" in section
    assert f"**Личный приём**: {said}" in walk(opened.rules, opened.passport)


def test_it_is_in_the_edition(build_region: BuildRegion) -> None:
    four = law_of(built(build_region, "fifth", 4)).edition
    five = law_of(built(build_region, SIXTH, 5)).edition
    without = law_of(build_region(code="seventh")).edition
    assert len({four, five, without}) == 3


def test_two_regions_are_compared_by_it(build_region: BuildRegion) -> None:
    """The same class, so the second region takes it from the first one's package."""
    built(build_region, "fifth", 4)
    chapter = CHAPTER.replace("{code}", "fifth").format(hours=5)
    build_region(chapter, code=SIXTH)
    text = render_comparison(law_of("fifth"), law_of(SIXTH), TODAY)
    section = text[text.index("## Личный приём") :]
    assert section.splitlines()[4] == (
        "| Личный приём | приём не меньше 4 часов в неделю — Постановление № 1, п. 2† `fifth.1/2` "
        "| приём не меньше 5 часов в неделю — Постановление № 1, п. 2† `sixth.1/2` |"
    )


async def test_the_api_shows_it_to_everybody(build_region: BuildRegion, tmp_path: Path) -> None:
    code = built(build_region, "fifth", 4)
    settings = Settings(regions=(code,), data_dir=tmp_path)
    opened = open_region(code, settings)
    app = create_app(settings, [opened], jobs=False)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        answer = (await client.post(f"/{code}/graphql", json={"query": QUERY})).json()
    await opened.database.close()
    del answer["extensions"]
    assert answer == {
        "data": {
            "rulebook": {
                "rules": [
                    {
                        "kind": "ReceptionHours",
                        "key": "weekly",
                        "wording": "приём не меньше 4 часов в неделю",
                        "floor": False,
                        "replaces": None,
                        "clause": {"ref": "fifth.1/2"},
                    }
                ]
            }
        }
    }
