"""Section 17, row by row: who may ask whom by which clause, and everybody else is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.directory.bodies import Bodies, find_body
from core.directory.model import Body
from core.directory.rules.bodies import BodyKind
from core.kernel.access import Actor, system
from core.kernel.codes import ActKind
from core.kernel.errors import Refusal
from core.kernel.journal import JournalEntry
from core.kernel.region import Region
from core.requests.asking import NewRequest, request_materials
from core.requests.model import MaterialRequest
from core.requests.rules import RequestRight, Side
from core.shapes.chains.rules import Ground
from tests.conftest import OpenRegion
from tests.core.documents.people import open_people
from tests.fixtures.counts import counts

LETTER = Ground(ActKind.LETTER, "П-1", date(2026, 3, 1))
M, C, U, R, Z = "ministry", "competence-centre", "unit", "region", "centre"
S, L, X = "state-bodies", "municipal-bodies", "organisations"
FEDERAL = {
    M: ({C: "ru.1844/7.а", U: "ru.1844/7.а", S: "ru.1844/7.а", L: "ru.1844/7.а"}),
    C: ({S: "ru.1844/9.а", L: "ru.1844/9.а", X: "ru.1844/9.а"}),
    L: ({C: "ru.1844/9(4)", Z: "ru.1844/9(4)"}),
    R: ({M: "ru.1844/11.а", C: "ru.1844/11.а", U: "ru.1844/11.а"}),
}
KURSK, MARI_EL, CHELYABINSK = "kursk.958/pol.", "mari-el.335/", "chelyabinsk.641/pol.8.4"
TABLE: dict[str, dict[str, dict[str, str]]] = {
    "murmansk": {**FEDERAL, R: {M: "murmansk.513/4.4.5", C: "murmansk.513/4.4.5"}},
    "kursk": {
        **FEDERAL,
        M: {**FEDERAL[M], Z: f"{KURSK}4.3.6"},
        C: {**FEDERAL[C], Z: f"{KURSK}4.3.7"},
        Z: {
            M: f"{KURSK}4.8.1", C: f"{KURSK}4.8.1", U: f"{KURSK}4.8.1",
            S: f"{KURSK}4.8.3", L: f"{KURSK}4.8.3", X: f"{KURSK}4.8.3",
        },
    },
    "mari_el": {
        **FEDERAL,
        M: {**FEDERAL[M], Z: f"{MARI_EL}pol.9.10"},
        C: {**FEDERAL[C], Z: f"{MARI_EL}pol.9.11"},
        Z: {S: f"{MARI_EL}post.4", L: f"{MARI_EL}post.5"},
    },
    "chelyabinsk": {**FEDERAL, Z: {S: CHELYABINSK, L: CHELYABINSK, X: CHELYABINSK}},
}  # fmt: skip
WHO = {("murmansk", R): "executor", ("chelyabinsk", Z): "head"}
"""Whose deed it is; elsewhere whoever keeps the centre's documents."""

EXECUTIVE = {("kursk", Z), ("mari_el", Z)}
"""Whose act names executive bodies alone of those of the state."""

ADVISED = {("kursk", Z, L), ("mari_el", Z, L), ("chelyabinsk", Z, L)}
BODIES = {S: BodyKind.EXECUTIVE, L: BodyKind.MUNICIPAL, X: BodyKind.PARTICIPATION}


RIGHTS = [
    pytest.param(
        code,
        marks=pytest.mark.clause(*dict.fromkeys(r for of in asks.values() for r in of.values())),
        id=code,
    )
    for code, asks in TABLE.items()
]


@pytest.mark.parametrize("code", RIGHTS)
async def test_who_may_ask_whom(open_test_region: OpenRegion, code: str) -> None:
    """Every pair of sides: entered by the clause of its row, or refused and nothing written."""
    people = await open_people(await open_test_region(code))
    region = people.region
    async with region.work(system()) as work:
        for side, kind in BODIES.items():
            work.session.add(Body(key=f"a-{side}", name=f"Проверочный {side}", kind=kind))
    for asker in Side:
        by = people.actors[WHO.get((code, asker.value), "executor")]
        for addressee in Side:
            ref = TABLE[code].get(asker, {}).get(addressee)
            new = _new(asker, addressee)
            if ref is None:
                assert (await _refused(region, by, new))[0] == "NOT_PROVIDED"
                continue
            async with region.work(by) as work:
                row = await request_materials(work, new)
                receiver = await work.session.get(Body, row.body_id or 0)
            assert (row.clause, row.advised) == (
                ref, (code, asker, addressee) in ADVISED
            )  # fmt: skip
            assert (row.addressee, receiver and receiver.key) == (addressee, new.body)
    async with region.work(system()) as work:
        work.session.add(Body(key="a-duma", name="Проверочная Дума", kind=BodyKind.STATE))
    asked = replace(_new(Side.CENTRE, Side.STATE_BODIES), body="a-duma")
    right = TABLE[code].get(Z, {}).get(S)
    by = people.actors[WHO.get((code, Z), "executor")]
    if (code, Z) in EXECUTIVE:
        assert await _refused(region, by, asked) == ("KIND_NOT_ALLOWED", right)
    elif right is not None:
        async with region.work(by) as work:
            assert (await request_materials(work, asked)).clause == right
    for (where, own), role in WHO.items():
        if where == code:
            first = next(iter(TABLE[code][own]))
            for other in {"curator", "head", "executor", "block-responsible"} - {role}:
                found = await _refused(region, people.actors[other], _new(Side(own), Side(first)))
                assert found == ("FORBIDDEN", TABLE[code][own][first])


def _new(asker: Side, addressee: Side, **more: Any) -> NewRequest:
    body = f"a-{addressee.value}" if addressee.is_body else None
    letter = None if asker.own else LETTER
    return NewRequest(asker, addressee, "Сведения о работе центра", body, letter=letter, **more)


async def _refused(region: Region, actor: Actor, new: NewRequest) -> tuple[str, str | None]:
    before = await _rows(region)
    with pytest.raises(Refusal) as found:
        async with region.work(actor) as work:
            await request_materials(work, new)
    assert await _rows(region) == before
    clause = found.value.clause
    return found.value.code.value, clause.ref if clause else None


async def _rows(region: Region) -> int:
    return sum(await counts(region, MaterialRequest, JournalEntry))


@pytest.mark.clause("murmansk.513/4.4.5")
async def test_murmansk_asks_through_the_centre(open_test_region: OpenRegion) -> None:
    region = await open_test_region("murmansk")
    rule = region.rules.get(RequestRight, "region", region.now().date())
    assert (rule.role, rule.through, rule.clause.ref) == (
        "executor", Side.CENTRE, "murmansk.513/4.4.5"
    )  # fmt: skip


def test_a_body_that_nobody_named_is_asked_for() -> None:
    with pytest.raises(Refusal, match="Назовите орган: нужен его ключ"):
        find_body(Bodies([], []), "")
    with pytest.raises(Refusal, match="Органа «нет» в справочнике нет"):
        find_body(Bodies([], []), "нет")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewRequest(Side.MINISTRY, Side.CENTRE, "Отчёт"), "GROUND_REQUIRED"),
        (NewRequest(Side.CENTRE, Side.STATE_BODIES, "Отчёт", "нет"), "UNKNOWN_BODY"),
        (NewRequest(Side.CENTRE, Side.STATE_BODIES, "Отчёт", "kursk-city-administration"),
         "KIND_NOT_ALLOWED"),
        (NewRequest(Side.CENTRE, Side.MINISTRY, "Отчёт", "committee-health"), "INVALID"),
        (NewRequest(Side.CENTRE, Side.MINISTRY, "  "), "REASON_REQUIRED"),
        (NewRequest(Side.CENTRE, Side.MINISTRY, "Отчёт", days=0), "INVALID"),
        (NewRequest(Side.CENTRE, Side.MINISTRY, "Отчёт", days=400), "INVALID"),
    ],
)  # fmt: skip
async def test_what_is_not_whole_is_refused(
    open_test_region: OpenRegion, new: NewRequest, code: str
) -> None:
    people = await open_people(await open_test_region("kursk"))
    assert (await _refused(people.region, people.actors["executor"], new))[0] == code
