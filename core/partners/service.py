"""Entering dealings with a partner: what the act provides for, and nothing that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from core.documents.drafting import find_document
from core.kernel.access import require
from core.kernel.codes import Permission, RefusalCode
from core.kernel.errors import Refusal, refusal_of
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.texts import filled, reasoned
from core.kernel.work import Work
from core.law.act import Clause
from core.law.rulebook import Rulebook
from core.partners.model import Dealing, Direction
from core.partners.rules import DealingForm, PartnerDealing

LONGEST_TITLE, MOST_PARTICIPANTS, LONGEST_NAME = 300, 200, 200


@dataclass(frozen=True, slots=True)
class NewDealing:
    """A dealing with a partner (the key of a body) on a day.

    `participants` are names and offices as the minutes have them, others' representatives among
    them; `document` the joint document, its minutes or what the two have drafted.
    """

    partner: str
    form: DealingForm
    title: str
    text: str
    on: date
    direction: Direction | None = None
    participants: Sequence[str] = ()
    document: int | None = None


def dealing_rule(
    rules: Rulebook, on: date, form: DealingForm, partner: str | None = None
) -> PartnerDealing | None:
    """What has the centre deal so with this partner, or with any; None where no clause has it."""
    return next(
        (
            rule
            for rule in rules.all(PartnerDealing, on)
            if rule.form is form and partner in (None, rule.partner)
        ),
        None,
    )


@serves()
async def record_dealing(work: Work, new: NewDealing) -> Dealing:
    """Enter a dealing. Needs MANAGE_DOCUMENTS. Refuses NOT_PROVIDED where no clause has it.

    An exchange says which way it went, a meeting and a group who took part, a joint document which
    one it is: INVALID otherwise; DATE_OUT_OF_RANGE for a day to come; WRONG_STATE for a joint
    document that one side has not adopted.
    """
    rule = _rule(work, new)
    require(work.actor, Permission.MANAGE_DOCUMENTS, rule.clause)
    _check(work, new, rule.clause)
    await _check_document(work, new, rule)
    row = Dealing(
        partner=new.partner,
        form=new.form,
        direction=new.direction,
        title=new.title.strip(),
        text=reasoned(new.text, rule.clause, "содержание взаимодействия"),
        since=new.on,
        participants=[one.strip() for one in new.participants],
        document_id=new.document,
        clause=rule.clause.ref,
        actor=work.actor.subject,
        at=work.now,
    )
    work.session.add(row)
    await work.session.flush()
    after = {"partner": row.partner, "form": row.form}
    await work.record(Event("partner.dealt", f"partner_dealing:{row.id}", row.clause, after=after))
    return row


@serves()
async def dissolve_group(work: Work, dealing_id: int, until: date) -> Dealing:
    """End a group: `until` is the first day it is no more. Needs MANAGE_DOCUMENTS."""
    _require_keeper(work)
    row = await work.session.get(Dealing, dealing_id, with_for_update=True)
    if row is None or row.form != DealingForm.GROUP:
        raise Refusal(RefusalCode.NOT_FOUND, "Такой группы нет")
    clause = work.rules.clause(row.clause)
    _check_group(work, row)
    if until < row.since:
        text = "Группа не прекращается раньше, чем создана"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)
    row.until = until
    await work.record(Event("partner.group_dissolved", f"partner_dealing:{row.id}", row.clause))
    return row


@serves()
def dissolve_refusal(work: Work, row: Dealing) -> Refusal | None:
    """Why the actor does not end the group, whatever day he says; None where he does."""
    return refusal_of(_check_dissolving, work, row)


def _check_dissolving(work: Work, row: Dealing) -> None:
    _require_keeper(work)
    _check_group(work, row)


@serves()
def recordable(work: Work) -> list[PartnerDealing]:
    """The ways of dealing that the actor may enter today."""
    found = work.rules.all(PartnerDealing, work.today)
    return list(found) if work.actor.may(Permission.MANAGE_DOCUMENTS) else []


def dealings(partner: str | None = None, form: DealingForm | None = None) -> Select[Dealing]:
    """Dealings with a partner, of a form, or all."""
    query = select(Dealing)
    if partner is not None:
        query = query.where(Dealing.partner == partner)
    return query if form is None else query.where(Dealing.form == form)


def _rule(work: Work, new: NewDealing) -> PartnerDealing:
    found = dealing_rule(work.rules, work.today, new.form, new.partner)
    if found is None:
        rules = work.rules.all(PartnerDealing, work.today)
        own = [rule.clause for rule in rules if rule.partner == new.partner]
        text = "Такого взаимодействия с этим органом акты региона не предусматривают"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, next(iter(own), None))
    return found


def _require_keeper(work: Work) -> None:
    rule = dealing_rule(work.rules, work.today, DealingForm.GROUP)
    require(work.actor, Permission.MANAGE_DOCUMENTS, rule.clause if rule else None)


def _check_group(work: Work, row: Dealing) -> None:
    if row.until is not None:
        text = "Группа уже прекращена"
        raise Refusal(RefusalCode.WRONG_STATE, text, work.rules.clause(row.clause))


def _check(work: Work, new: NewDealing, clause: Clause) -> None:
    together = new.form in (DealingForm.MEETING, DealingForm.GROUP)
    faults = (
        (
            not filled(new.title, LONGEST_TITLE),
            f"Нужно название, не длиннее {LONGEST_TITLE} знаков",
        ),
        (
            (new.form is DealingForm.EXCHANGE) != (new.direction is not None),
            "Направление называют у обмена информацией, и только у него",
        ),
        (together and not new.participants, "Нужны участники"),
        (
            len(new.participants) > MOST_PARTICIPANTS
            or not all(filled(one, LONGEST_NAME) for one in new.participants),
            f"Участников не больше {MOST_PARTICIPANTS}, имя не длиннее {LONGEST_NAME} знаков",
        ),
        (
            new.form is DealingForm.DOCUMENT and new.document is None,
            "Нужен совместный документ",
        ),
    )
    for fault, text in faults:
        if fault:
            raise Refusal(RefusalCode.INVALID, text, clause)
    if new.on > work.today:
        text = "День ещё не наступил"
        raise Refusal(RefusalCode.DATE_OUT_OF_RANGE, text, clause)


async def _check_document(work: Work, new: NewDealing, rule: PartnerDealing) -> None:
    if new.document is None:
        return
    document = await find_document(work, new.document)
    if rule.document != document.kind:
        text = "Это не совместный документ с этим партнёром"
        raise Refusal(RefusalCode.KIND_NOT_ALLOWED, text, rule.clause)
    if new.form is DealingForm.DOCUMENT and document.in_force_id is None:
        text = "Совместный документ приняли ещё не обе стороны"
        raise Refusal(RefusalCode.WRONG_STATE, text, rule.clause)
