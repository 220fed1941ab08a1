"""Bringing others into the work, and acts that divide the duties of the centre's members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.directory.bodies import find_body, load_bodies
from core.directory.parties import holds_role
from core.directory.rules.bodies import BodyKind
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import Authority, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import filled
from core.kernel.work import Work
from core.law.russian import listed
from core.shapes.chains.rules import Ground, check_ground
from core.structure.model import DutiesRecord, Involved
from core.structure.rules.appointments import DutiesAct, Involvement

EXECUTOR = RU_1844.cite("10.г.2")
LONGEST_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is brought in: a representative of a body (its key), for what and on which days."""

    body: str
    representative: str
    purpose: str
    since: date
    until: date | None = None


@serves()
async def bring_in(work: Work, invitation: Invitation) -> Involved:
    """Bring a representative in, by the role that the region's act allows it."""
    allowed = sorted(work.rules.all(Involvement, work.today), key=lambda rule: rule.key)
    if not allowed:
        text = "Акты региона не предусматривают привлечения к работе центра других органов"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, EXECUTOR)
    rule = next((r for r in allowed if holds_role(work.actor, r.key, ())), None)
    if rule is None:
        require(work.actor, Permission.READ_DIRECTORY)
        text = f"Привлекать к работе центра вправе {Authority(allowed[0].key).label}"
        raise Refusal(RefusalCode.FORBIDDEN, text, allowed[0].clause)
    bodies = await load_bodies(work.session)
    body = find_body(bodies, invitation.body)
    if BodyKind(body.kind) not in rule.kinds:
        text = f"«{body.name}» не привлекают: {listed(frozenset(BodyKind) - rule.kinds)}"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, rule.clause)
    if not bodies.working(body, invitation.since):
        raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён", rule.clause)
    if invitation.until is not None and invitation.until <= invitation.since:
        raise Refusal(
            RefusalCode.DATE_OUT_OF_RANGE, "Последний день указан раньше первого", rule.clause
        )
    for text in (invitation.representative, invitation.purpose):
        if not filled(text, LONGEST_TEXT):
            raise Refusal(
                RefusalCode.INVALID,
                "Укажите представителя и то, для чего он привлекается",
                rule.clause,
            )
    row = Involved(
        body_id=body.id,
        representative=invitation.representative.strip(),
        purpose=invitation.purpose.strip(),
        since=invitation.since,
        until=invitation.until,
        clause=rule.clause.ref,
        by_person_id=work.actor.person_id,
    )
    work.session.add(row)
    await work.session.flush()
    await work.record(Event("centre.involved", f"body:{body.id}", rule.clause.ref))
    return row


@serves()
async def record_duties_act(
    work: Work, ground: Ground, agreed: Ground | None, since: date
) -> DutiesRecord:
    """Enter the act that divides the duties; without the agreement that the law asks none."""
    rule = work.rules.get(DutiesAct, "duties", work.today)
    require(work.actor, Permission.MANAGE_DIRECTORY)
    if not rule.kinds:
        text = "Обязанности распределены самим положением, другой акт их не делит"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, rule.clause)
    check_ground(ground, rule.kinds, work.today, rule.clause)
    asked = rule.agrees
    missing = f"Нет согласования: {asked.label}" if asked else None
    check_ground(
        agreed, frozenset(), work.today, rule.clause, required=asked is not None, missing=missing
    )
    row = DutiesRecord(
        ground=ground.text,
        agreed=agreed.text if agreed else "",
        since=since,
        clause=rule.clause.ref,
    )
    work.session.add(row)
    await work.session.flush()
    await work.record(Event("centre.duties_divided", f"duties:{row.id}", rule.clause.ref))
    return row
