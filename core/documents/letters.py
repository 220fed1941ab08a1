"""Where the portal's record is no letter, the official letter is registered beside it."""

from __future__ import annotations

from core.documents.drafting import find_document
from core.documents.model import Document, DocumentLetter
from core.documents.rules.equality import PortalEquality
from core.documents.rules.kinds import DocumentKind
from core.kernel.access import require
from core.kernel.acts.federal import RU_1844
from core.kernel.codes import ActKind, Permission, RefusalCode
from core.kernel.errors import Refusal
from core.kernel.events import Event
from core.kernel.serves import serves
from core.kernel.work import Work
from core.law.act import Clause
from core.shapes.chains.rules import Ground, check_ground

PORTAL = RU_1844.cite("2.portal")


@serves(PORTAL)
async def register_letter(work: Work, document_id: int, letter: Ground) -> DocumentLetter:
    """Enter the letter with which the version went out. Needs MANAGE_DOCUMENTS.

    Refuses NOT_PROVIDED where the act makes the portal's record a letter itself, WRONG_STATE
    before there is a version, GROUND_REQUIRED for what is no letter.
    """
    require(work.actor, Permission.MANAGE_DOCUMENTS)
    row = await find_document(work, document_id)
    equal = work.rules.find(PortalEquality, "portal", work.today)
    if equal is not None:
        text = "Внесённое на портале само приравнено к письму: отдельное письмо не регистрируют"
        raise Refusal(RefusalCode.NOT_PROVIDED, text, equal.clause)
    if row.current_id is None:
        text = "Версии, которую отправляют письмом, ещё нет"
        raise Refusal(RefusalCode.WRONG_STATE, text, _clause(work, row))
    check_ground(letter, frozenset({ActKind.LETTER}), work.today, PORTAL)
    kept = DocumentLetter(
        version_id=row.current_id,
        number=letter.number,
        dated=letter.date,
        actor=work.actor.subject,
        at=work.now,
    )
    work.session.add(kept)
    await work.session.flush()
    await work.record(Event("document.letter_registered", f"document:{row.id}", PORTAL.ref))
    return kept


def _clause(work: Work, row: Document) -> Clause | None:
    rule = work.rules.find(DocumentKind, row.kind, work.today)
    return rule.clause if rule else None
