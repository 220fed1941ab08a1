"""Section 9, row by row: each kind's chain in each region, and what its norm refuses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pytest

from core.indicators.chain import propose, sign
from core.indicators.rules.kinds import Deed, IndicatorKind, IndicatorState, OwnerKind, in_doubt
from core.indicators.turns import proposable
from core.kernel.codes import Authority, RefusalCode
from core.kernel.work import Work
from tests.conftest import OpenRegion
from tests.core.indicators.centre import DOCUMENT, Centre

CC, MINISTRY, REGION = Authority.COMPETENCE_CENTRE, Authority.MINISTRY, Authority.REGION
CURATOR, EXECUTOR, CENTRE = Authority.CURATOR, Authority.EXECUTOR, Authority.CENTRE
PROPOSE, AGREE, APPROVE = Deed.PROPOSE, Deed.AGREE, Deed.APPROVE
FIXED, ASKED = "ru.1844/9.в", "ru.1844/11.б"
Signed = list[tuple[str, str, str]]


def chain(ref: str, *parties: Authority, agreed: str | None = None) -> Signed:
    """Proposed by the first, approved by the last, agreed by those between."""
    first, *between, last = parties
    agreements = [(AGREE, by, agreed or ref) for by in between]
    return [(PROPOSE, first, ref), *agreements, (APPROVE, last, ref)]


def row(region: str, kind: str, signed: Signed) -> object:
    refs = {ref for _, _, ref in signed}
    mark = pytest.mark.clause(*sorted(refs))
    return pytest.param(region, kind, signed, id=f"{region}-{kind}", marks=mark)


SET_BY_CENTRE = chain(FIXED, CC, MINISTRY, CC)
SET_BY_REGION = chain(ASKED, REGION, CC, REGION)
OWN = "kursk.958/pol.3.2.8"
ALLOWED = (
    row("murmansk", "main", SET_BY_CENTRE),
    row("kursk", "main", SET_BY_CENTRE),
    row("kursk", "target", chain(OWN, CURATOR, CURATOR)),
    row("mari_el", "main", SET_BY_CENTRE),
    row("chelyabinsk", "main", SET_BY_CENTRE),
    row("murmansk", "additional-centre", SET_BY_CENTRE),
    row("kursk", "additional-centre", SET_BY_CENTRE),
    row("mari_el", "additional-centre", SET_BY_CENTRE),
    row("chelyabinsk", "additional-centre", SET_BY_CENTRE),
    row(
        "murmansk",
        "additional-effectiveness",
        chain("murmansk.513/4.4.6", EXECUTOR, CC, CURATOR, Authority.GOVERNOR),
    ),
    row("kursk", "additional-effectiveness", chain(OWN, CURATOR, CC, CURATOR, agreed=ASKED)),
    row("mari_el", "additional-effectiveness", SET_BY_REGION),
    row(
        "chelyabinsk",
        "additional-effectiveness",
        chain("chelyabinsk.641/pol.6.3", CURATOR, CC, CURATOR),
    ),
    row("murmansk", "additional-target", chain("murmansk.513/4.3.3", CENTRE, CURATOR)),
    row("kursk", "category-target", chain(OWN, CURATOR, CURATOR)),
    row("mari_el", "block-responsible", chain("mari-el.335/pol.9.8", CENTRE, CENTRE)),
    row("murmansk", "municipal-additional", SET_BY_REGION),
    row("kursk", "municipal-additional", SET_BY_REGION),
    row("mari_el", "municipal-additional", SET_BY_REGION),
    row("chelyabinsk", "municipal-additional", SET_BY_REGION),
)


@pytest.mark.parametrize(("region", "kind", "signed"), ALLOWED)
async def test_the_chain_puts_it_in_force(
    open_test_region: OpenRegion, region: str, kind: str, signed: Signed
) -> None:
    centre = Centre(await open_test_region(region))
    indicator_id = await centre.signed(centre.new(kind), len(signed) - 1)
    assert (await centre.indicator(indicator_id)).state == IndicatorState.PROPOSED
    indicator_id = await centre.approved(kind, key="another")
    assert (await centre.indicator(indicator_id)).state == IndicatorState.APPROVED
    assert await centre.chain(indicator_id) == signed


@dataclass(frozen=True)
class Attempt:
    """After so many signatures `role` acts for `by`; without `written` there is no document."""

    signed: int
    role: str
    deed: Deed
    by: Authority
    written: bool = True


def no(region: str, kind: str, attempt: Attempt, code: RefusalCode, ref: str) -> object:
    mark = pytest.mark.clause(ref)
    return pytest.param(region, kind, attempt, code, ref, id=f"{region}-{kind}", marks=mark)


FORBIDDEN, WRONG_STATE = RefusalCode.FORBIDDEN, RefusalCode.WRONG_STATE
NO_DOCUMENT = RefusalCode.REASON_REQUIRED
UNASKED = Attempt(1, "curator", APPROVE, CC)
REFUSED = (
    no("murmansk", "main", UNASKED, WRONG_STATE, FIXED),
    no("kursk", "main", UNASKED, WRONG_STATE, FIXED),
    no("kursk", "target", Attempt(0, "executor", PROPOSE, CURATOR), FORBIDDEN, OWN),
    no("mari_el", "main", Attempt(0, "head", PROPOSE, CC, written=False), NO_DOCUMENT, FIXED),
    no("chelyabinsk", "main", Attempt(0, "block-responsible", PROPOSE, CC), FORBIDDEN, FIXED),
    no("murmansk", "additional-centre", UNASKED, WRONG_STATE, FIXED),
    no("kursk", "additional-centre", UNASKED, WRONG_STATE, FIXED),
    no("mari_el", "additional-centre", Attempt(1, "operator", AGREE, MINISTRY), FORBIDDEN, FIXED),
    no(
        "chelyabinsk",
        "additional-centre",
        Attempt(1, "head", AGREE, MINISTRY, written=False),
        NO_DOCUMENT,
        FIXED,
    ),
    no(
        "murmansk",
        "additional-effectiveness",
        Attempt(2, "executor", APPROVE, Authority.GOVERNOR),
        WRONG_STATE,
        "murmansk.513/4.4.6",
    ),
    no(
        "kursk",
        "additional-effectiveness",
        Attempt(1, "curator", APPROVE, CURATOR),
        WRONG_STATE,
        ASKED,
    ),
    no("mari_el", "additional-effectiveness", Attempt(1, "head", AGREE, REGION), FORBIDDEN, ASKED),
    no(
        "chelyabinsk",
        "additional-effectiveness",
        Attempt(0, "executor", PROPOSE, CURATOR),
        FORBIDDEN,
        "chelyabinsk.641/pol.6.3",
    ),
    no(
        "murmansk",
        "additional-target",
        Attempt(1, "head", APPROVE, CURATOR),
        FORBIDDEN,
        "murmansk.513/4.3.3",
    ),
    no("kursk", "category-target", Attempt(1, "head", APPROVE, CURATOR), FORBIDDEN, OWN),
    no(
        "mari_el",
        "block-responsible",
        Attempt(1, "block-responsible", APPROVE, CENTRE),
        FORBIDDEN,
        "mari-el.335/pol.9.8",
    ),
    no(
        "murmansk",
        "municipal-additional",
        Attempt(1, "head", APPROVE, REGION),
        WRONG_STATE,
        ASKED,
    ),
    no("kursk", "municipal-additional", Attempt(1, "head", APPROVE, CC), FORBIDDEN, ASKED),
    no("mari_el", "municipal-additional", Attempt(1, "operator", AGREE, CC), FORBIDDEN, ASKED),
    no(
        "chelyabinsk",
        "municipal-additional",
        Attempt(1, "head", AGREE, CC, written=False),
        NO_DOCUMENT,
        ASKED,
    ),
)


@pytest.mark.parametrize(("region", "kind", "attempt", "code", "ref"), REFUSED)
async def test_another_person_or_order_is_refused(
    open_test_region: OpenRegion,
    region: str,
    kind: str,
    attempt: Attempt,
    code: RefusalCode,
    ref: str,
) -> None:
    centre = Centre(await open_test_region(region))
    new = centre.new(kind)
    indicator_id = await centre.signed(new, attempt.signed) if attempt.signed else 0
    document = DOCUMENT if attempt.written else None

    async def act(work: Work) -> None:
        if attempt.deed is PROPOSE:
            await propose(work, new, document)
        else:
            await sign(work, indicator_id, attempt.deed, attempt.by, document)

    refusal = await centre.refused(centre.actor(attempt.role), act)
    assert (refusal.code, refusal.clause and refusal.clause.ref) == (code, ref)


@pytest.mark.parametrize(
    ("region", "kind"),
    [
        *((region, "additional-target") for region in ("kursk", "mari_el", "chelyabinsk")),
        *((region, "category-target") for region in ("murmansk", "mari_el", "chelyabinsk")),
        *((region, "block-responsible") for region in ("murmansk", "kursk", "chelyabinsk")),
    ],
)
async def test_a_kind_of_one_region_is_unknown_elsewhere(
    open_test_region: OpenRegion, region: str, kind: str
) -> None:
    centre = Centre(await open_test_region(region))
    new = centre.new(kind)
    refusal = await centre.refused(centre.actor("curator"), lambda w: propose(w, new, DOCUMENT))
    assert (refusal.code, refusal.clause) == (RefusalCode.INVALID, None)


async def test_only_kinds_that_he_may_propose_are_offered(open_test_region: OpenRegion) -> None:
    centre = Centre(await open_test_region("kursk"))
    today = centre.region.now().date()
    for role in ("curator", "executor", "coordinator"):
        actor = centre.actor(role)
        async with centre.region.reading(actor) as work:
            offered = {one.key for one in await proposable(work)}
        for rule in centre.region.rules.all(IndicatorKind, today):
            new, document = centre.new(rule.key), centre.party(rule.chain[0].by)[1]
            if rule.key not in offered:
                refusal = await centre.refused(actor, partial(propose, new=new, document=document))
                assert refusal.code is RefusalCode.FORBIDDEN, (role, rule.key)
                continue
            async with centre.region.work(actor) as work:
                assert (await propose(work, replace(new, key=f"{role}-{rule.key}"), document)).id


OWNERS = (
    ("kursk", "category-target", {"owner_kind": OwnerKind.BLOCK, "owner": "roads"}),
    ("mari_el", "block-responsible", {"owner_kind": OwnerKind.CENTRE, "owner": None}),
    ("murmansk", "municipal-additional", {"owner_kind": OwnerKind.CENTRE, "owner": None}),
    ("mari_el", "block-responsible", {"owner": "no-such-block"}),
    ("kursk", "category-target", {"owner": None}),
    ("kursk", "category-target", {"formula": "messages"}),
    ("kursk", "main", {"formula": "no-such-formula"}),
    ("kursk", "main", {"since": date(2026, 1, 2)}),
    ("kursk", "main", {"name": " "}),
)


@pytest.mark.clause("kursk.958/pol.4.7", "mari-el.335/pol.9.8", "ru.1844/11.б")
@pytest.mark.parametrize(("region", "kind", "changes"), OWNERS)
async def test_a_wording_that_its_kind_does_not_allow(
    open_test_region: OpenRegion, region: str, kind: str, changes: dict[str, object]
) -> None:
    centre = Centre(await open_test_region(region))
    rule = centre.region.rules.get(IndicatorKind, kind, centre.region.now().date())
    actor, document = centre.party(rule.chain[0].by)
    new = centre.new(kind, **changes)
    refusal = await centre.refused(actor, lambda work: propose(work, new, document))
    assert (refusal.code, refusal.clause) == (RefusalCode.INVALID, rule.clause)


@pytest.mark.clause("murmansk.513/4.4.6", "murmansk.513/4.3.3")
async def test_in_doubt_the_longer_chain(open_test_region: OpenRegion) -> None:
    region = await open_test_region("murmansk")
    kinds = region.rules.all(IndicatorKind, region.now().date())
    assert in_doubt(kinds).clause.ref == "murmansk.513/4.4.6"
    centre = Centre(region)
    async with region.work(centre.actor("executor")) as work:
        indicator = await propose(work, replace(centre.new("main"), kind=None))
    assert indicator.kind == "additional-effectiveness"
