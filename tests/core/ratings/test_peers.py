"""With whom a subject is compared: groups by kind, population and volume, and what comes of it."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.directory.seed import load_directory
from core.kernel.access import system
from core.kernel.errors import Refusal
from core.law.fault import LawError
from core.ratings.data import as_data
from core.ratings.differences import differences
from core.ratings.drafts import Draft, peers_of
from core.ratings.laboratory import rehearse
from core.ratings.model import Rating
from core.ratings.named import Named
from core.ratings.rules import EVERYBODY, PeerGroups, PeersBy, Traits
from core.ratings.scoring import Subject
from core.ratings.sight import shown
from core.ratings.standings import Standings, told
from core.ratings.words import standing
from tests.core.ratings.conftest import FIRST, Centre
from tests.core.ratings.rows import rated
from tests.core.ratings.test_differences import HEADER
from tests.core.ratings.test_scoring import BOTH, GOOD, NOTHING
from tests.places import ROOT

pytestmark = pytest.mark.bare_rows
SAME = runpy.run_path(str(ROOT / "docs/recompute_rating.py"))["same"]
BY_KIND = PeerGroups(PeersBy.KIND)
BY_PEOPLE = PeerGroups(PeersBy.POPULATION, (10_000, 50_000))
EXECUTIVE, TOWN = (
    Traits(BodyKind.EXECUTIVE, located=False, population=None),
    Traits(BodyKind.MUNICIPAL, located=True, population=20_000),
)


@pytest.mark.parametrize(
    ("by", "bounds"),
    [
        (PeersBy.ALL, (5,)),
        (PeersBy.KIND, (5,)),
        (PeersBy.VOLUME, ()),
        (PeersBy.VOLUME, (0, 5)),
        (PeersBy.VOLUME, (10, 10)),
        (PeersBy.POPULATION, tuple(range(1, 12))),
    ],
)
def test_what_are_no_groups(by: PeersBy, bounds: tuple[int, ...]) -> None:
    with pytest.raises(LawError, match="Границы групп"):
        PeerGroups(by, bounds)
    with pytest.raises(Refusal, match="Границы групп"):
        peers_of(by.value, bounds)


def test_groups_have_their_words() -> None:
    assert [BY_PEOPLE.name(key) for key in BY_PEOPLE.every()] == [
        "до 10 000 жителей",
        "от 10 000 до 50 000 жителей",
        "от 50 000 жителей",
        "население не указано",
        "вне муниципальных образований",
    ]
    traits = (TOWN, EXECUTIVE, TOWN._replace(population=None), TOWN._replace(population=50_000))
    assert [BY_PEOPLE.group(one, 0) for one in traits] == ["10000", "elsewhere", "unknown", "50000"]
    assert "сравниваются по видам органов" in replace(BOTH, peers=BY_KIND).sentence()
    assert replace(BOTH, peers=EVERYBODY).edition == BOTH.edition != replace(
        BOTH, peers=BY_KIND
    ).edition  # fmt: skip
    apart = "«Проба»: оцениваемых по тематикам сравнивают отдельно, по видам органов"
    towns = BOTH.subjects | {BodyKind.MUNICIPAL}
    for peers, subjects in (
        (PeerGroups(PeersBy.VOLUME, (50,)), BOTH.subjects),
        (EVERYBODY, towns),
        (BY_PEOPLE, towns),
    ):
        with pytest.raises(LawError, match=apart):
            replace(BOTH, subjects=subjects, per_theme=BOTH.subjects, peers=peers)


def grouped(peers: PeerGroups, traits: Mapping[str, Traits], **counts: int) -> Standings:
    """Subjects with so many good ones of forty cases."""
    found = {Subject(key): [GOOD] * good + [NOTHING] * (40 - good) for key, good in counts.items()}
    few = {Subject("few"): [GOOD] * (BOTH.minimum - 1)}
    known = Named({}, {"few": TOWN, **traits})
    return told(replace(BOTH, peers=peers), FIRST, known, {**found, **few})


KINDS = {**dict.fromkeys("ab", EXECUTIVE), **dict.fromkeys("cde", TOWN)}


def test_who_is_compared_has_places_and_a_mean_of_his_own_group() -> None:
    found = grouped(BY_KIND, KINDS, a=40, b=1, c=38, d=20, e=2)
    data = orjson.loads(orjson.dumps(as_data(found)))
    apart = {
        "executive": told(BOTH, FIRST, Named(), _alone(a=40, b=1)),
        "municipal": told(BOTH, FIRST, Named(), _alone(c=38, d=20, e=2)),
    }
    assert [(one["subject"], one["group"], one.get("places")) for one in data["entries"]] == [
        ("a", "executive", [1, 1]),
        ("b", "executive", [2, 2]),
        ("c", "municipal", [1, 1]),
        ("d", "municipal", [2, 2]),
        ("e", "municipal", [3, 3]),
        ("few", "municipal", None),
    ]
    for group in data["groups"]:
        own = orjson.loads(orjson.dumps(as_data(apart[group["key"]])))
        for name in ("between", "peers", "chance"):
            assert group[name] == own[name]
        for one in own["entries"]:
            (same,) = [e for e in data["entries"] if e["subject"] == one["subject"]]
            assert same == {**one, "group": group["key"]}
    assert {"peers", "lead", "between", "chance"}.isdisjoint(data)
    assert [standing(data, one) for one in data["entries"]][2:] == [
        "место 1", "место 2", "место 3", "мало обращений",
    ]  # fmt: skip
    assert [SAME(data, one) for one in data["entries"]] == [True] * 6


def _alone(**counts: int) -> Any:
    return {Subject(key): [GOOD] * good + [NOTHING] * (40 - good) for key, good in counts.items()}


def test_who_is_alone_in_his_group_is_compared_with_nobody() -> None:
    found = grouped(BY_KIND, {**KINDS, "z": EXECUTIVE}, a=40, c=38, d=2)
    data = orjson.loads(orjson.dumps(as_data(found)))
    (alone,) = [one for one in data["entries"] if one["subject"] == "a"]
    assert (alone["mark"], alone["raw"], "score" in alone) == ("not_applicable", "100", False)
    assert standing(data, alone) == "сравнить не с кем"
    assert [(one["key"], "peers" in one) for one in data["groups"]] == [
        ("executive", False),
        ("municipal", True),
    ]
    assert [SAME(data, one) for one in data["entries"]] == [True] * 4
    assert not SAME(data, {**alone, "mark": "too_few"})


def test_a_volume_groups_by_what_everybody_is_told() -> None:
    """Of 38 cases everybody reads 40, so that the group tells no more than they know."""
    found = told(
        replace(BOTH, peers=PeerGroups(PeersBy.VOLUME, (40,))),
        FIRST,
        Named(),
        {Subject(key): [GOOD] * many for key, many in (("a", 37), ("b", 38), ("c", 40), ("d", 12))},
    )
    assert {one.subject.body: one.group for one in found.entries} == {
        "a": "0", "b": "40", "c": "40", "d": "0",
    }  # fmt: skip


async def test_a_draft_compares_with_others(centre: Centre) -> None:
    """The agency becomes a town's body: by kinds each of the two is alone, nobody is compared."""

    async with centre.region.work(centre.curator) as work:
        (run,) = await rehearse(work, "federal", [FIRST], Draft(peers=BY_KIND))
    assert run.draft is not None
    assert [one["group"] for one in run.draft["entries"]] == ["executive", "executive"]
    assert run.movers == []
    async with centre.region.work(system()) as work:
        change = update(Body).where(Body.key == "agency").values(kind="municipal")
        await work.session.execute(change)
    code, text = await centre.refused(
        centre.curator, lambda work: rehearse(work, "federal", [FIRST], Draft(peers=BY_KIND))
    )
    assert (code, text) == ("WRONG_STATE", "Объектов, у которых не меньше 93 обращений: 1")


async def test_a_body_of_another_kind_is_a_change_with_its_cause(
    centre: Centre, tmp_path: Path
) -> None:
    both: dict[str, Any] = {"ministry": 90, "agency": 40, "peers": BY_KIND}
    kinds = {"ministry": EXECUTIVE, "agency": EXECUTIVE}
    table = tmp_path / "bodies.csv"
    table.write_text(f"{HEADER}agency,Агентство,municipal,,,,\n", "utf-8")
    async with centre.region.work(system()) as work:
        before = await rated(work, traits=kinds, **both)
        await load_directory(work, table)
        after = await rated(work, traits={**kinds, "agency": TOWN}, **both)
        rating = await work.session.get_one(Rating, before.rating_id)
        (found,) = await differences(work, rating, before, after)
    assert (found.field, found.body, found.before, found.after) == (
        "group", "agency", "исполнительные органы", "органы местного самоуправления",
    )  # fmt: skip
    assert (found.words, [one.kind.value for one in found.causes]) == ("с кем сравнивают", ["body"])


async def test_others_see_the_mean_of_a_group_to_the_point(centre: Centre) -> None:
    """Nor do they see a group of whose bodies they see none."""
    async with centre.region.work(system()) as work:
        kinds = {"ministry": EXECUTIVE, "agency": EXECUTIVE, "town": TOWN}
        version = await rated(work, peers=BY_KIND, traits=kinds, ministry=90, agency=41, town=4)
        entries = version.told["entries"]
        entries[-1] |= {"mark": "too_few", "cases": 9}
        set_committed_value(version, "told", {**version.told, "entries": entries})
        rating = await work.session.get_one(Rating, version.rating_id)
        seen = replace(work, actor=centre.administrator)
        (found,) = await shown(seen, rating)
    assert [(one["subject"], one["raw"]) for one in found.told["entries"]] == [
        ("ministry", "90"), ("agency", "41"),
    ]  # fmt: skip
    (group,) = found.told["groups"]
    assert (group["key"], group["peers"]["variance"]) == ("executive", None)
    assert group["peers"]["mean"] == round(version.told["groups"][0]["peers"]["mean"])


def test_who_leads_by_the_weights_alone_is_told_of_the_whole_table() -> None:
    """An entry that is shown without the others does not become the first by that."""
    (entry,) = as_data(grouped(EVERYBODY, {}, a=30))["entries"][:1]  # type: ignore[index]
    table = {"entries": [entry], "lead": {"surely": False}}
    places = {"places": [1, 2], "band": None, "mark": "value"}
    assert standing(table, {**entry, **places}) == "среди первых"
    assert standing(table, {**entry, **places, "standing": "места 1–2"}) == "места 1–2"
