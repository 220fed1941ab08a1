"""Indicators in every state of their chains, with targets, values and their stages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.indicators.chain import decline, sign
from core.indicators.recompute import recompute
from core.indicators.rules.kinds import Deed, IndicatorKind, OwnerKind
from core.indicators.service import advance_value, record_value, set_target
from core.kernel.access import system
from core.kernel.codes import ActKind, Authority
from core.shapes.chains.rules import Ground
from tests.core.indicators.centre import Centre
from tests.nets.making.cases import Desk

JANUARY, FEBRUARY = date(2026, 1, 15), date(2026, 2, 15)
LETTERS = Ground(ActKind.LETTER, "П-12/7 от 19.02.2026", date(2026, 2, 20))


async def set_up(desk: Desk, centre: Centre) -> None:
    """One indicator of each kind for each number of signatures that it may have."""
    today = desk.region.now().date()
    for kind in desk.region.rules.all(IndicatorKind, today):
        for signed in range(1, len(kind.chain) + 1):
            await centre.signed(centre.new(kind.key, key=f"{kind.key}-{signed}"), signed)
        await _declined(desk, centre, kind)
    first = next(k for k in desk.region.rules.all(IndicatorKind, today) if not k.stages)
    counted = {"key": "counted", "name": "Доля ответов в срок", "formula": "answered-in-time"}
    await _measured(desk, centre, first.key)
    await _agreed_strangely(desk, centre)
    await centre.approved(first.key, **counted)
    await centre.approved(first.key, **counted | {"key": "of-theme"}, **_of_theme(first))
    await desk.act(system(), recompute)


def _of_theme(kind: IndicatorKind) -> dict[str, object]:
    assert OwnerKind.THEME in kind.owners
    return {"owner_kind": OwnerKind.THEME, "owner": "roads"}


async def _declined(desk: Desk, centre: Centre, kind: IndicatorKind) -> None:
    number = await centre.signed(centre.new(kind.key, key=f"{kind.key}-declined"), 1)
    actor, document = centre.party(kind.chain[1].by)
    paper = LETTERS if document else None
    await desk.act(actor, decline, number, "не согласны", paper)


async def _agreed_strangely(desk: Desk, centre: Centre) -> None:
    """By a document of a day that has not come, with a number longer than any: nothing refuses."""
    number = await centre.signed(centre.new("additional-centre", key="strange"), 1)
    document = Ground(ActKind.INTERNAL, "№ " + "1234567890" * 20, date(2099, 1, 1))
    head = centre.actor("head")
    await desk.act(head, sign, number, Deed.AGREE, Authority.MINISTRY, document)


async def _measured(desk: Desk, centre: Centre, kind: str) -> None:
    """Targets and values with their corrections."""
    number = await centre.approved(kind, key="measured")
    approver, _ = centre.party(desk.region.rules.get(IndicatorKind, kind, JANUARY).chain[-1].by)
    for amount, ground in (("0.3", "распоряжение № 4"), ("0.35", "письмо № 5 от 02.03.2026")):
        given = (number, JANUARY, Decimal(amount), ground)
        await desk.act(approver, set_target, *given)
    head = centre.actor("head")
    for amount, ground in (("0.1", "отчёт за январь"), ("0.2", "акт сверки № 1 от 01.03.2026")):
        await desk.act(head, record_value, number, JANUARY, Decimal(amount), ground)
    await desk.act(head, record_value, number, FEBRUARY, Decimal("0.25"), "отчёт за февраль")


async def assess(desk: Desk, centre: Centre) -> None:
    """Values at each of their stages, where the kind has stages."""
    number = await centre.approved("block-responsible", key="assessed")
    head = centre.actor("head")
    for day, stages in ((JANUARY, 2), (FEBRUARY, 1)):
        await desk.act(head, record_value, number, day, Decimal("4.5"), "ведомость оценок")
        for _ in range(stages):
            await desk.act(head, advance_value, number, day)
