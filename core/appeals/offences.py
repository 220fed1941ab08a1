"""Facts of an offence that an appeal tells: noted, and sent to the body that is competent."""

from __future__ import annotations

from functools import partial

from core.appeals.case import Case
from core.appeals.choices import Choice, fitting_bodies
from core.appeals.impartiality import check_receiver
from core.appeals.model import Appeal
from core.appeals.rules.lifecycle import Fact
from core.appeals.rules.offences import noted
from core.appeals.step import Step
from core.directory.bodies import Bodies, bodies_of_the_highest, find_body, load_bodies
from core.directory.model import Body
from core.directory.rules.bodies import STATE_ORGANS
from core.kernel.acts.federal import FZ59
from core.kernel.codes import RefusalCode
from core.kernel.errors import Refusal
from core.kernel.serves import serves
from core.kernel.texts import reasoned
from core.kernel.work import Work


def _check_untold(case: Case) -> None:
    """Facts are noted once: with the appeal, and again as its author adds to it."""
    known = [entry.fact for entry in case.entries if entry.fact in (Fact.OFFENCE_TOLD, *ADDED)]
    if known and known[-1] is Fact.OFFENCE_TOLD:
        text = (
            "Сведения о правонарушении в этом обращении уже записаны: направьте их в компетентный"
            " орган, одному или нескольким"
        )
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)


def _check_told(case: Case) -> None:
    if not any(entry.fact is Fact.OFFENCE_TOLD for entry in case.entries):
        text = "О правонарушении в этом обращении ничего не записано"
        raise Refusal(RefusalCode.WRONG_STATE, text, case.step.clause)


ADDED = frozenset({Fact.SUPPLEMENTED, Fact.DISPUTED})
"""With what the author tells more than the appeal did."""

TELL = Step("tell-offence", (_check_untold,))


async def _competent(case: Case) -> list[Choice]:
    """The bodies to which the facts may be sent now."""
    return await fitting_bodies(case, partial(_check_receiver, case))


SEND = Step("send-offence", (_check_told,), choices={"body": _competent})


async def tell_offence(
    work: Work, appeal_id: int, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Note that the appeal tells of an offence: from now on it is to be sent on. Needs ROUTE.

    Refuses WRONG_STATE where it is noted already and the author has added nothing since.
    """
    case = await TELL.open(work, appeal_id, expected_version)
    data = noted(await bodies_of_the_highest(work.session))
    return await case.advance(reason=reasoned(reason, case.step.clause), data=data)


@serves(FZ59.cite("11.1"))
async def send_offence(
    work: Work, appeal_id: int, body_key: str, reason: str, *, expected_version: int | None = None
) -> Appeal:
    """Send the facts to a competent body; the appeal stays where it is. Needs ROUTE.

    Refuses WRONG_STATE where no offence is told, INVALID what is no organ of the state and who has
    these facts already, BODY_CLOSED, BODY_COMPLAINED_OF, and OFFICIAL_COMPLAINED_OF for one that
    has nobody else. 59-ФЗ, 11 ч. 1.
    """
    case = await SEND.open(work, appeal_id, expected_version)
    reason = reasoned(reason, case.step.clause)
    bodies = await load_bodies(work.session)
    body = find_body(bodies, body_key)
    await _check_receiver(case, bodies, body)
    return await case.advance(body=body.key, reason=reason)


async def _check_receiver(case: Case, bodies: Bodies, body: Body) -> None:
    _check_competent(case, body)
    if not bodies.working(body, case.work.today):
        raise Refusal(RefusalCode.BODY_CLOSED, f"Орган «{body.name}» упразднён")
    if body.key in bodies.barred_by(bodies.by_id.get(case.appeal.complained_body_id or 0)):
        text = f"Орган «{body.name}» обжалуется, ему сведения не направляются"
        raise Refusal(RefusalCode.BODY_COMPLAINED_OF, text, FZ59.cite("8.6"))
    await check_receiver(case.work, case.appeal, body)


def _check_competent(case: Case, body: Body) -> None:
    """An organ of the state, to which the facts last noted have not been sent yet."""
    if body.kind not in STATE_ORGANS:
        text = (
            f"«{body.name}» не государственный орган: сведения о правонарушении ему не направляют"
        )
        raise Refusal(RefusalCode.INVALID, text, case.step.clause)
    told = max(entry.seq for entry in case.entries if entry.fact is Fact.OFFENCE_TOLD)
    sent = (entry for entry in case.entries if entry.fact is Fact.OFFENCE_SENT)
    if any(entry.body == body.key and entry.seq > told for entry in sent):
        text = f"Эти сведения уже направлены: «{body.name}»"
        raise Refusal(RefusalCode.INVALID, text, case.step.clause)
