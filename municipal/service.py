"""Giving a case to a municipal centre; the centre gives it back by the ordinary return."""

from __future__ import annotations

from sqlalchemy import select

from core.api import (
    RU_1844,
    Appeal,
    Case,
    Event,
    Permission,
    Refusal,
    RefusalCode,
    Step,
    Work,
    enter,
    find_body,
    load_bodies,
    reasoned,
    receiver,
    require,
)
from core.kernel.rules import Municipality
from municipal.model import CentreState, MunicipalCentre

OWN_ACT = RU_1844.cite("10(1).а")
BY_DECISION = RU_1844.cite("2.municipal-centre")


async def record_centre(
    work: Work, municipality: str, body_key: str, state: CentreState, ground: str
) -> MunicipalCentre:
    """Enter a municipal centre or a new state of it. Needs MANAGE_DIRECTORY.

    `ground` is the municipality's own act; without it there is no centre (10(1) а).
    """
    require(work.actor, Permission.MANAGE_DIRECTORY)
    if work.rules.find(Municipality, municipality, work.today) is None:
        raise Refusal(
            RefusalCode.UNKNOWN_MUNICIPALITY, f"Муниципального образования «{municipality}» нет"
        )
    if not ground.strip():
        raise Refusal(
            RefusalCode.REASON_REQUIRED, "Укажите акт муниципального образования", OWN_ACT
        )
    body = find_body(await load_bodies(work.session), body_key)
    if body.municipality != municipality:
        raise Refusal(
            RefusalCode.INVALID, "Орган относится к другому муниципальному образованию", BY_DECISION
        )
    centre = MunicipalCentre(
        municipality=municipality,
        body_id=body.id,
        state=state,
        ground=ground.strip(),
        since=work.today,
    )
    await enter(work.session, centre, MunicipalCentre.municipality == municipality)
    subject, after = f"municipality:{municipality}", {"state": state, "body": body_key}
    await work.record(Event("municipal_centre.recorded", subject, ground, after=after))
    return centre


async def _working_centre(case: Case) -> MunicipalCentre:
    centre = await centre_of(case.work, case.appeal.municipality)
    if centre is None or centre.state != CentreState.WORKING:
        raise Refusal(
            RefusalCode.NOT_FOUND,
            "В этом муниципальном образовании нет работающего центра управления",
            BY_DECISION,
        )
    return centre


DELEGATE = Step("delegate", (_working_centre,))


async def delegate(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Give a case to the working centre of its own municipality. Needs DELEGATE.

    The applicant's deadline stays; the centre accepts the case or returns it.
    """
    case = await DELEGATE.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    centre = await _working_centre(case)
    bodies = await load_bodies(work.session)
    body = await receiver(case, bodies.by_id[centre.body_id].key)
    case.appeal.previous_body_id, case.appeal.body_id = case.appeal.body_id, body.id
    return await case.advance(body=body.key, reason=reason)


async def centre_of(work: Work, municipality: str | None) -> MunicipalCentre | None:
    """The centre of a municipality in whatever state it is today, or None."""
    query = select(MunicipalCentre).where(
        MunicipalCentre.municipality == municipality, MunicipalCentre.holds(work.today)
    )
    centre: MunicipalCentre | None = await work.session.scalar(query)
    return centre
